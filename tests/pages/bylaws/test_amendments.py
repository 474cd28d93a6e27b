"""Amendments: entered, carried out in a draft, and done with when a version says what they want."""

import datetime

import pytest
from django.urls import reverse

from intranet.audit.models import Event
from pages.bylaws import amendment_actions as actions
from pages.bylaws.models import Amendment, BylawPage
from tests import factories

FIRST, SECOND, THIRD = (datetime.date(year, 7, 23) for year in (2011, 2015, 2020))
TEXT = "ماده ۱ ـ مهلت سی روز است.\nتبصره ۱ ـ مهلت تمدید نمی‌شود.\nماده ۲ ـ نشانی اعلام می‌شود."
State = Amendment.State


@pytest.fixture
def page(make_bylaw):
    return make_bylaw(title="آیین‌نامه مهلت", slug="deadlines", source=TEXT, approved_on=FIRST)


@pytest.fixture
def enter(page):
    def make(verb="amend", eid="art_1", old_words="سی روز", new_words="شصت روز", on=SECOND):
        return Amendment.objects.create(
            bylaw=page, verb=verb, eid=eid, old_words=old_words, new_words=new_words, on=on, title="مصوبه ۱۲"
        )

    return make


def publish_draft(page):
    BylawPage.objects.get(pk=page.pk).get_latest_revision().publish(skip_permission_checks=True)


def live(page):
    return BylawPage.objects.get(pk=page.pk)


def test_amendment_makes_a_draft_and_nothing_more(page, enter):
    amendment, editor = enter(), factories.make_user("editor")
    actions.apply(amendment, editor)
    assert amendment.state == State.DRAFTED
    assert live(page).source == TEXT
    assert live(page).has_unpublished_changes
    assert "شصت روز" in actions.draft_of(live(page)).source
    assert page.versions.count() == 1
    assert Event.objects.filter(verb="bylaw.amendment_drafted").count() == 1


def test_amendments_of_one_day_make_one_version(page, enter):
    editor = factories.make_user("editor")
    both = [enter(), enter("repeal", "art_2", "", "")]
    for amendment in both:
        actions.apply(amendment, editor)
    publish_draft(page)
    version = page.versions.get(number=2)
    assert version.valid_from == SECOND
    for amendment in both:
        amendment.refresh_from_db()
        assert (amendment.state, amendment.version) == (State.APPLIED, version)
    assert dict(version.provisions.values_list("eid", "status")) == {
        "art_1": "amended",
        "art_1__proviso_1": "in-force",
        "art_2": "repealed",
    }


def test_amendment_of_another_day_waits_for_the_draft_before_it(page, enter):
    editor = factories.make_user("editor")
    actions.apply(enter(), editor)
    later = enter("repeal", "art_2", "", "", THIRD)
    with pytest.raises(actions.Refused):
        actions.apply(later, editor)
    later.refresh_from_db()
    assert later.state == State.OPEN
    publish_draft(page)
    actions.apply(Amendment.objects.get(pk=later.pk), editor)
    publish_draft(page)
    assert [each.valid_from for each in page.versions.order_by("number")] == [FIRST, SECOND, THIRD]


def test_amendment_left_out_of_what_was_approved_is_work_again(page, enter):
    amendment = enter()
    actions.apply(amendment, factories.make_user("editor"))
    draft = actions.draft_of(page)
    draft.source = TEXT.replace("نشانی", "نشانی دبیرخانه")
    draft.save_revision().publish(skip_permission_checks=True)
    amendment.refresh_from_db()
    assert (amendment.state, amendment.version) == (State.OPEN, None)


