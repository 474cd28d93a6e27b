"""Who may do what with a resolution and its follow-ups. Each answer is the reason why not, or None."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from intranet.accounts.roles import Role, has_role
from organizations.models import Body, Membership
from organizations.queries import represents
from pages.following.models import Evidence, FollowUp, Standing, StandingState, standing_of, state_of
from pages.meetings.models import Resolution


def leads(user: Any, resolution: Resolution) -> bool:
    """Whether `user` leads the resolution on: HQ staff, the body's own secretary, the secretary of its district.

    Editors write minutes down and lead nothing on.
    """
    if has_role(user, Role.HQ_STAFF):
        return True
    body = resolution.meeting.body
    return body is not None and user.is_authenticated and user.is_active and _is_secretary(user, body)


def _is_secretary(user: Any, body: Body) -> bool:
    seats = Q(body=body)
    if body.district_id is not None and has_role(user, Role.DISTRICT_SECRETARY):
        seats |= Q(body__kind=Body.Kind.SECRETARIAT, body__district=body.district_id)
    return Membership.objects.current().filter(seats, person__user=user.pk, is_secretary=True).exists()


def _why_not_lead(user: Any, resolution: Resolution) -> str | None:
    return None if leads(user, resolution) else _("HQ staff and the secretary of the body do this.")


def why_not_notify(user: Any, resolution: Resolution) -> str | None:
    """Why `user` may not write down that the resolution was notified."""
    if state_of(resolution) != StandingState.NOT_NOTIFIED:
        return _("Only what was passed and is not notified yet is notified.")
    return _why_not_lead(user, resolution)


def why_not_object(user: Any, resolution: Resolution) -> str | None:
    """Why no objection may be written down now."""
    if state_of(resolution) != StandingState.OBJECTION_PERIOD or standing_of(resolution).objected_on:  # type: ignore[union-attr]
        return _("Objections come within the objection period, once.")
    return _why_not_lead(user, resolution)


def why_not_settle(user: Any, resolution: Resolution, row: Standing) -> str | None:
    """Why `user` may not write down how the objection was settled: another than who recorded it does."""
    if state_of(resolution) != StandingState.STOPPED:
        return _("There is no open objection.")
    if row.objection_by_id == user.pk:
        return _("You recorded this objection; a colleague writes down how it was settled.")
    return _why_not_lead(user, resolution)


def why_not_add(user: Any, resolution: Resolution) -> str | None:
    """Why `user` may not add a follow-up."""
    if state_of(resolution) in (StandingState.NO_EFFECT, StandingState.ANNULLED):
        return _("Nothing follows from a resolution that is not in effect.")
    return _why_not_lead(user, resolution)


def owns(user: Any, row: FollowUp) -> bool:
    """Whether the follow-up is `user`'s: his own, his body's, or his organisation's for which he submits."""
    if row.owner_person_id:
        return row.owner_person is not None and row.owner_person.user_id == user.pk
    if row.owner_organization is not None:
        return represents(user, row.owner_organization)
    return Membership.objects.current().filter(person__user=user.pk, body=row.owner_body_id).exists()


def why_not_report(user: Any, row: FollowUp) -> str | None:
    """Why `user` may not report on the follow-up: its owner does, and who leads the resolution."""
    if row.done_on is not None:
        return _("This is done.")
    if user.is_authenticated and (owns(user, row) or leads(user, row.resolution)):
        return None
    return _("Its owner reports on it.")


def why_not_accept(user: Any, evidence: Evidence) -> str | None:
    """Why `user` may not accept or decline the evidence: who leads the resolution does, not who reported it."""
    if evidence.state != Evidence.State.WAITING:
        return _("This matter has been decided already.")
    if evidence.made_by_id == user.pk:
        return _("You reported this; a colleague accepts it.")
    return _why_not_lead(user, evidence.follow_up.resolution)
