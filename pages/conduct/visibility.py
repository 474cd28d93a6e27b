"""Who may read a meeting before its minutes are published: its body, those who work with it, who was invited."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.db.models.signals import post_delete, post_save

from intranet.access import rules
from intranet.access.actions import forget, rederive
from intranet.access.clauses import Clauses, any_of
from intranet.access.models import State
from intranet.accounts.roles import role_token
from organizations.models import Body
from organizations.tokens import on_body, secretary_of
from pages.conduct.models import Attendee, Meeting
from pages.meetings.models import CLOSED_SESSION_ROLES


def clauses_of_meetings(meetings: Sequence[Meeting], state: str) -> list[Clauses | None]:
    """The members of the body, its district's secretary, the roles that read closed sessions, the invited."""
    if state != State.LIVE:
        return [None] * len(meetings)
    prefetch_related_objects(meetings, "body__district", "attendees__person")
    return [_of_meeting(meeting) for meeting in meetings]


def _of_meeting(meeting: Meeting) -> Clauses:
    tokens = [role_token(role) for role in CLOSED_SESSION_ROLES] + [on_body(meeting.body_id)]
    if meeting.body.district is not None:
        tokens.append(secretary_of(meeting.body.district.number))
    invited = [each.person.user_id for each in meeting.attendees.all() if each.person]
    return any_of(*tokens, *(f"user:{user}" for user in invited if user))


def _saved(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        rederive(Meeting.objects.get(pk=instance.meeting_id) if isinstance(instance, Attendee) else instance)


def _deleted(sender: Any, instance: Meeting, **kwargs: Any) -> None:
    forget(Meeting, instance.pk)


def _body_saved(sender: Any, instance: Body, created: bool, **kwargs: Any) -> None:
    if not created:
        rederive(Meeting.objects.filter(body=instance).iterator(chunk_size=500))


def connect() -> None:
    """Register the rule and follow what is saved; called once when the apps are ready."""
    rules.register(Meeting, clauses_of_meetings, prefix="meeting")
    post_save.connect(_saved, sender=Meeting, dispatch_uid="conduct.meeting.saved")
    post_delete.connect(_deleted, sender=Meeting, dispatch_uid="conduct.meeting.deleted")
    post_save.connect(_body_saved, sender=Body, dispatch_uid="conduct.body.saved")
