"""The secretary's screen: two who write at once lose nothing, with and without scripts."""

import pytest
from django.urls import reverse

from organizations.models import Seat
from pages.conduct.models import Attendee
from pages.conduct.recording import Change, save
from tests import factories
from tests.organizations.conftest import fields_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(opened):
    return reverse("conduct:room", args=[opened.pk])


def posted(html):
    """The fields of the screen's own form, as a browser sends them."""
    return fields_of(html, "form.room")


def test_save_twice_is_saved_once(opened, secretary):
    change = Change("m.minutes", "", "گشایش جلسه")
    assert save(secretary, opened.pk, [change]).written == {"m.minutes": "گشایش جلسه"}
    assert save(secretary, opened.pk, [change]).written == {"m.minutes": "گشایش جلسه"}


def test_save_over_anothers_words_is_a_conflict_and_writes_nothing(opened, secretary):
    save(secretary, opened.pk, [Change("m.minutes", "", "از یکی")])
    saved = save(factories.make_user("hq_staff"), opened.pk, [Change("m.minutes", "", "از دیگری")])
    assert (saved.written, saved.conflicts) == ({}, {"m.minutes": "از یکی"})
    opened.refresh_from_db()
    assert opened.minutes == "از یکی"
    again = save(secretary, opened.pk, [Change("m.minutes", "از یکی", "از هر دو")])
    assert again.written


def test_save_of_different_fields_at_once_keeps_both(opened, secretary):
    person = opened.attendees.first()
    save(secretary, opened.pk, [Change(f"a.{person.pk}.came_at", "", "۹:۳۰")])
    saved = save(secretary, opened.pk, [Change(f"a.{person.pk}.presence", "present", "excused")])
    assert saved.written
    person = Attendee.objects.get(pk=person.pk)
    assert (f"{person.came_at:%H:%M}", person.presence) == ("09:30", "excused")


@pytest.mark.parametrize(
    ("key", "now"),
    [
        ("a.{person}.came_at", "بیست"),
        ("i.{item}.in_favour", "-1"),
        ("i.{item}.due_on", "1405/13/40"),
        ("i.{item}.title", "  "),
        ("i.{item}.manner", "loud"),
        ("i.999999.title", "دیگر"),
        (f"i.{'9' * 5000}.title", "دیگر"),
        (f"b.{'9' * 5000}.1", "for"),
        ("x.1.y", "1"),
        ("a.{person}.voting", "1"),
    ],
)
def test_save_of_nonsense_says_why_and_writes_nothing(opened, secretary, key, now):
    person, item = opened.attendees.first(), opened.items.first()
    key = key.format(person=person.pk, item=item.pk)
    was = {"title": item.title, "manner": item.manner}.get(key.rpartition(".")[2], "")
    saved = save(secretary, opened.pk, [Change(key, was, now)])
    assert list(saved.errors) == [key]
    assert not saved.written


def test_room_without_scripts_saves_all_fields_at_once(opened, secretary, address, client_of):
    client = client_of(secretary)
    fields = posted(client.get(address).content.decode())
    item = opened.items.first()
    fields |= {f"f:i.{item.pk}.in_favour": "۴", f"f:i.{item.pk}.due_on": "۱۴۰۵/۱۰/۰۱", "guest": "مهمان تازه"}
    assert client.post(address, fields).status_code == 302
    item.refresh_from_db()
    assert (item.in_favour, str(item.due_on)) == (4, "2026-12-22")
    assert opened.attendees.filter(name="مهمان تازه", presence="guest").exists()


