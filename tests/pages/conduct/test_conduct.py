"""From the invitation to the draft of the minutes: who leads the meeting, who votes, what comes of it."""

import pytest
from django.core import mail
from django.core.management import call_command

from intranet.access.queries import can_see
from intranet.audit.models import Event
from organizations.models import Membership, Person
from pages.conduct import actions
from pages.conduct.exceptions import Refused
from pages.conduct.models import Attendee, Ballot, Meeting
from pages.conduct.recording import Change, save
from pages.conduct.results import sitting_of
from pages.conduct.search_records import MeetingSource
from tests import factories

pytestmark = pytest.mark.django_db

State = Meeting.State


def test_call_invites_the_members_by_letter(meeting, members):
    call_command("worker", "--once")
    sent = {address for letter in mail.outbox for address in letter.to}
    assert {user.email for user in members} <= sent
    assert "طرح نخست" in mail.outbox[0].body
    assert meeting.attendees.filter(voting=True).count() == 5


@pytest.mark.parametrize("role", ["legal_reviewer", "auditor", "administrator", "ngo_member"])
def test_call_by_another_role_is_refused(role, body):
    with pytest.raises(Refused):
        actions.call(factories.make_user(role), body, [], title="جلسه", day="2026-01-01")


def test_move_by_a_member_is_refused(meeting, members):
    with pytest.raises(Refused):
        actions.move(members[0], meeting.pk, State.FINAL_AGENDA)


def test_move_past_a_state_is_refused(meeting, secretary):
    with pytest.raises(Refused):
        actions.move(secretary, meeting.pk, State.HELD)


def test_move_of_an_empty_agenda_is_refused(body, secretary):
    empty = actions.call(secretary, body, [], title="جلسه", day="2026-01-01")
    with pytest.raises(Refused, match="بندی ندارد"):
        actions.move(secretary, empty.pk, State.FINAL_AGENDA)


def test_open_writes_down_the_rule_of_that_day(opened, body):
    body.quorum, body.majority = 5, "unanimity"
    body.save()
    rule = sitting_of(Meeting.objects.get(pk=opened.pk)).rule
    assert (rule.members, rule.quorum, rule.majority) == (5, 3, "of_present")


def test_open_puts_newer_members_on_the_roll(meeting, body, secretary):
    actions.move(secretary, meeting.pk, State.FINAL_AGENDA)
    Membership.objects.create(person=Person.objects.create(name="تازه"), body=body)
    actions.move(secretary, meeting.pk, State.HELD)
    assert meeting.attendees.filter(name="تازه", voting=True).exists()


def write(user, meeting, **changes):
    """Write fields from what stands there: `i_3_in_favour="4"` is the field `i.3.in_favour`."""
    found = [
        Change(key.replace("_", ".", 2 if key[0] != "m" else 1), "", str(now)) for key, now in changes.items()
    ]
    return save(user, meeting.pk, found)


def results(meeting):
    return [(result.outcome.value, result.why) for _, _, result in sitting_of(meeting).items]


def test_vote_by_number_shows_the_outcome_with_its_rule(opened, secretary):
    first, second = opened.items.all()
    write(secretary, opened, **{f"i_{first.pk}_in_favour": "۳", f"i_{first.pk}_against": "2"})
    write(secretary, opened, **{f"i_{second.pk}_in_favour": "2", f"i_{second.pk}_abstained": "3"})
    (passed, why), (rejected, _) = results(opened)
    assert (passed, rejected) == ("passed", "rejected")
    assert "۵ رأی‌دهنده حاضر" in why
    assert "۳ رأی" in why


def test_vote_of_more_than_are_there_decides_nothing(opened, secretary):
    first = opened.items.first()
    write(secretary, opened, **{f"i_{first.pk}_in_favour": "6"})
    assert results(opened)[0] == ("open", "شمار رأی‌ها از شمار رأی‌دهندگان حاضر بیشتر است.")


def test_vote_without_a_quorum_decides_nothing(opened, secretary):
    opened.attendees.filter(pk__in=opened.attendees.values("pk")[:3]).update(presence="absent")
    first = opened.items.first()
    write(secretary, opened, **{f"i_{first.pk}_in_favour": "2"})
    assert results(opened)[0][0] == "no_quorum"


