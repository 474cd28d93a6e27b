"""What a reader is offered as he types: titles, numbers and frequent phrases that go on so, of what he may see."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from search import engines, lexicons
from search.analysis.keyboard import swapped
from search.beginnings import Way, ways
from search.engines.base import Offer
from search.kinds import KINDS, OTHER
from search.permission import Reader, reader_of
from search.phrases import going_on

SIZE = 8
#: Phrases among them, and those that are looked for: their texts may be hidden by now.
PHRASES, PHRASES_TRIED = 2, 4
LONGEST = 100


def suggest(text: str, user: Any, *, size: int = SIZE) -> list[dict[str, str]]:
    """What `user` may see and what goes on as he types: dicts of title, url, kind, label.

    Phrases come first, as searches for them (kind `phrase`); then titles and numbers, those that begin as it was
    typed, the shortest before. Where there are none, what the same keys give on
    the other keyboard.
    """
    lexicons.serve_index()
    reader = reader_of(user)
    for typed in (text[:LONGEST], *swapped(text[:LONGEST])):
        offers, phrases = _offered(typed, reader, size), _phrases(typed, reader)
        if offers or phrases:
            titles = {offer.title for offer in offers}
            told = [phrase for phrase in phrases if phrase["title"] not in titles]
            found = offers[: size - len(told)]
            return told + [
                {
                    "title": offer.title,
                    "url": offer.url,
                    "kind": offer.kind,
                    "label": str(KINDS.get(offer.kind, KINDS[OTHER])),
                }
                for offer in found
            ]
    return []


def _phrases(text: str, reader: Reader) -> list[dict[str, str]]:
    """The commonest phrases that go on so and stand in a title that the reader may see."""
    told = []
    for term, written in going_on(text)[:PHRASES_TRIED]:
        if engines.current().suggest(Way(term), reader.audiences, reader.closed, 1):
            address = f"{reverse('search')}?{urlencode({'q': written})}"
            told.append({"title": written, "url": address, "kind": "phrase", "label": _("Search for it")})
        if len(told) == PHRASES:
            break
    return told


def _offered(text: str, reader: Reader, size: int) -> list[Offer]:
    engine = engines.current()
    found: dict[str, Offer] = {}
    for way in ways(text):
        for offer in engine.suggest(way, reader.audiences, reader.closed, size):
            found.setdefault(offer.object_uid, offer)
        if len(found) >= size:
            break
    return list(found.values())[:size]