def test_room_without_scripts_shows_both_where_two_wrote(opened, secretary, address, client_of):
    client = client_of(secretary)
    fields = posted(client.get(address).content.decode())
    save(factories.make_user("hq_staff"), opened.pk, [Change("m.minutes", "", "از همکار")])
    answer = client.post(address, fields | {"f:m.minutes": "از من"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "از همکار" in html
    again = posted(html)
    assert (again["f:m.minutes"].strip(), again["w:m.minutes"]) == ("از من", "از همکار")
    assert client.post(address, again).status_code == 302
    opened.refresh_from_db()
    assert opened.minutes == "از من"


def test_room_by_script_tells_results_and_quorum(opened, secretary, address, client_of):
    item = opened.items.first()
    data = {f"f:i.{item.pk}.in_favour": "5", f"w:i.{item.pk}.in_favour": ""}
    answer = client_of(secretary).post(address, data, headers={"accept": "application/json"}).json()
    assert answer["results"][str(item.pk)]["outcome"] == "passed"
    assert answer["quorum"]["reached"]


def test_room_of_a_meeting_whose_minutes_are_not_open_is_refused(meeting, secretary, client_of):
    client, address = client_of(secretary), reverse("conduct:room", args=[meeting.pk])
    assert client.get(address).status_code == 403
    answer = client.post(address, {"f:m.minutes": "x"}, headers={"accept": "application/json"})
    assert answer.status_code == 409


def test_room_names_what_the_composition_lacks(opened, secretary, address, body, client_of):
    Seat.objects.create(body=body, name="کارشناسان", count=9)
    assert "«کارشناسان»: ۰ کرسی از ۹ کرسی پر است" in client_of(secretary).get(address).content.decode()


def test_room_takes_a_constant_number_of_queries(
    opened, secretary, address, client_of, django_assert_max_num_queries
):
    for number in range(12):
        opened.items.create(title=f"بند {number}", order=number + 5)
    client = client_of(secretary)
    client.get(address)
    with django_assert_max_num_queries(40):
        client.get(address)


def test_change_of_an_agenda_that_a_colleague_changed_is_refused(meeting, secretary, client_of):
    client, address = client_of(secretary), reverse("conduct:change", args=[meeting.pk])
    fields = fields_of(client.get(address).content.decode(), "main form")
    meeting.items.create(title="از همکار", order=9)
    answer = client.post(address, fields | {"agenda": "از من"})
    assert answer.status_code == 400
    assert "از همکار" in answer.content.decode()
    assert meeting.items.count() == 3


def test_save_of_an_end_before_the_beginning_says_why(opened, secretary):
    assert save(secretary, opened.pk, [Change("m.begins_at", "", "10:00")]).written
    saved = save(secretary, opened.pk, [Change("m.ends_at", "", "09:00")])
    assert list(saved.errors) == ["m.ends_at"]
    opened.refresh_from_db()
    assert opened.ends_at is None


@pytest.mark.parametrize("hours", [("14:00", "16:00"), ("06:00", "08:00")])
@pytest.mark.parametrize("turned", [False, True])
def test_save_of_both_hours_moved_together_writes_both(opened, secretary, hours, turned):
    save(secretary, opened.pk, [Change("m.begins_at", "", "10:00"), Change("m.ends_at", "", "11:00")])
    changes = [Change("m.begins_at", "10:00", hours[0]), Change("m.ends_at", "11:00", hours[1])]
    saved = save(secretary, opened.pk, changes[::-1] if turned else changes)
    assert (set(saved.written), saved.errors) == ({"m.begins_at", "m.ends_at"}, {})


def test_call_with_a_session_number_that_leaves_no_room_for_resolutions_is_refused(
    body, secretary, client_of
):
    said = {"body": body.pk, "session_number": "۱" * 37, "day": "1405/09/01", "openness": "open"}
    answer = client_of(secretary).post(reverse("conduct:call"), said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["session_number"])


@pytest.mark.parametrize(
    "said", [{"guest": "a\x00b"}, {"item": "x" * 301}, {"guest": "x", "guest_role": "\x00"}]
)
def test_room_with_an_odd_guest_or_item_says_why_and_adds_nothing(
    opened, secretary, address, client_of, said
):
    assert client_of(secretary).post(address, said).status_code == 409
    assert (opened.attendees.count(), opened.items.count()) == (5, 2)
