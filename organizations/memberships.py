"""Memberships that one person filed: approved or refused by another. Check, act, record."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.roles import Role, users_with
from intranet.audit.actions import record
from intranet.notifications.actions import notify
from organizations.letters import RefusedLetter
from organizations.mandates import MandateState
from organizations.models import Membership
from organizations.policies import why_not_decide


def approve(actor: Any, membership_id: int) -> Membership:
    """Let a membership count from this hour. Raises `RefusedLetter`."""
    return _decide(actor, membership_id, MandateState.APPROVED, "")


def refuse(actor: Any, membership_id: int, reason: str) -> Membership:
    """Refuse a membership, saying why. Raises `RefusedLetter`."""
    if not reason.strip():
        raise RefusedLetter(_("Say why, so that a better one can follow."))
    return _decide(actor, membership_id, MandateState.REFUSED, reason.strip())


def _decide(actor: Any, membership_id: int, state: MandateState, reason: str) -> Membership:
    with transaction.atomic():
        rows = Membership.objects.select_for_update(of=("self",)).select_related(
            "person", "organization", "body"
        )
        row = rows.get(pk=membership_id)
        if why := why_not_decide(actor, row):
            raise RefusedLetter(why)
        row.state, row.decided_by, row.decided_at, row.refusal = state, actor, timezone.now(), reason
        row.save(update_fields=["state", "decided_by", "decided_at", "refusal"])
        record(actor, f"membership.{state.value}", row, **({"reason": reason} if reason else {}))
        people = [user for user in (row.made_by, row.person.user) if user is not None]
        notify(people, "membership_decided", {"row": row}, reverse("desk:desk"))
    return row


def tell_filed(row: Membership, actor: Any) -> None:
    """Record that `actor` filed it and tell those who may approve it."""
    record(actor, "membership.filed", row)
    colleagues = users_with(Role.HQ_STAFF).exclude(pk=actor.pk)
    notify(colleagues, "membership_waiting", {"row": row}, reverse("ngo:membership", args=[row.pk]))
