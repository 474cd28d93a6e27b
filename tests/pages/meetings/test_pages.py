"""The pages of meetings as people read and write them."""

import datetime

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from pages.following.models import Standing
from pages.meetings.models import MeetingPage
from tests import factories
from tests.pages.base import PageFamily

COMMENTS = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}


def rows(page, relation, fields):
    items = getattr(page, relation).all()
    return inline_formset(
        [{"id": item.pk, **{name: getattr(item, name) or "" for name in fields}} for item in items],
        initial=len(items),
    )


RESOLUTION = ("number", "title", "text", "outcome", "votes_for", "core_actors", "supporting_actors")


class TestMeetingPage(PageFamily):
    words = "مقام مشورتی اعطا شد"

    @pytest.fixture
    def page(self, make_meeting):
        return make_meeting(number="1390/120/1", theme="جهاد اقتصادی")

    def form_data(self, page):
        return {
            "title": page.title,
            "slug": page.slug,
            "summary": "",
            "openness": "open",
            "held_on": "1390/02/25",
            "minutes": streamfield([]),
            "attendances": rows(page, "attendances", ("name", "role", "presence")),
            "agenda_items": rows(page, "agenda_items", ("title", "proposer")),
            "resolutions": rows(page, "resolutions", RESOLUTION),
            **COMMENTS,
        }


class TestMeetingIndexPage(PageFamily):
    @pytest.fixture
    def page(self, make_meeting):
        return make_meeting().get_parent().specific

    def form_data(self, page):
        return {"title": page.title, "slug": page.slug, "summary": page.summary, **COMMENTS}


def edit(page, client, **changes):
    data = TestMeetingPage().form_data(page) | changes
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, nested_form_data(data)).context


@pytest.mark.parametrize("second", ["1/2", "۱/۲", "1 / 2"])
def test_edit_with_repeated_resolution_number_is_refused(make_meeting, client_of, second):
    page = make_meeting(numbers=("1/2", "1/3"))
    data = TestMeetingPage().form_data(page)["resolutions"]
    data["resolutions-1-number" if "resolutions-1-number" in data else "1-number"] = second
    form = edit(page, client_of("editor"), resolutions=data)["form"]
    assert list(form.formsets["resolutions"].forms[1].errors) == ["number"]


def test_edit_that_drops_a_notified_resolution_is_refused(make_meeting, client_of):
    page = make_meeting(numbers=("1/2",))
    row = page.resolutions.first()
    Standing.objects.create(resolution=row, notified_on=datetime.date(2024, 1, 1), objection_days=14)
    data = TestMeetingPage().form_data(page)["resolutions"]
    data |= {"0-id": row.pk, "0-DELETE": "on", "INITIAL_FORMS": 1}
    form = edit(page, client_of("editor"), resolutions=data)["form"]
    assert "ابلاغ شده یا پیگیری دارد" in str(form.non_field_errors())
    assert Standing.objects.filter(resolution=row.pk).exists()


@pytest.mark.parametrize("number", [None, "2/2"])
def test_edit_that_drops_a_notified_resolution_unknown_to_its_revision_is_refused(
    make_meeting, client_of, number
):
    page = make_meeting(numbers=("1/2",))
    row = page.resolutions.first()
    Standing.objects.create(resolution=row, notified_on=datetime.date(2024, 1, 1), objection_days=14)
    revision = page.save_revision()
    revision.content["resolutions"][0]["pk"] = None
    revision.save()
    kept = {"id": "", "number": number, "title": "عنوان", "text": "متن", "outcome": "passed"}
    form = edit(page, client_of("editor"), resolutions=inline_formset([kept] if number else []))["form"]
    assert "ابلاغ شده یا پیگیری دارد" in str(form.non_field_errors())


def test_edit_with_repeated_attendance_is_refused(make_meeting, client_of):
    page = make_meeting()
    data = TestMeetingPage().form_data(page)["attendances"]
    data["1-name"] = "رييس شورا"
    data["0-name"] = "رئیس شورا"
    form = edit(page, client_of("editor"), attendances=data)["form"]
    assert list(form.formsets["attendances"].forms[1].errors) == ["name"]


def test_edit_with_end_before_beginning_is_refused(make_meeting, client_of):
    form = edit(make_meeting(), client_of("editor"), begins_at="10:00", ends_at="09:00")["form"]
    assert list(form.errors) == ["ends_at"]


def test_read_meeting_shows_attendance_votes_and_actors(make_meeting, client):
    html = client.get(make_meeting().get_url()).content.decode()
    for words in ("رئیس شورا", "ارتقای دبیرخانه", "موافق", "دبیرخانه", 'id="resolution-1-1"'):
        assert words in html


def test_resolutions_are_passages_with_their_numbers(make_meeting):
    page = make_meeting(numbers=("۹۰/۱", "90 / 2"), theme="جهاد اقتصادی")
    first, *resolutions = page.get_passages()
    assert "جهاد اقتصادی" in first.body
    assert [(each.anchor, each.kind, each.numbers) for each in resolutions] == [
        ("resolution-90-1", "resolution", ("90/1",)),
        ("resolution-90-2", "resolution", ("90/2",)),
    ]


def test_closed_session_is_nowhere_for_others(make_meeting, client_of):
    body = factories.make_body()
    make_meeting(title="جلسه باز", numbers=("1",), body=body)
    make_meeting(title="جلسه پنهان", numbers=("987",), body=body, openness="closed")
    member = client_of("ngo_member")
    for address in ("/meetings/", "/meetings/resolutions/"):
        html = member.get(address).content.decode()
        assert "پنهان" not in html
        assert "۹۸۷" not in html
    assert member.get("/meetings/resolutions/").context["years"] == [{"year": 1390, "count": 1}]
    staff = client_of("hq_staff")
    assert "۹۸۷" in staff.get("/meetings/resolutions/").content.decode()


def test_register_filters_by_body_year_and_outcome(make_meeting, client):
    council = factories.make_body(name="شورا")
    make_meeting(numbers=("1", "2"), body=council)
    page = make_meeting(numbers=("3",), held_on=datetime.date(2022, 5, 1))
    page.resolutions.set([page.resolutions.first()])
    address = "/meetings/resolutions/"

    def numbers(**query):
        return [each.number for each in client.get(address, query).context["resolutions"]]

    assert numbers() == ["3", "1", "2"]
    assert numbers(body=council.pk) == ["1", "2"]
    assert numbers(year=1401) == ["3"]
    assert numbers(outcome="rejected") == []


def test_register_takes_few_queries(make_meeting, client, django_assert_max_num_queries):
    for number in range(6):
        make_meeting(numbers=(f"{number}/1", f"{number}/2"), body=factories.make_body())
    client.get("/meetings/resolutions/")
    with django_assert_max_num_queries(25):
        client.get("/meetings/resolutions/")


def test_neighbours_are_sessions_of_same_body(make_meeting, client):
    body = factories.make_body()
    days = [datetime.date(2011, 5, day) for day in (1, 8, 15)]
    first, second, third = (make_meeting(body=body, held_on=day) for day in days)
    make_meeting(held_on=days[1])
    assert client.get(second.get_url()).context["neighbours"] == [first, third]


def test_withdrawn_minutes_show_notice_only(make_meeting, client):
    page = make_meeting(withdrawn_on=datetime.date(2024, 1, 1), withdrawal_note="پس گرفته شد")
    html = client.get(page.get_url()).content.decode()
    assert "پس گرفته شد" in html
    assert "مقام مشورتی" not in html
    assert [each.status for each in MeetingPage.objects.get(pk=page.pk).get_passages()] == ["withdrawn"]