def test_vote_by_name_counts_ballots_of_those_there_and_proxies(opened, secretary):
    first = opened.items.first()
    save(secretary, opened.pk, [Change(f"i.{first.pk}.manner", "number", "name")])
    people = list(opened.attendees.all())
    Attendee.objects.filter(pk=people[0].pk).update(presence="proxy", proxy="جانشین")
    Attendee.objects.filter(pk=people[4].pk).update(presence="absent")
    changes = [
        Change(f"b.{first.pk}.{each.pk}", "", choice)
        for each, choice in zip(people, ["for", "for", "for", "against", "for"], strict=True)
    ]
    saved = save(secretary, opened.pk, changes)
    assert list(saved.errors) == [f"b.{first.pk}.{people[4].pk}"]
    count = sitting_of(opened).items[0][2].count
    assert (count.in_favour, count.against) == (3, 1)


def test_vote_that_becomes_secret_keeps_no_name(opened, secretary):
    first = opened.items.first()
    save(secretary, opened.pk, [Change(f"i.{first.pk}.manner", "number", "name")])
    key = f"b.{first.pk}.{opened.attendees.first().pk}"
    save(secretary, opened.pk, [Change(key, "", "for")])
    save(secretary, opened.pk, [Change(f"i.{first.pk}.manner", "name", "secret")])
    assert not Ballot.objects.exists()
    assert save(secretary, opened.pk, [Change(key, "", "for")]).errors
    assert all("for" not in event.detail.values() for event in Event.objects.filter(verb="meeting.recorded"))


def test_end_asks_for_everybodys_presence_and_every_decision(opened, secretary):
    person = opened.attendees.first()
    Attendee.objects.filter(pk=person.pk).update(presence="")
    with pytest.raises(Refused, match=person.name):
        actions.move(secretary, opened.pk, State.DRAFT_MINUTES)
    opened.attendees.update(presence="present")
    with pytest.raises(Refused, match="طرح نخست"):
        actions.move(secretary, opened.pk, State.DRAFT_MINUTES)
    first, second = opened.items.all()
    write(secretary, opened, **{f"i_{first.pk}_in_favour": "5"})
    save(secretary, opened.pk, [Change(f"i.{second.pk}.proposal", "as_it_is", "postpone")])
    ended = actions.move(secretary, opened.pk, State.DRAFT_MINUTES)
    assert (ended.state, ended.written_by) == ("draft_minutes", secretary)


def test_reader_is_of_the_body_or_works_with_it_or_was_invited(meeting, members):
    guest = factories.make_user("ngo_member")
    assert can_see(members[0], meeting)
    assert can_see(factories.make_user("auditor"), meeting)
    assert not can_see(guest, meeting)
    assert not can_see(factories.make_user("administrator"), meeting)
    assert not can_see(None, meeting)


def test_search_record_says_agenda_to_the_meetings_readers(meeting):
    (record,) = MeetingSource().records_for(meeting.pk)
    assert "طرح نخست" in record.body
    assert record.url == meeting.get_absolute_url()
    assert meeting.pk in MeetingSource().all_pks()


def secret(opened, secretary):
    first = opened.items.first()
    save(secretary, opened.pk, [Change(f"i.{first.pk}.manner", "number", "secret")])
    return first


@pytest.mark.parametrize(("present", "cast"), [(2, 2), (5, 2)])
def test_secret_vote_of_fewer_than_three_decides_nothing_and_tells_no_number(
    opened, secretary, present, cast
):
    gone = list(opened.attendees.values_list("pk", flat=True))[present:]
    opened.attendees.filter(pk__in=gone).update(presence="absent")
    Meeting.objects.filter(pk=opened.pk).update(rule_quorum=2)
    first = secret(opened, secretary)
    write(secretary, opened, **{f"i_{first.pk}_in_favour": str(cast)})
    result = sitting_of(Meeting.objects.get(pk=opened.pk)).items[0][2]
    assert (result.outcome.value, result.count) == ("open", None)
    assert "کمتر از سه رأی" in result.why


def test_secret_vote_is_in_the_record_without_its_columns(opened, secretary):
    first = secret(opened, secretary)
    write(secretary, opened, **{f"i_{first.pk}_in_favour": "4", f"i_{first.pk}_against": "1"})
    last = Event.objects.filter(verb="meeting.recorded").last()
    assert last.detail["fields"] == [f"i.{first.pk}.count"]


@pytest.mark.parametrize(("state", "shown"), [("held", False), ("draft_minutes", True)])
def test_secret_vote_is_shown_when_the_meeting_has_ended(opened, secretary, client_of, state, shown):
    first = secret(opened, secretary)
    write(secretary, opened, **{f"i_{first.pk}_in_favour": "4", f"i_{first.pk}_against": "1"})
    Meeting.objects.filter(pk=opened.pk).update(state=state)
    html = client_of(factories.make_user("auditor")).get(opened.get_absolute_url()).content.decode()
    assert ("موافق ۴" in html) is shown
    assert ("رأی‌گیری مخفی است؛" in html) is not shown
