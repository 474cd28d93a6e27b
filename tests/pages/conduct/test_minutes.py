"""Minutes: corrected by who was there, approved by another than the writer, frozen, published, notified."""

import datetime
import json

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from intranet.access.queries import can_see
from intranet.audit.models import Event
from pages.conduct import actions, approving, corrections
from pages.conduct.exceptions import Refused
from pages.conduct.freezing import is_intact
from pages.conduct.models import Item, Meeting
from pages.conduct.recording import Change, save
from tests import factories

pytestmark = pytest.mark.django_db

State = Meeting.State


@pytest.fixture
def drafted(opened, secretary):
    """The meeting over: one item passed with an actor, one put off."""
    first, second = opened.items.all()
    Item.objects.filter(pk=first.pk).update(
        in_favour=4, against=1, text="متن مصوبه", core_actors="انجمن مجری، دستگاه ناشناخته"
    )
    Item.objects.filter(pk=second.pk).update(proposal="postpone")
    save(secretary, opened.pk, [Change("m.minutes", "", "گشایش جلسه")])
    return actions.move(secretary, opened.pk, State.DRAFT_MINUTES)


@pytest.fixture
def correcting(drafted, secretary):
    return actions.move(secretary, drafted.pk, State.CORRECTION)


@pytest.fixture
def due(correcting):
    """Its correction period is over."""
    Meeting.objects.filter(pk=correcting.pk).update(approvable_from=timezone.localdate())
    return Meeting.objects.get(pk=correcting.pk)


def test_correct_by_a_member_is_accepted_and_stands_in_the_minutes(correcting, secretary, members):
    row = corrections.propose(members[0], correcting.pk, "m.minutes", "گشایش جلسه با تلاوت", "کامل نیست")
    corrections.decide(secretary, row.pk, accept=True)
    correcting.refresh_from_db()
    assert correcting.minutes == "گشایش جلسه با تلاوت"


def test_correct_declined_needs_a_reason_and_changes_nothing(correcting, secretary, members):
    row = corrections.propose(members[0], correcting.pk, "m.minutes", "دیگر", "")
    with pytest.raises(Refused):
        corrections.decide(secretary, row.pk, accept=False)
    corrections.decide(secretary, row.pk, accept=False, answer="چنین نبود")
    correcting.refresh_from_db()
    assert correcting.minutes == "گشایش جلسه"


def test_correct_of_words_that_changed_since_is_not_accepted(correcting, secretary, members):
    first = corrections.propose(members[0], correcting.pk, "m.minutes", "یک", "")
    second = corrections.propose(members[1], correcting.pk, "m.minutes", "دو", "")
    corrections.decide(secretary, first.pk, accept=True)
    with pytest.raises(Refused, match="تغییر کرده"):
        corrections.decide(secretary, second.pk, accept=True)


def test_correct_by_who_was_not_invited_is_refused(correcting):
    with pytest.raises(Refused):
        corrections.propose(factories.make_user("editor"), correcting.pk, "m.minutes", "دیگر", "")


def test_correct_ones_own_is_not_decided_by_oneself(correcting, secretary):
    row = corrections.propose(secretary, correcting.pk, "m.minutes", "دیگر", "")
    with pytest.raises(Refused):
        corrections.decide(secretary, row.pk, accept=True)


@pytest.mark.parametrize("key", ["a.1.presence", "i.999.text", "m.begins_at", ""])
def test_correct_of_what_is_no_text_is_refused(correcting, members, key):
    with pytest.raises(Refused):
        corrections.propose(members[0], correcting.pk, key, "x", "")


def test_approve_before_its_day_is_refused(correcting, members):
    with pytest.raises(Refused, match="مهلت اصلاح تا"):
        approving.approve(members[0], correcting.pk)


def test_approve_while_a_correction_waits_is_refused(due, members):
    corrections.propose(members[1], due.pk, "m.minutes", "دیگر", "")
    with pytest.raises(Refused, match="در انتظار دبیر"):
        approving.approve(members[0], due.pk)


