"""The hash chain: what is hashed, and how a chain is checked."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from intranet.audit.models import Event

GENESIS = "0" * 64


def digest_of(event: Event) -> str:
    """Return the SHA-256 (hex) of the event's content together with the hash of the event before it."""
    content = [
        event.previous,
        event.at.isoformat(),
        event.actor_id,
        event.actor_name,
        event.verb,
        event.target_type,
        event.target_id,
        event.target_name,
        event.detail,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def broken_links(events: Iterable[Event]) -> Iterator[tuple[int, str]]:
    """Yield (event number, what is wrong) for every event that does not follow from the one before it."""
    previous = GENESIS
    for event in events:
        if event.previous != previous:
            yield event.pk, "the event before it is missing or was changed"
        elif event.digest != digest_of(event):
            yield event.pk, "its content was changed"
        previous = event.digest
