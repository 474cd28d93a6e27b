"""What ends when a letter comes into force: the predecessor's role, and the person's own earlier letter."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.utils import timezone

from intranet.audit.actions import record
from organizations.leaving import end_grants_of
from organizations.mandates import MandateState
from organizations.models import Representative


def end_earlier(actor: Any, mandate: Representative) -> None:
    """End them at the hour at which `mandate` begins, in the caller's transaction."""
    hour = _begins_at(mandate, mandate.decided_at or timezone.now())
    for old in _earlier(mandate):
        old.ended_at = hour
        old.save(update_fields=["ended_at"])
        record(actor, "letter.replaced", old, by=mandate.pk)
        end_grants_of(old.person, actor)


def _earlier(mandate: Representative) -> Iterable[Representative]:
    earlier = Representative.objects.select_for_update().filter(
        Q(person=mandate.person_id) | Q(pk=mandate.succeeds_id),
        state=MandateState.APPROVED,
        ended_at=None,
        organization=mandate.organization_id,
    )
    return earlier.exclude(pk=mandate.pk)


def _begins_at(mandate: Representative, now: datetime.datetime) -> datetime.datetime:
    """The hour at which the letter comes into force: now, or the first hour of its first day when that is later."""
    if mandate.valid_from is None:
        return now
    return max(now, timezone.make_aware(datetime.datetime.combine(mandate.valid_from, datetime.time())))