def test_approve_by_the_writer_is_refused_also_by_the_database(due, secretary):
    with pytest.raises(Refused, match="خود آن را"):
        approving.approve(secretary, due.pk)
    due.approved_by = secretary
    with pytest.raises(IntegrityError):
        due.save()


@pytest.mark.parametrize("role", ["hq_staff", "editor", "council_member", "administrator"])
def test_approve_by_who_is_no_member_is_refused(due, role):
    with pytest.raises(Refused):
        approving.approve(factories.make_user(role), due.pk)


def test_approve_freezes_numbers_and_publishes(due, members):
    meeting = approving.approve(members[0], due.pk)
    page = meeting.page
    assert (meeting.state, page.live, bool(page.number)) == ("approved", True, True)
    first, second = page.resolutions.all()
    assert (first.number, first.outcome, first.votes_for) == ("7/1", "passed", 4)
    assert (second.outcome, second.votes_for) == ("postponed", None)
    assert can_see(None, page)
    assert is_intact(meeting)
    event = Event.objects.get(verb="meeting.approved")
    assert event.detail["sha256"] == meeting.sha256


@pytest.mark.parametrize("changed", ["minutes", "item", "presence"])
def test_minutes_changed_behind_the_screens_are_told(due, members, changed):
    meeting = approving.approve(members[0], due.pk)
    if changed == "minutes":
        Meeting.objects.filter(pk=meeting.pk).update(minutes="دیگر")
    elif changed == "item":
        meeting.items.filter(order=1).update(text="دیگر")
    else:
        meeting.attendees.filter(pk=meeting.attendees.first().pk).update(presence="absent")
    assert not is_intact(Meeting.objects.get(pk=meeting.pk))


def test_approved_minutes_are_written_in_no_more(due, secretary, members):
    approving.approve(members[0], due.pk)
    with pytest.raises(Refused):
        save(secretary, due.pk, [Change("m.minutes", "گشایش جلسه", "دیگر")])


def test_approved_minutes_of_a_closed_session_are_closed(due, members):
    Meeting.objects.filter(pk=due.pk).update(openness="closed")
    page = approving.approve(members[0], due.pk).page
    assert not can_see(None, page)
    assert can_see(members[1], page)


@pytest.mark.parametrize("openness", ["open", "closed"])
def test_notify_tells_who_was_there_and_the_actors_what_is_theirs(due, secretary, members, openness):
    actor = factories.make_representative(factories.make_organization(name="انجمن مجری"))
    Meeting.objects.filter(pk=due.pk).update(openness=openness)
    meeting = approving.approve(members[0], due.pk)
    mail.outbox.clear()
    approving.notify_minutes(secretary, meeting.pk)
    call_command("worker", "--once")
    letters = {letter.to[0]: letter for letter in mail.outbox if "ابلاغ" in letter.subject}
    assert {user.email for user in members} <= set(letters)
    assert "متن مصوبه" in letters[actor.email].body
    assert (meeting.page.url in letters[actor.email].body) == (openness == "open")


def test_notify_before_the_approval_or_by_a_member_is_refused(due, secretary, members):
    with pytest.raises(Refused):
        approving.notify_minutes(secretary, due.pk)
    approving.approve(members[0], due.pk)
    with pytest.raises(Refused):
        approving.notify_minutes(members[0], due.pk)
    with pytest.raises(Refused):
        actions.move(secretary, due.pk, State.NOTIFIED)


def test_page_of_the_meeting_leads_each_to_what_is_his(due, secretary, members, client_factory):
    def html(user):
        client = client_factory()
        client.force_login(user)
        return client.get(due.get_absolute_url()).content.decode()

    assert "تصویب و امضا" in html(members[0])
    assert "تصویب و امضا" not in html(secretary)
    assert "پیشنهاد متن دیگر" in html(members[0])
    assert "پیشنهاد متن دیگر" not in html(factories.make_user("auditor"))