def test_amendment_that_an_editor_wrote_by_hand_counts_as_carried_out(page, enter, amend):
    amendment = enter()
    amend(page, TEXT.replace("سی روز", "شصت روز"), SECOND)
    amendment.refresh_from_db()
    assert amendment.state == State.APPLIED


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"eid": "art_9"}, "بخش «art_9» را ندارد"),
        ({"old_words": "ده روز"}, "«ده روز»"),
        ({"verb": "add", "eid": "art_1", "new_words": "بی‌شماره"}, "شماره‌داری ندارد"),
    ],
)
def test_unfit_amendment_says_why_and_changes_nothing(page, enter, fields, words):
    amendment = enter(**fields)
    with pytest.raises(actions.Refused, match=words):
        actions.apply(amendment, factories.make_user("editor"))
    assert not live(page).has_unpublished_changes


def test_amendment_before_standing_version_is_refused(page, enter, amend):
    amend(page, TEXT.replace("نشانی", "نشانی تازه"), THIRD)
    with pytest.raises(actions.Refused):
        actions.apply(enter(on=SECOND), factories.make_user("editor"))


@pytest.mark.parametrize(
    "role", ["legal_reviewer", "council_member", "auditor", "administrator", "ngo_member"]
)
def test_amendments_are_closed_to_those_who_do_not_edit(page, enter, client_of, role):
    amendment = enter()
    with pytest.raises(actions.Refused):
        actions.apply(amendment, factories.make_user(role))
    client = client_of(role)
    assert client.get(reverse("amendments:waiting")).status_code == 404
    for name, number in (("amendment", amendment.pk), ("add", page.pk)):
        assert client.get(reverse(f"amendments:{name}", args=[number])).status_code == 404
    assert client.post(reverse("amendments:act", args=[amendment.pk]), {"act": "apply"}).status_code == 404


def test_editor_enters_sees_and_carries_out(page, client_of):
    client = client_of("editor")
    form = {"title": "مصوبه ۱۲", "on": "1394/05/01", "verb": "amend", "eid": "art_1"}
    refused = client.post(reverse("amendments:add", args=[page.pk]), form)
    assert refused.status_code == 400
    assert set(refused.context["form"].errors) == {"old_words", "new_words"}
    words = {"old_words": "سی روز", "new_words": "شصت روز"}
    entered = client.post(reverse("amendments:add", args=[page.pk]), form | words, follow=True)
    assert [each.eid for each in entered.context["compared"]] == ["art_1"]
    amendment = Amendment.objects.get()
    assert amendment.on == SECOND
    assert client.get(reverse("amendments:waiting")).context["amendments"] == [(amendment, "ماده ۱")]
    done = client.post(reverse("amendments:act", args=[amendment.pk]), {"act": "apply"}, follow=True)
    assert done.context["stands"]
    publish_draft(page)
    assert [*client.get(reverse("amendments:waiting")).context["amendments"]] == []
    assert "نسخه ۲" in client.get(reverse("amendments:amendment", args=[amendment.pk])).content.decode()


def test_unfit_amendment_is_shown_with_its_reason(page, enter, client_of):
    amendment = enter(old_words="ده روز")
    client = client_of("editor")
    html = client.get(reverse("amendments:amendment", args=[amendment.pk])).content.decode()
    assert "«ده روز»" in html
    assert 'value="apply"' not in html


def test_editor_sets_aside(page, enter, client_of):
    amendment = enter()
    client_of("editor").post(reverse("amendments:act", args=[amendment.pk]), {"act": "dismiss"})
    amendment.refresh_from_db()
    assert amendment.state == State.DISMISSED


def test_bylaw_under_review_takes_no_amendment(page, enter):
    from workflows import actions as review

    editor = factories.make_user("editor")
    actions.apply(enter(), editor)
    review.submit(live(page), editor)  # by its day, without an erratum note
    with pytest.raises(actions.Refused, match="در دست بررسی"):
        actions.apply(enter("repeal", "art_2", "", ""), editor)


def test_change_without_day_or_note_is_not_handed_in(page):
    from workflows import actions as review

    editor = factories.make_user("editor")
    draft = actions.draft_of(page)
    draft.source = TEXT + "\nماده ۳ ـ متن."
    draft.save_revision(user=editor)
    with pytest.raises(review.Refused):
        review.submit(live(page), editor)
