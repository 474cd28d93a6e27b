"""The hash chain: what is hashed, how events join it, one after another and whoever writes them."""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from intranet.audit.models import Event, Link

GENESIS = "0" * 64
BATCH = 500  # links made under one hold of the lock

_CHAIN_LOCK = 0x61756469  # any fixed number: PostgreSQL's advisory lock of this chain

log = logging.getLogger("intranet.audit.events")


def digest_of(event: Event, position: int, previous: str) -> str:
    """The SHA-256 (hex) of an event as it is stored, its place in the chain, and the hash of the link before it."""
    content = [previous, position, *_stored(event).values()]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _stored(event: Event) -> dict[str, object]:
    return {
        "event": event.pk,
        "at": event.at.isoformat(),
        "actor": event.actor_id,
        "actor_name": event.actor_sealed,
        "act": event.verb,
        "target_type": event.target_type,
        "target": event.target_id,
        "target_name": event.target_sealed,
        "detail": event.detail_sealed,
    }


def link_after_commit(event: Event) -> None:
    """Let the event join the chain as soon as the caller's transaction has ended.

    All events of a transaction join together: the first of the callbacks takes along the numbers that wait.
    """
    waiting: list[int] | None = getattr(connection, "audit_waiting", None)  # each thread has its connection
    if waiting is None:
        waiting = connection.audit_waiting = []  # type: ignore[attr-defined]
    waiting.append(event.pk)

    def join() -> None:
        numbers, waiting[:] = sorted(set(waiting)), []
        if numbers:
            link(numbers)

    transaction.on_commit(join, robust=True)  # what fails here is linked by the clock


@contextmanager
def _end_of_chain() -> Iterator[None]:
    """Be the only one who adds links. SQLite has one writer anyway, since its transactions begin with the lock."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])
        yield


def link(numbers: Sequence[int]) -> int:
    """Add the events of these numbers to the chain, those that exist and are not yet in it; return how many.

    The lock is held for the making of `BATCH` links at most, some milliseconds, never for a caller's transaction.
    """
    made = 0
    for start in range(0, len(numbers), BATCH):
        some = numbers[start : start + BATCH]
        with _end_of_chain():
            made += _append(list(unlinked().filter(pk__in=some).order_by("pk")))
    return made


def _append(events: list[Event]) -> int:
    last = Link.objects.order_by("-position").values_list("position", "digest").first()
    position, previous = last or (0, GENESIS)
    links = []
    for event in events:
        position += 1
        digest = digest_of(event, position, previous)
        links.append(Link(position=position, event_number=event.pk, previous=previous, digest=digest))
        previous = digest
    Link.objects.bulk_create(links)
    for event, made in zip(events, links, strict=True):
        transaction.on_commit(partial(_tell, event, made), robust=True)
    return len(links)


def _tell(event: Event, made: Link) -> None:
    """One JSON line an event, personal values sealed as they are in the database."""
    if log.isEnabledFor(logging.INFO):
        line = {"position": made.position, "digest": made.digest, **_stored(event)}
        log.info("%s", json.dumps(line, ensure_ascii=False))


def unlinked() -> QuerySet[Event]:
    """Events that are not in the chain: their process ended between its commit and the link, or is there now."""
    return Event.objects.filter(~Exists(Link.objects.filter(event_number=OuterRef("pk"))))


def link_left_over() -> int:
    """Add what killed processes left unlinked; the clock calls it. Returns how many."""
    return link(list(unlinked().order_by("pk").values_list("pk", flat=True)))
