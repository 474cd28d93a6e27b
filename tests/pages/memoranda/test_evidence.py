"""Showing evidence, judging it, who reads it, and being reminded."""

import datetime as dt
import importlib

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from documents.models import Document
from intranet.access.queries import can_see, visible_to
from intranet.audit.models import Event
from intranet.notifications.models import Notice
from intranet.ui.calendar import gregorian
from pages.memoranda import actions, reminders
from pages.memoranda.models import Evidence, MemorandumPage, Obligation
from pages.memoranda.policies import voice_of, why_not_decide, why_not_show
from pages.memoranda.queries import parsed_source
from pages.memoranda.tracking import clause_of
from tests import factories

DAY = gregorian(1402, 5, 1)


@pytest.fixture
def parties(site):
    return (
        factories.make_organization(kind="headquarters", name="ستاد سمن‌ها"),
        factories.make_organization(factories.make_district(5), kind="department", name="معاونت اجتماعی"),
    )


@pytest.fixture
def page(make_memorandum, parties):
    return make_memorandum(
        first_party=parties[0],
        second_party=parties[1],
        signed_on=gregorian(1402, 1, 15),
        source="ماده ۱ ـ تعهدات ستاد:\n۱. معرفی سازمان‌ها؛\n۲. سطح‌بندی.\nماده ۲ ـ مدت چهار سال است.",
    )


@pytest.fixture
def staff(page):
    return factories.make_user("hq_staff")


@pytest.fixture
def deputy(page, parties):
    return factories.make_representative(parties[1])


def owed(page, side):
    return page.obligations.get(obligor=side)


def show(user, memorandum, side="first", **more):
    more = {"words": "فهرست سازمان‌ها فرستاده شد.", "done_on": DAY, **more}
    return actions.show(user, owed(memorandum, side), side, actions.Report(**more))


def address(page, side="first"):
    return reverse("obligations:obligation", args=[page.pk, owed(page, side).reference])


def test_evidence_counts_when_the_other_side_accepts_it(page, staff, deputy, client):
    shown = show(staff, page)
    assert client.get(page.get_url()).context["followed"][0].rows[0].stand == "open"
    client.force_login(staff)
    assert client.get(page.get_url()).context["followed"][0].rows[0].stand == "waiting"
    actions.decide(deputy, shown.pk, accept=True)
    client.logout()
    side = client.get(page.get_url()).context["followed"][0]
    assert (side.rows[0].stand, side.score.kept, side.score.counted) == ("met", 1, 1)
    verbs = Event.objects.filter(verb__startswith="obligation.").values_list("verb", flat=True)
    assert sorted(verbs) == ["obligation.evidence_accepted", "obligation.evidence_shown"]
    assert set(Notice.objects.values_list("recipient", flat=True)) == {staff.pk, deputy.pk}


@pytest.mark.parametrize("role", ["editor", "legal_reviewer", "council_member", "auditor", "administrator"])
def test_others_neither_show_nor_judge(page, staff, role):
    other = factories.make_user(role)
    shown = show(staff, page)
    assert why_not_show(voice_of(other, page), page, owed(page, "first"))
    with pytest.raises(actions.Refused):
        show(other, page)
    with pytest.raises(actions.Refused):
        actions.decide(other, shown.pk, accept=True)
    shown.refresh_from_db()
    assert shown.state == "waiting"


def test_each_side_shows_what_it_owes_and_judges_the_other(page, staff, deputy):
    assert why_not_show(voice_of(deputy, page), page, owed(page, "first"))
    assert why_not_show(voice_of(staff, page), page, owed(page, "second"))
    own, joint = show(deputy, page, "second"), None
    assert why_not_decide(voice_of(deputy, page), own)
    assert why_not_decide(voice_of(staff, page), own) is None
    joint = actions.show(
        deputy, owed(page, "joint"), "second", actions.Report(words="راه افتاد.", done_on=DAY)
    )
    assert why_not_decide(voice_of(staff, page), joint) is None