def test_correct_in_the_browser_shows_the_words_that_differ(due, secretary, members, client_of):
    client = client_of(members[0])
    address = f"/conduct/{due.pk}/correct/?on=m.minutes"
    assert client.post(address, {"now": "گشایش جلسه با تلاوت", "reason": ""}).status_code == 302
    client = client_of(secretary)
    assert "<ins>" in client.get(due.get_absolute_url()).content.decode()
    row = due.corrections.get()
    assert client.post(f"/conduct/{due.pk}/corrections/{row.pk}/", {"accept": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "accepted"


def test_session_day_of_the_page_is_the_meetings(due, members):
    page = approving.approve(members[0], due.pk).page
    assert page.held_on == datetime.date(2026, 11, 20)


@pytest.mark.parametrize("act", ["words", "guest", "item"])
def test_approve_by_who_wrote_anything_in_it_is_refused(opened, secretary, members, act):
    clerk = members[0]
    clerk_seat = clerk.person.memberships.get()
    clerk_seat.is_secretary = True
    clerk_seat.save()
    if act == "words":
        save(clerk, opened.pk, [Change("m.minutes", "", "گشایش")])
    elif act == "guest":
        actions.add_guest(clerk, opened.pk, "مهمان")
    else:
        actions.add_item(clerk, opened.pk, "بند تازه")
    opened.items.update(proposal="postpone")
    for state in (State.DRAFT_MINUTES, State.CORRECTION):
        actions.move(secretary, opened.pk, state)
    Meeting.objects.filter(pk=opened.pk).update(approvable_from=timezone.localdate())
    with pytest.raises(Refused, match="خود آن را"):
        approving.approve(clerk, opened.pk)
    assert approving.approve(members[1], opened.pk).state == State.APPROVED


@pytest.mark.parametrize("to", [State.DRAFT_MINUTES, State.CORRECTION])
def test_move_of_a_meeting_that_ends_before_it_begins_is_refused(drafted, secretary, to):
    was = State.HELD if to == State.DRAFT_MINUTES else State.DRAFT_MINUTES
    Meeting.objects.filter(pk=drafted.pk).update(state=was, begins_at="10:00", ends_at="09:00")
    with pytest.raises(Refused, match="پایان"):
        actions.move(secretary, drafted.pk, to)


def test_approve_of_what_no_page_may_say_is_refused_and_changes_nothing(due, members):
    Meeting.objects.filter(pk=due.pk).update(begins_at="10:00", ends_at="09:00")
    with pytest.raises(Refused, match="پایان"):
        approving.approve(members[0], due.pk)
    assert Meeting.objects.get(pk=due.pk).state == State.CORRECTION


def test_minutes_of_a_body_that_is_renamed_are_intact(due, members, body):
    meeting = approving.approve(members[0], due.pk)
    body.name = "نام تازه"
    body.save()
    assert is_intact(Meeting.objects.get(pk=meeting.pk))


def test_minutes_whose_frozen_text_was_changed_are_told(due, members):
    meeting = approving.approve(members[0], due.pk)
    meeting.frozen = meeting.frozen.replace("متن مصوبه", "متن دیگر")
    assert not is_intact(meeting)


def test_minutes_keep_the_ballots_of_two_of_one_name_apart(due, members):
    item = due.items.first()
    Item.objects.filter(pk=item.pk).update(manner="name")
    due.attendees.update(name="مریم احمدی")
    for attendee, choice in zip(due.attendees.all(), ["for", "for", "for", "for", "against"], strict=True):
        item.ballots.create(attendee=attendee, choice=choice)
    meeting = approving.approve(members[0], due.pk)
    assert len(json.loads(meeting.frozen)["items"][0]["ballots"]) == 5
    assert is_intact(meeting)


@pytest.mark.parametrize("answer", ["x" * 501, "a\x00b"])
def test_decide_with_an_odd_answer_says_why_and_decides_nothing(due, secretary, members, client_of, answer):
    row = corrections.propose(members[0], due.pk, "m.minutes", "دیگر", "")
    address = f"/conduct/{due.pk}/corrections/{row.pk}/"
    html = client_of(secretary).post(address, {"answer": answer}, follow=True).content.decode()
    row.refresh_from_db()
    assert row.state == "waiting"
    assert "alert" in html
