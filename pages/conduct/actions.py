"""Calling a meeting, leading it from state to state, adding to its lists. Check, act, record, tell."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.access.actions import rederive
from intranet.accounts.models import User
from intranet.audit.actions import record
from intranet.notifications.actions import notify
from organizations.models import Body, Membership
from pages.conduct.exceptions import Refused
from pages.conduct.models import Attendee, Item, Meeting
from pages.conduct.policies import (
    AGENDA_OPEN,
    ROLL_OPEN,
    keeps,
    why_not_move,
    why_not_these_hours,
    why_not_write,
)
from pages.conduct.results import rule_of, sitting_of

Line = tuple[str, str]  # title and proposer of an item

State = Meeting.State

_NO_WAY = gettext_lazy("From «%(state)s» the meeting does not go there.")
_UNDECIDED = gettext_lazy("Nothing is decided yet on: %(titles)s. Count the votes, put it off or refer it.")


def check(why_not: Any) -> None:
    """Raise `Refused` with the reason, if there is one."""
    if why_not:
        raise Refused(str(why_not))


def held(meeting_id: int) -> Meeting:
    """The meeting, held until the transaction ends: two moves at once come one after the other."""
    # Takes the row, also where there is no FOR UPDATE.
    Meeting.objects.filter(pk=meeting_id).update(state=F("state"))
    return Meeting.objects.select_related("body__district").get(pk=meeting_id)


def call(user: Any, body: Body, agenda: Sequence[Line], **particulars: Any) -> Meeting:
    """Call a meeting: its members are on the roll and get the invitation. Raises `Refused`."""
    check(None if keeps(user, body) else _("The secretary of the body calls its meetings."))
    with transaction.atomic():
        meeting = Meeting.objects.create(body=body, called_by=user, **particulars)
        _write_agenda(meeting, agenda)
        complete_roll(meeting)
        record(user, "meeting.called", meeting)
        notify(invited_users(meeting), "meeting_called", {"meeting": meeting}, meeting.get_absolute_url())
    return meeting


def change_call(user: Any, meeting_id: int, agenda: Sequence[Line], **particulars: Any) -> Meeting:
    """Change what the invitation says, while the agenda is open. Raises `Refused`."""
    with transaction.atomic():
        meeting = held(meeting_id)
        check(why_not_write(user, meeting, AGENDA_OPEN))
        for name, value in particulars.items():
            setattr(meeting, name, value)
        meeting.save()
        _write_agenda(meeting, agenda)
        record(user, "meeting.changed", meeting)
    return meeting


def _write_agenda(meeting: Meeting, agenda: Sequence[Line]) -> None:
    meeting.items.all().delete()
    Item.objects.bulk_create(
        Item(meeting=meeting, order=order, title=title[:300], proposer=proposer[:150])
        for order, (title, proposer) in enumerate(agenda, 1)
    )
    rederive(meeting)  # search reads the agenda


def complete_roll(meeting: Meeting) -> None:
    """Put on the roll who is a member on the day and is not there yet."""
    there = set(meeting.attendees.exclude(person=None).values_list("person", flat=True))
    members = Membership.objects.current(meeting.day).filter(body=meeting.body).exclude(person__in=there)
    rows: dict[int, Attendee] = {}
    for seat in members.select_related("person", "post", "seat").order_by("-voting", "person__name"):
        role = seat.post or (_("secretary") if seat.is_secretary else _("member"))
        row = rows.setdefault(
            seat.person_id,
            Attendee(meeting=meeting, person=seat.person, name=seat.person.name, role=str(role)[:100]),
        )
        row.voting = row.voting or seat.voting
    Attendee.objects.bulk_create(rows.values())
    rederive(meeting)


def invited_users(meeting: Meeting) -> Iterable[User]:
    """The active accounts of those on the roll."""
    return User.objects.filter(is_active=True, person__in=meeting.attendees.values("person"))


def move(user: Any, meeting_id: int, to: str) -> Meeting:
    """Bring the meeting to its next state. Raises `Refused`."""
    with transaction.atomic():
        meeting = held(meeting_id)
        check(why_not_move(user, meeting, to))
        before = _BEFORE.get(to)
        if before is None:  # approved and notified by acts of their own
            raise Refused(_NO_WAY % {"state": meeting.get_state_display()})
        before(user, meeting)
        meeting.state = to
        meeting.save()
        record(user, "meeting.moved", meeting, state=to)
        if to in _TOLD:
            notify(invited_users(meeting), _TOLD[to], {"meeting": meeting}, meeting.get_absolute_url())
    return meeting


def _before_final_agenda(user: Any, meeting: Meeting) -> None:
    check(None if meeting.items.exists() else _("The agenda has no item yet."))


def _before_held(user: Any, meeting: Meeting) -> None:
    complete_roll(meeting)
    rule = rule_of(meeting)
    check(
        None
        if rule.members
        else _("The body has no members with a vote on this day. Record its members first.")
    )
    meeting.rule_members, meeting.rule_quorum = rule.members, rule.quorum
    meeting.rule_majority = rule.majority.value


def _before_draft_minutes(user: Any, meeting: Meeting) -> None:
    check(why_not_these_hours(meeting))
    sitting = sitting_of(meeting)
    unsaid = [each.name for each in sitting.attendees if not each.presence]
    check(
        _("Say of everybody whether he was there: %(names)s.") % {"names": "، ".join(unsaid)}
        if unsaid
        else None
    )
    open_ones = [item.title for item, _chosen, result in sitting.items if not result.is_decided]
    check(_UNDECIDED % {"titles": "، ".join(f"«{title}»" for title in open_ones)} if open_ones else None)
    for item, _chosen, result in sitting.items:
        Item.objects.filter(pk=item.pk).update(outcome=result.outcome.value)
    meeting.written_by = user


def _before_correction(user: Any, meeting: Meeting) -> None:
    check(why_not_these_hours(meeting))
    sitting = sitting_of(meeting)
    for item, _chosen, result in sitting.items:  # votes may have been put right since
        check(None if result.is_decided else _UNDECIDED % {"titles": f"«{item.title}»"})
        Item.objects.filter(pk=item.pk).update(outcome=result.outcome.value)
    meeting.approvable_from = timezone.localdate() + timedelta(days=settings.MEETINGS_CORRECTION_DAYS)


_BEFORE = {
    State.FINAL_AGENDA.value: _before_final_agenda,
    State.HELD.value: _before_held,
    State.DRAFT_MINUTES.value: _before_draft_minutes,
    State.CORRECTION.value: _before_correction,
}
_TOLD = {State.FINAL_AGENDA.value: "meeting_agenda", State.CORRECTION.value: "meeting_corrections"}


def add_guest(user: Any, meeting_id: int, name: str, role: str = "") -> Attendee:
    """Put a guest on the roll. Raises `Refused`."""
    name = name.strip()
    with transaction.atomic():
        meeting = held(meeting_id)
        check(why_not_write(user, meeting, ROLL_OPEN))
        check(None if name else _("Write the name."))
        if meeting.attendees.filter(name=name[:200]).exists():
            raise Refused(_("«%(name)s» is on the roll already.") % {"name": name})
        guest = Attendee.objects.create(
            meeting=meeting, name=name[:200], role=role.strip()[:100], presence=Attendee.Presence.GUEST
        )
        record(user, "meeting.recorded", meeting, fields=["attendees"])
    return guest


def add_item(user: Any, meeting_id: int, title: str, proposer: str = "") -> Item:
    """Put one more point on the agenda, as meetings do when they begin. Raises `Refused`."""
    title = title.strip()
    with transaction.atomic():
        meeting = held(meeting_id)
        check(why_not_write(user, meeting, ROLL_OPEN))
        check(None if title else _("Write the title."))
        last = meeting.items.order_by("-order").values_list("order", flat=True).first() or 0
        item = Item.objects.create(
            meeting=meeting, order=last + 1, title=title[:300], proposer=proposer.strip()[:150]
        )
        record(user, "meeting.recorded", meeting, fields=["items"])
        rederive(meeting)
    return item