def test_one_person_of_both_sides_does_not_judge_his_own(page, parties, staff):
    from organizations.models import Representative

    Representative.objects.create(
        person=factories.person_of(staff), organization=parties[1], state="approved"
    )
    shown = show(staff, page)
    assert why_not_decide(voice_of(staff, page), shown)
    assert why_not_decide(voice_of(factories.make_representative(parties[1]), page), shown) is None


def test_letter_speaks_for_a_side_that_nobody_represents(page, staff):
    other = factories.make_user("hq_staff")
    with pytest.raises(actions.Refused, match="نامه"):
        show(staff, page, "second")
    theirs = show(staff, page, "second", letter="۲۲۰/۱۶۴ ـ ۱۴۰۲/۰۵/۰۲")
    actions.decide(other, theirs.pk, accept=True)
    ours = show(staff, page)
    with pytest.raises(actions.Refused, match="نامه"):
        actions.decide(other, ours.pk, accept=True)
    with pytest.raises(actions.Refused):
        actions.decide(staff, ours.pk, accept=True, letter="۲۲۰/۱۷۰")
    assert actions.decide(other, ours.pk, accept=True, letter="۲۲۰/۱۷۰").answer_letter == "۲۲۰/۱۷۰"


def test_return_needs_its_reason_and_a_second_answer_is_refused(page, staff, deputy):
    shown = show(staff, page)
    with pytest.raises(actions.Refused, match="چرا"):
        actions.decide(deputy, shown.pk, accept=False, answer="  ")
    actions.decide(deputy, shown.pk, accept=False, answer="نام محله‌ها کم است.")
    with pytest.raises(actions.Refused, match="پیش‌تر"):
        actions.decide(deputy, shown.pk, accept=True)
    assert show(staff, page).state == "waiting"


def test_taken_back_evidence_counts_for_nothing_and_stays_readable(page, staff, deputy, client):
    shown = show(staff, page)
    with pytest.raises(actions.Refused):
        actions.take_back(deputy, shown.pk)
    actions.take_back(staff, shown.pk)
    client.force_login(deputy)
    answer = client.get(address(page))
    assert answer.context["tracked"].stand == "open"
    assert "پس‌گرفته‌شده" in answer.content.decode()


def test_nothing_of_a_withdrawn_or_unpublished_memorandum(page, staff, client):
    page.withdrawn_on = DAY
    page.save()
    with pytest.raises(actions.Refused):
        show(staff, page)
    client.force_login(staff)
    assert client.get(address(page)).status_code == 404


def test_evidence_stays_with_its_obligation_through_revisions(page, staff, deputy, client):
    actions.decide(deputy, show(staff, page).pk, accept=True)
    draft = page.get_latest_revision_as_object()
    draft.obligations.set([Obligation(obligor="first", text="تعهد تازه"), *draft.obligations.all()])
    draft.save_revision().publish(skip_permission_checks=True)
    page = MemorandumPage.objects.get(pk=page.pk)
    stands = {
        row.obligation.text: row.stand for row in client.get(page.get_url()).context["followed"][0].rows
    }
    assert stands == {"تعهد تازه": "open", "معرفی سمن‌های توانمند": "met"}


