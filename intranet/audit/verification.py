"""Checking the record: which event was changed, removed, moved, or put beside the chain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from intranet.audit.chain import GENESIS, digest_of, unlinked
from intranet.audit.heads import Head
from intranet.audit.models import Event, Link

BATCH = 2000
PATIENCE = timedelta(minutes=1)  # in which an event that was just committed joins the chain
TABLES = ("audit_event", "audit_link")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an event (`event`, its number; None when it is not known) or with the chain around it."""

    event: int | None
    reason: str

    def __str__(self) -> str:
        return f"event {self.event}: {self.reason}" if self.event else self.reason


@dataclass(slots=True)
class Walk:
    """A walk along the chain. `links` counts those passed."""

    heads: Iterable[Head] = ()
    links: int = 0
    _seen: dict[int, str] = field(default_factory=dict)  # hashes at the heads' places

    def problems(self) -> Iterator[Problem]:
        """Everything that is not as it was written, in the order of the chain."""
        yield from _missing_triggers()
        heads = sorted(self.heads, key=lambda head: head.position)
        wanted = {head.position for head in heads}
        previous, expected = GENESIS, 1
        for links, events in _batches():
            for link in links:
                if link.position != expected:
                    yield Problem(None, _removed(expected, link.position - 1))
                elif link.previous != previous:
                    yield Problem(link.event_number, "its link was moved or changed")
                yield from _of(link, events.get(link.event_number))
                if link.position in wanted:
                    self._seen[link.position] = link.digest
                previous, expected = link.digest, link.position + 1
                self.links += 1
        yield from self._against(heads, expected - 1)
        yield from _beside()

    def _against(self, heads: list[Head], last: int) -> Iterator[Problem]:
        """What the heads kept outside the database know better."""
        sure = 0
        for head in heads:
            if head.position > last:
                longest = heads[-1]
                yield Problem(None, _removed(last + 1, longest.position, f" (head of {longest.at})"))
                return
            if self._seen.get(head.position) != head.digest:
                yield Problem(
                    None,
                    f"places {sure + 1} to {head.position} of the chain: written anew after the head of {head.at}",
                )
                return
            sure = head.position


def _batches() -> Iterator[tuple[list[Link], dict[int, Event]]]:
    """The links in their order, some at a time, with their events by number."""
    after = -1
    while links := list(Link.objects.filter(position__gt=after).order_by("position")[:BATCH]):
        yield links, Event.objects.in_bulk([link.event_number for link in links])
        after = links[-1].position


def _of(link: Link, event: Event | None) -> Iterator[Problem]:
    if event is None:
        yield Problem(link.event_number, f"was removed (place {link.position} of the chain)")
    elif digest_of(event, link.position, link.previous) != link.digest:
        yield Problem(link.event_number, "its content was changed")


def _removed(first: int, last: int, how: str = "") -> str:
    places = f"place {first}" if first == last else f"places {first} to {last}"
    return f"{places} of the chain: removed{how}"


def _beside() -> Iterator[Problem]:
    for number in unlinked().filter(at__lt=timezone.now() - PATIENCE).values_list("pk", flat=True):
        yield Problem(number, "is not in the chain")


def _missing_triggers() -> Iterator[Problem]:
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name for (name,) in cursor.fetchall()}
    third = "truncate" if connection.vendor == "postgresql" else "replace"
    for table in TABLES:
        names = [f"{table}_no_{act}" for act in ("update", "delete", third)]
        if missing := [name for name in names if name not in found]:
            yield Problem(None, f"table {table} can be changed: {', '.join(missing)} is not there")
