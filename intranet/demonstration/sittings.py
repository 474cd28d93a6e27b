"""Meetings in progress, one in each state, led there by the people of the demonstration."""

import datetime
from typing import Any

from django.utils import timezone

from intranet.accounts.models import User
from intranet.demonstration.manifest import Manifest
from intranet.demonstration.pages import body_named
from intranet.demonstration.texts import cells, table
from intranet.ui.numerals import to_ascii
from organizations.models import Body
from pages.conduct import actions, approving, corrections
from pages.conduct.models import Ballot, Item, Meeting
from pages.meetings.models import MeetingPage

COUNCIL = "شورای مرکزی ستاد"
State = Meeting.State


def build_sittings(manifest: Manifest) -> None:
    """Each meeting of the file, from its invitation to its state."""
    body = body_named(COUNCIL)
    people = {name: User.objects.filter(username=name).first() for name in ("staff", "council1", "council2")}
    if body is None or None in people.values():
        return
    for row in table("sittings")["sitting"]:
        key = f"sitting:{to_ascii(row['session'])}"
        found = Meeting.objects.filter(body=body, session_number=row["session"])
        meeting = manifest.make(key, found, _sitting, row, body, people)
        if meeting is not None and meeting.page is not None and manifest.is_new(key):
            manifest.make(f"{key}:page", MeetingPage.objects.none(), lambda page=meeting.page: page)


def _sitting(row: dict[str, Any], body: Body, people: dict[str, Any]) -> Meeting:
    staff = people["staff"]
    lines = [cells(line) for line in row["agenda"]]
    meeting = actions.call(
        staff,
        body,
        [(line[0], line[1]) for line in lines],
        title=f"جلسه {row['session']} {body.name}",
        session_number=row["session"],
        day=timezone.localdate() + datetime.timedelta(days=row["days"]),
        begins_at=datetime.time(9, 30),
        place="سالن جلسات ستاد",
    )
    order = list(State.values)
    for state in order[1 : order.index(row["state"]) + 1]:
        _lead(meeting.pk, state, row, people)
        if state == State.HELD:
            _sit(meeting.pk, [line[2] for line in lines], row.get("minutes", ""))
    return Meeting.objects.get(pk=meeting.pk)


def _lead(pk: int, state: str, row: dict[str, Any], people: dict[str, Any]) -> None:
    if state == State.APPROVED:
        Meeting.objects.filter(pk=pk).update(approvable_from=timezone.localdate())
        approving.approve(people["council1"], pk)
    elif state == State.NOTIFIED:
        approving.notify_minutes(people["staff"], pk)
    else:
        actions.move(people["staff"], pk, state)
    if state == State.CORRECTION and "correction" in row:
        corrections.propose(people["council2"], pk, "m.minutes", row["correction"], "شمار منطقه‌ها گفته شد.")


def _sit(pk: int, votes: list[str], minutes: str) -> None:
    meeting = Meeting.objects.get(pk=pk)
    meeting.attendees.update(presence="present")
    meeting.minutes = minutes
    meeting.save()
    members = list(meeting.attendees.filter(voting=True))
    for item, vote in zip(meeting.items.all(), votes, strict=True):
        item.text = f"{item.title} تصویب و مقرر شد گزارش پیشرفت آن هر سه ماه به شورا داده شود."
        item.core_actors = "معاونت امور اجتماعی و فرهنگی شهرداری تهران"
        if vote == "postpone":
            item.proposal = Item.Proposal.POSTPONE
        elif vote == "name":
            item.manner = Item.Manner.NAME
            Ballot.objects.bulk_create(Ballot(item=item, attendee=each, choice="for") for each in members)
        elif vote != "open":
            item.manner = Item.Manner(vote)
            item.in_favour, item.against, item.abstained = len(members) - 1, 0, 1
        item.save()
