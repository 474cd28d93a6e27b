"""Changes of pages in the record: who changed what, from what to what, by every door."""

import json

import pytest
from django.urls import reverse
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import PageViewRestriction

from intranet.audit.actions import forget
from intranet.audit.models import Event
from pages.meetings.models import Attendance, MeetingPage
from pages.members.actions import MemberText, save_member_page
from pages.members.models import MemberPage
from pages.news.models import NewsPage
from tests import factories

pytestmark = pytest.mark.django_db


def last(verb, page):
    """The last event of this act on the page."""
    return Event.objects.filter(verb=verb, target_id=str(page.pk)).latest("pk")


@pytest.fixture
def news(site):
    """A published piece of news."""
    return factories.add_page(factories.section("news"), NewsPage, title="خبر یکم", summary="کوتاه")


def edit(page, user=None, **fields):
    """Save a draft with these fields."""
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision(user=user)


def test_edit_records_who_changed_which_field_from_what_to_what(news):
    editor = factories.make_user("editor")
    revision = edit(news, editor, title="خبر دوم")
    event = last("page.edited", news)
    assert event.actor_id == editor.pk
    assert event.detail == {
        "revision": revision.pk,
        "changed": {"title": {"before": "خبر یکم", "after": "خبر دوم"}},
    }


def test_edit_that_changes_nothing_is_not_recorded(news):
    edit(news, title="خبر یکم")
    assert not Event.objects.filter(verb="page.edited", target_id=str(news.pk)).exists()


def test_edit_of_a_large_text_records_digests_and_the_lines_that_differ(news):
    lines = [f"بند {number} " + "متن " * 40 for number in range(30)]

    def body(changed):
        words = [*lines[:7], changed, *lines[8:]]
        return json.dumps([{"type": "paragraph", "value": f"<p>{line}</p>"} for line in words])

    edit(news, body=body("بند هفتم پیشین"))
    edit(news, body=body("بند هفتم تازه"))
    change = last("page.edited", news).detail["changed"]["body"]
    assert change["before"]["sha256"] != change["after"]["sha256"]
    assert change["before"]["length"] > 3000
    assert "پیشین" in change["difference"]
    assert "تازه" in change["difference"]
    assert "بند 3" not in change["difference"]
    assert len(json.dumps(change, ensure_ascii=False)) < 3000


def test_edit_of_everything_stays_short_in_the_record(news):
    edit(news, body=json.dumps([{"type": "paragraph", "value": "الف" * 50_000}]))
    assert len(json.dumps(last("page.edited", news).detail_sealed, ensure_ascii=False)) < 5000


def test_edit_by_an_organisation_seals_its_contact_with_the_writers_key(site):
    organization = factories.make_organization()
    writer = factories.make_representative(organization)
    page = factories.add_page(factories.section("members"), MemberPage, organization=organization)
    text = MemberText(title=page.title, summary="", contact="۰۹۱۲۱۱۱۲۲۳۳", body="<p>متن</p>")
    save_member_page(page.pk, writer, text, opened_revision=page.latest_revision_id)
    event = last("page.edited", page)
    assert event.detail["changed"]["contact"] == {"before": "", "after": "۰۹۱۲۱۱۱۲۲۳۳"}
    assert "۰۹۱۲۱۱۱۲۲۳۳" not in json.dumps(event.detail_sealed, ensure_ascii=False)
    forget(writer)
    assert "۰۹۱۲۱۱۱۲۲۳۳" not in str(Event.objects.get(pk=event.pk).detail)


def test_edit_of_attendance_is_sealed_and_without_a_writer_left_out(site):
    secretary = factories.make_user("editor")
    page = factories.add_page(factories.section("meetings"), MeetingPage)
    page.attendances = [Attendance(name="خانم حاضر")]
    page.save_revision(user=secretary)
    event = last("page.edited", page)
    assert "خانم حاضر" in event.detail["changed"]["attendances"]["difference"]
    assert "خانم حاضر" not in json.dumps(event.detail_sealed, ensure_ascii=False)
    page.attendances = [Attendance(name="آقای غایب")]
    page.save_revision()
    assert last("page.edited", page).detail["changed"] == {"attendances": "…"}


def test_edit_in_the_admin_is_recorded_with_the_editor(site, client_of):
    staff = factories.make_user("hq_staff")
    page = factories.add_page(
        factories.section("members"), MemberPage, organization=factories.make_organization(), title="پیش"
    )
    answer = client_of(staff).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {
            "title": "پس",
            "slug": page.slug,
            "summary": "",
            "organization": page.organization_id,
            "contact": "",
            "body": json.dumps({"blocks": [], "entityMap": {}}),
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            "action-publish": "1",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    edited, published = last("page.edited", page), last("page.published", page)
    assert edited.actor_id == published.actor_id == staff.pk
    assert edited.detail["changed"]["title"] == {"before": "پیش", "after": "پس"}


def test_removal_of_a_page_is_recorded_by_its_name(news):
    editor = factories.make_user("editor")
    number, title = news.pk, news.title
    DeletePageAction(news, user=editor).execute(skip_permission_checks=True)
    event = Event.objects.get(verb="page.removed", target_id=str(number))
    assert (event.actor_id, event.target_name) == (editor.pk, title)


def test_restriction_of_a_pages_readers_is_recorded(news):
    staff = factories.make_user("hq_staff")
    restriction = PageViewRestriction(page=news, restriction_type="login")
    restriction.save(user=staff)
    assert last("page.restricted", news).actor_id == staff.pk
    restriction.delete(user=staff)
    assert last("page.unrestricted", news).actor_id == staff.pk
