"""Writing to the record."""

from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from intranet.audit.chain import GENESIS, digest_of
from intranet.audit.models import Event

_CHAIN_LOCK = 0x61756469  # any fixed number: PostgreSQL's advisory lock of this chain


def record(actor: Any, verb: str, target: models.Model | None = None, **detail: Any) -> Event:
    """Add an event in the caller's transaction.

    `actor` is a user, or None for the system itself; `verb` is `room.act` in the past tense, such as
    `workflow.approved`; `detail` must be JSON. Writers queue for the end of the chain: SQLite has one writer
    anyway, PostgreSQL takes an advisory lock until the transaction ends.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
        last = Event.objects.order_by("-id").values_list("digest", flat=True).first()
        event = Event(
            at=timezone.now(),
            actor_id=getattr(actor, "pk", None),
            actor_name=actor.get_username() if getattr(actor, "pk", None) else "",
            verb=verb,
            target_type=target._meta.label if target else "",
            target_id=str(target.pk) if target else "",
            target_name=str(target)[:255] if target else "",
            detail=detail,
            previous=last or GENESIS,
        )
        event.digest = digest_of(event)
        event.save(force_insert=True)
    return event