def test_obligation_added_later_keeps_its_evidence_when_the_page_is_edited_again(page, staff, deputy, client):
    """An editor's form is posted as the browser posts it: the rows by the numbers that the form gave them."""
    editor = factories.make_user("editor")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])

    def post(*added):
        client.force_login(editor)
        rows = client.get(edit).context["form"].formsets["obligations"].forms
        known = [
            {"id": row["id"].value() or "", "obligor": row["obligor"].value(), "text": row["text"].value()}
            for row in rows
        ]
        data = {
            "title": page.title, "slug": page.slug, "summary": "", "aims": page.aims, "source": page.source,
            "obligations": inline_formset([*known, *added], initial=len(known)),
            "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "erratum": "یک تعهد افزوده شد.",
            "first_party": page.first_party_id, "second_party": page.second_party_id, "is_public": "on",
            "signed_on": "1402/01/15",
        }  # fmt: skip
        assert client.post(edit, nested_form_data(data)).status_code == 302
        MemorandumPage.objects.get(pk=page.pk).get_latest_revision().publish(skip_permission_checks=True)

    post({"id": "", "obligor": "first", "text": "تعهد تازه"})
    added = Obligation.objects.get(text="تعهد تازه")
    shown = actions.show(staff, added, "first", actions.Report(words="انجام شد.", done_on=DAY))
    actions.decide(deputy, shown.pk, accept=True)
    post()
    again = Obligation.objects.get(text="تعهد تازه")
    assert (again.pk, again.reference) == (added.pk, shown.reference)


class TestWhoReads:
    @pytest.fixture
    def rows(self, page, staff, deputy):
        waiting = show(staff, page, file=SimpleUploadedFile("list.txt", "فهرست".encode()))
        accepted = show(staff, page)
        actions.decide(deputy, accepted.pk, accept=True)
        return waiting, accepted

    def test_open_memorandum_shows_everybody_what_was_accepted_and_no_file(self, rows):
        waiting, accepted = rows
        stranger = factories.make_representative(factories.make_organization())
        for user in (None, stranger):
            assert list(visible_to(Evidence.objects.all(), user)) == [accepted]
            assert not can_see(user, waiting.document)

    def test_sides_and_offices_read_all(self, rows, parties, staff, deputy):
        secretary = factories.make_secretary(parties[1].district)
        member = factories.make_member(parties[1])
        offices = [
            factories.make_user(role) for role in ("editor", "legal_reviewer", "council_member", "auditor")
        ]
        for user in (staff, deputy, secretary, member, *offices):
            assert visible_to(Evidence.objects.all(), user).count() == 2
            assert can_see(user, rows[0].document)
        for user in (
            factories.make_user("administrator"),
            factories.make_secretary(factories.make_district(9)),
        ):
            assert not can_see(user, rows[0])
            assert not can_see(user, rows[0].document)

    def test_quiet_memorandum_shows_strangers_neither_evidence_nor_standing(self, rows, page, client):
        draft = page.get_latest_revision_as_object()
        draft.is_public = False
        draft.save_revision().publish(skip_permission_checks=True)
        stranger = factories.make_representative(factories.make_organization())
        assert not visible_to(Evidence.objects.all(), stranger).exists()
        client.force_login(stranger)
        answer = client.get(page.get_url())
        assert answer.status_code == 200
        assert "followed" not in answer.context
        assert "تجهیز مکان دائمی" in answer.content.decode()
        assert client.get(address(page)).status_code == 404

    def test_party_that_leaves_reads_no_more(self, rows, page, deputy):
        draft = page.get_latest_revision_as_object()
        draft.second_party, draft.is_public = factories.make_organization(), False
        draft.save_revision().publish(skip_permission_checks=True)
        assert not visible_to(Evidence.objects.all(), deputy).exists()
        assert not can_see(deputy, Document.objects.get())

    def test_restricted_page_closes_the_door_of_its_obligations(self, rows, page, deputy, client):
        PageViewRestriction.objects.create(page=page, restriction_type="groups")
        client.force_login(deputy)
        assert client.get(address(page)).status_code == 404

    def test_stranger_is_not_told_who_entered_it(self, rows, page, staff, client):
        staff.first_name, staff.last_name = "نام", "پنهان"
        staff.save()
        said = client.get(address(page)).content.decode()
        assert "فهرست سازمان‌ها فرستاده شد." in said
        assert "پنهان" not in said
        client.force_login(staff)
        assert "پنهان" in client.get(address(page)).content.decode()

    def test_link_to_a_page_that_the_reader_may_not_see_is_left_out(self, page, staff, deputy, client):
        hidden = factories.section("about")
        hidden.title = "صفحه پنهان آزمون"
        hidden.save()
        shown = show(staff, page, page=hidden)
        actions.decide(deputy, shown.pk, accept=True)
        assert (
            "صفحه پنهان آزمون"
            in client.get(address(page)).content.decode().split("<footer")[0].split("<main")[1]
        )
        restriction = PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        assert restriction.pk
        assert "صفحه پنهان آزمون" not in client.get(address(page)).content.decode()


