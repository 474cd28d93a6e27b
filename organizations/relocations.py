"""Organisations and bodies that one person moves to another district: another approves. Check, act, record."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.roles import Role, users_with
from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from intranet.notifications.actions import notify
from organizations.changes import difference, snapshot
from organizations.letters import RefusedLetter
from organizations.mandates import MandateState, Relocation
from organizations.models import Body, Organization
from organizations.policies import moved, why_not_decide


def kept_back(before: Any, after: Organization | Body) -> Relocation:
    """The move that a form wants, not saved yet; the row in the form stays where it is."""
    place = {"organization": before} if isinstance(before, Organization) else {"body": before}
    wanted = Relocation(district=after.district, kind=after.kind, **place)
    after.district, after.kind = before.district, before.kind
    return wanted


@transaction.atomic
def file(actor: Any, relocation: Relocation) -> Relocation:
    """Let a move wait for another person than `actor`; of one place only the latest waits."""
    place = relocation.place
    for earlier in place.relocations.select_for_update().waiting():
        earlier.state, earlier.decided_at = MandateState.REFUSED, timezone.now()
        earlier.refusal = _("A later move took its place.")
        earlier.save(update_fields=["state", "decided_at", "refusal"])
    relocation.state, relocation.made_by = MandateState.WAITING, actor
    relocation.save()
    record(actor, "relocation.filed", place, relocation=relocation.pk, changed=_change(relocation))
    colleagues = users_with(Role.HQ_STAFF).exclude(pk=actor.pk)
    url = reverse("ngo:relocation", args=[relocation.pk])
    notify(colleagues, "relocation_waiting", {"row": relocation}, url)
    return relocation


def approve(actor: Any, relocation_id: int) -> Relocation:
    """Move it at this hour; whoever reads follows in the same transaction. Raises `RefusedLetter`."""
    return _decide(actor, relocation_id, MandateState.APPROVED, "")


def refuse(actor: Any, relocation_id: int, reason: str) -> Relocation:
    """Let it stay where it is, saying why. Raises `RefusedLetter`."""
    if not reason.strip():
        raise RefusedLetter(_("Say why, so that a better one can follow."))
    return _decide(actor, relocation_id, MandateState.REFUSED, reason.strip())


@transaction.atomic
def _decide(actor: Any, relocation_id: int, state: MandateState, reason: str) -> Relocation:
    rows = Relocation.objects.select_for_update(of=("self",)).select_related(
        "organization", "body", "district"
    )
    row = rows.get(pk=relocation_id)
    if why := why_not_decide(actor, row):
        raise RefusedLetter(why)
    said = {"reason": Personal(actor, reason)} if reason else {"changed": _change(row)}
    row.state, row.decided_by, row.decided_at, row.refusal = state, actor, timezone.now(), reason
    row.save(update_fields=["state", "decided_by", "decided_at", "refusal"])
    record(actor, f"relocation.{state.value}", row.place, relocation=row.pk, **said)
    if state == MandateState.APPROVED:
        moved(row).save(update_fields=["district", "kind"])
    notify(
        [user for user in (row.made_by,) if user], "relocation_decided", {"row": row}, reverse("desk:desk")
    )
    return row


def _change(row: Relocation) -> dict[str, Any]:
    return difference(snapshot(row.place), snapshot(moved(row)))
