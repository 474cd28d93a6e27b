"""Who may do what with a meeting, and when. Each answer is the reason why not, or None."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.roles import Role, has_role
from intranet.audit.models import Event
from intranet.ui.templatetags.persian import jalali
from organizations.models import Body, Membership
from organizations.queries import districts_of
from pages.conduct.models import Correction, Meeting

State = Meeting.State

# What the secretary may still write: the agenda, the people, the votes, the words.
AGENDA_OPEN = frozenset({State.INVITED})
ROLL_OPEN = frozenset({State.FINAL_AGENDA, State.HELD, State.DRAFT_MINUTES})
VOTES_OPEN = frozenset({State.HELD, State.DRAFT_MINUTES})

# The acts by which words and numbers come into the minutes.
WRITING = ("meeting.called", "meeting.changed", "meeting.recorded", "meeting.correction_accepted")


@dataclass(frozen=True)
class Move:
    """A step from one state to the next, and who takes it."""

    after: str
    to: str


MOVES = {
    move.to: move
    for move in (
        Move(State.INVITED, State.FINAL_AGENDA),
        Move(State.FINAL_AGENDA, State.HELD),
        Move(State.HELD, State.DRAFT_MINUTES),
        Move(State.DRAFT_MINUTES, State.CORRECTION),
        Move(State.APPROVED, State.NOTIFIED),
    )
}


def bodies_kept_by(user: Any) -> QuerySet[Body]:
    """The bodies whose meetings `user` calls and writes down: the twin of `keeps`."""
    if has_role(user, Role.HQ_STAFF, Role.EDITOR):
        return Body.objects.all()
    own = Membership.objects.current().filter(person__user=user.pk, is_secretary=True).values("body")
    found = Q(pk__in=own)
    if has_role(user, Role.DISTRICT_SECRETARY):
        found |= Q(district__in=districts_of(user))
    return Body.objects.filter(found)


def keeps(user: Any, body: Body) -> bool:
    """Whether `user` is a secretary of the body: its own, its district's, HQ staff or an editor."""
    return bool(user.is_authenticated and user.is_active and bodies_kept_by(user).filter(pk=body.pk).exists())


def why_not_write(user: Any, meeting: Meeting, open_in: frozenset[Any] = ROLL_OPEN) -> str | None:
    """Why `user` may not write in the meeting now."""
    if not keeps(user, meeting.body):
        return _("The secretary of the body writes down its meetings.")
    if meeting.state not in open_in:
        return _("The meeting is at «%(state)s»: this is no longer, or not yet, written.") % {
            "state": meeting.get_state_display()
        }
    return None


def why_not_these_hours(meeting: Meeting) -> str | None:
    """Why the hours that stand in `meeting`, saved or not, cannot be those of a meeting."""
    if meeting.begins_at and meeting.ends_at and meeting.ends_at < meeting.begins_at:
        return _("A meeting cannot end before it begins.")
    return None


def why_not_move(user: Any, meeting: Meeting, to: str) -> str | None:
    """Why `user` may not bring the meeting to the state `to`."""
    move = MOVES.get(to)
    if move is None or move.after != meeting.state:
        return _("From «%(state)s» the meeting does not go there.") % {"state": meeting.get_state_display()}
    if not keeps(user, meeting.body):
        return _("The secretary of the body leads its meetings from state to state.")
    return None


def next_moves(user: Any, meeting: Meeting) -> list[Move]:
    """The moves that `user` may make now."""
    return [move for move in MOVES.values() if why_not_move(user, meeting, move.to) is None]


def why_not_correct(user: Any, meeting: Meeting) -> str | None:
    """Why `user` may not propose a correction: those on the roll do, while the period lasts."""
    if meeting.state != State.CORRECTION:
        return _("Corrections are proposed in the correction period.")
    if not meeting.attendees.filter(person__user=user.pk).exists():
        return _("Who was invited to the meeting proposes corrections.")
    return None


def why_not_decide_correction(user: Any, meeting: Meeting, correction: Correction) -> str | None:
    """Why `user` may not accept or decline a correction: a secretary does, and not his own."""
    if meeting.state != State.CORRECTION or correction.state != Correction.State.WAITING:
        return _("This matter has been decided already.")
    if not keeps(user, meeting.body):
        return _("The secretary of the body decides on corrections.")
    if correction.author_id == user.pk:
        return _("You proposed this; a colleague decides on it.")
    return None


def wrote(user: Any, meeting: Meeting) -> bool:
    """Whether anything in the meeting was written by `user`: the record knows, whoever ended the meeting."""
    if user.pk in (meeting.written_by_id, meeting.called_by_id):
        return True
    acts = Event.objects.filter(target_type=Meeting._meta.label, target_id=str(meeting.pk), verb__in=WRITING)
    return acts.filter(actor_id=user.pk).exists()


def why_not_approve(user: Any, meeting: Meeting) -> str | None:
    """Why `user` may not approve and sign the minutes: a member with a vote does, who did not write them."""
    if meeting.state != State.CORRECTION:
        return _("Minutes are approved when their correction period is over.")
    seats = Membership.objects.current().filter(body=meeting.body, voting=True, person__user=user.pk)
    if not seats.exists():
        return _("A member of the body who has a vote approves its minutes.")
    if wrote(user, meeting):
        return _("Whoever wrote the minutes does not approve them.")
    if meeting.approvable_from and timezone.localdate() < meeting.approvable_from:
        return _("The correction period lasts until %(day)s.") % {"day": jalali(meeting.approvable_from)}
    if meeting.corrections.filter(state=Correction.State.WAITING).exists():
        return _("A proposed correction waits for the secretary.")
    return None