class TestForm:
    def test_evidence_by_form_in_persian_digits_with_a_link_and_a_file(self, page, staff, client):
        client.force_login(staff)
        data = {
            "words": "چهارده سازمان معرفی شد.",
            "done_on": "۱۴۰۲/۰۵/۰۱",
            "amount": "۱٬۴۰۰٫۵",
            "place": "ستاد",
            "address": f"http://localhost:8000{page.get_url()}#art_1",
            "file": SimpleUploadedFile("list.txt", "فهرست".encode()),
        }
        answer = client.post(address(page), data)
        row = Evidence.objects.get()
        assert answer["Location"] == f"{address(page)}#evidence-{row.pk}"
        assert (row.done_on, str(row.quantity), row.fragment) == (DAY, "1400.5", "art_1")
        assert row.page_id == page.pk
        said = client.get(address(page)).content.decode()
        assert "۱٬۴۰۰٫۵" in said
        assert "list.txt" in said

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("done_on", "۱۴۰۲/۱۳/۴۵"),
            ("done_on", "1499/01/01"),
            ("words", ""),
            ("amount", "چند تا"),
            ("amount", "-3"),
            ("amount", "9" * 40),
            ("address", "/bylaws/nothing-here/"),
            ("address", "https://elsewhere.example/x"),
            ("address", "http://["),
            ("address", "/bylaws/%00/"),
            ("words", "کار\x00"),
            ("file", SimpleUploadedFile("a.exe", b"MZ\x90\x00")),
        ],
    )
    def test_impossible_input_is_refused_and_what_was_typed_stays(self, page, staff, client, field, value):
        client.force_login(staff)
        data = {"words": "کار انجام شد.", "done_on": "1402/05/01", "place": "دبیرخانه", field: value}
        answer = client.post(address(page), data)
        assert answer.status_code == 400
        assert list(answer.context["form"].errors) == [field]
        assert "دبیرخانه" in answer.content.decode()
        assert not Evidence.objects.exists()
        assert not Document.objects.exists()

    def test_hidden_page_and_no_page_get_the_same_refusal(self, page, deputy, make_memorandum, client):
        hidden = make_memorandum(title="پنهان")
        PageViewRestriction.objects.create(page=hidden, restriction_type="groups")
        client.force_login(deputy)
        said = []
        for target in (hidden.get_url(), "/memoranda/no-such-page/"):
            data = {"words": "کار", "done_on": "1402/05/01", "address": target}
            said.append(client.post(address(page, "second"), data).context["form"].errors["address"])
        assert said[0] == said[1]

    def test_reader_without_a_side_gets_no_form_and_a_reason(self, page, client):
        client.force_login(factories.make_user("editor"))
        assert client.get(address(page)).context["form"] is None
        answer = client.post(address(page), {"words": "کار", "done_on": "1402/05/01"}, follow=True)
        assert "طرف متعهد" in answer.content.decode()
        assert not Evidence.objects.exists()

    def test_judging_by_form(self, page, staff, deputy, client):
        shown = show(staff, page)
        act = reverse("obligations:act", args=[page.pk, shown.reference, shown.pk])
        client.force_login(deputy)
        answer = client.post(act, {"act": "return", "answer": ""}, follow=True)
        assert "چرا بازگردانده می‌شود" in answer.content.decode()
        client.post(act, {"act": "accept"})
        shown.refresh_from_db()
        assert (shown.state, shown.decided_by_id) == ("accepted", deputy.pk)
        assert client.post(act, {"act": "burn"}).status_code == 404

    @pytest.mark.parametrize("answer", ["کامل نیست\x00", "ب" * 5000])
    def test_odd_answer_is_refused_in_words(self, page, staff, deputy, client, answer):
        shown = show(staff, page)
        client.force_login(deputy)
        act = reverse("obligations:act", args=[page.pk, shown.reference, shown.pk])
        said = client.post(act, {"act": "return", "answer": answer}, follow=True).content.decode()
        assert "دوباره بفرستید" in said
        shown.refresh_from_db()
        assert shown.state == "waiting"

    def test_turn_is_chosen_where_there_are_several(self, page, staff, client):
        Obligation.objects.filter(obligor="first").update(due_on=gregorian(1402, 3, 31), months=3)
        client.force_login(staff)
        client.post(
            address(page),
            {"words": "فصل دوم", "done_on": "1402/06/30", "turn": gregorian(1402, 6, 31).isoformat()},
        )
        turns = client.get(address(page)).context["tracked"].turns
        assert [turn.stand for turn in turns[:3]] == ["overdue", "waiting", "overdue"]


