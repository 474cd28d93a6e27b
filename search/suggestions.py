"""What a reader is offered as he types: titles and numbers that go on so, of what he may see."""

from typing import Any

from search import engines, lexicons
from search.analysis.keyboard import swapped
from search.beginnings import ways
from search.engines.base import Offer
from search.kinds import KINDS, OTHER
from search.permission import Reader, reader_of

SIZE = 8
LONGEST = 100


def suggest(text: str, user: Any, *, size: int = SIZE) -> list[dict[str, str]]:
    """Titles and numbers that `user` may see and that go on as he types: dicts of title, url, kind, label.

    What begins as it was typed comes first, the shortest before. Where there are none, what the same keys give on
    the other keyboard.
    """
    lexicons.serve_index()
    reader = reader_of(user)
    for typed in (text[:LONGEST], *swapped(text[:LONGEST])):
        if found := _offered(typed, reader, size):
            return [
                {
                    "title": offer.title,
                    "url": offer.url,
                    "kind": offer.kind,
                    "label": str(KINDS.get(offer.kind, KINDS[OTHER])),
                }
                for offer in found
            ]
    return []


def _offered(text: str, reader: Reader, size: int) -> list[Offer]:
    engine = engines.current()
    found: dict[str, Offer] = {}
    for way in ways(text):
        for offer in engine.suggest(way, reader.audiences, reader.closed, size):
            found.setdefault(offer.object_uid, offer)
        if len(found) >= size:
            break
    return list(found.values())[:size]