def test_page_of_an_obligation_asks_the_same_whatever_was_shown(
    page, staff, deputy, client, django_assert_max_num_queries
):
    for _number in range(2):
        show(staff, page)
    client.force_login(deputy)
    client.get(address(page))
    with django_assert_max_num_queries(20):
        client.get(address(page))
    for _number in range(10):
        show(staff, page, page=page)
    with django_assert_max_num_queries(20):
        client.get(address(page))


def test_clause_leads_to_its_place_in_the_text(page):
    parsed = parsed_source(page)
    assert clause_of(parsed, "بند ۲ ماده ۱") == "art_1__para_2"
    assert clause_of(parsed, "ماده 2") == "art_2"
    assert clause_of(parsed, "بند ۹ ماده ۱") == "art_1"
    assert clause_of(parsed, "ماده ۷") == ""
    assert clause_of(parsed, "همان‌جا") == ""


def test_reminders_go_once_to_those_who_owe(page, staff, deputy):
    due = gregorian(1402, 8, 30)
    Obligation.objects.filter(obligor="second").update(due_on=due)
    assert reminders.remind_due(due - dt.timedelta(days=60)) == 0
    assert reminders.remind_due(due - dt.timedelta(days=30)) == 1
    assert reminders.remind_due(due - dt.timedelta(days=29)) == 0
    assert reminders.remind_due(due + dt.timedelta(days=1)) == 1
    told = Notice.objects.filter(recipient=deputy).values_list("subject", flat=True)
    assert len(told) == 2
    assert not Notice.objects.filter(recipient=staff).exists()
    show(deputy, page, "second")
    assert reminders.remind_due(due + dt.timedelta(days=30)) == 0
    assert not mail.outbox  # the worker sends them


def test_clock_that_stood_still_sends_no_pile_of_old_reminders(page, staff, deputy):
    Obligation.objects.filter(obligor="second").update(due_on=gregorian(1395, 3, 31), months=1)
    assert 0 < reminders.remind_due(gregorian(1402, 5, 1)) <= len(reminders.STEPS)


def test_obligations_that_were_here_before_get_references_of_their_own(page):
    Obligation.objects.update(reference="00000000-0000-0000-0000-000000000000")
    for revision in page.revisions.all():
        for row in revision.content["obligations"]:
            del row["reference"]
        revision.save()
    module = importlib.import_module("pages.memoranda.migrations.0003_references")
    module.give_references(apps, None)
    kept = {row.pk: str(row.reference) for row in Obligation.objects.all()}
    assert len(set(kept.values())) == 3
    latest = page.get_latest_revision_as_object()
    assert {str(row.reference) for row in latest.obligations.all()} == set(kept.values())
