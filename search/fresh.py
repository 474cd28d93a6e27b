"""What a saved search finds now, as its person: all of it by numbers, and what is new or changed in words."""

from typing import Any

from search import engines, ranking
from search.engines.base import Request
from search.entries import object_number
from search.facets import Counts
from search.hits import Hit, group
from search.models import SavedSearch
from search.narrowing import narrow_by
from search.permission import reader_of
from search.query import parse
from search.records import sources

#: Stands among the numbers that were noted since versions are: before, an unknown version is no change.
NOTED = object_number("versions")
#: New texts that are looked up to be named.
NAMED = 200


def _request(saved: SavedSearch, user: Any, **more: Any) -> Request:
    query = parse(saved.text)
    filters = narrow_by(saved.filters).by_words(query.fields).as_filters()
    reader = reader_of(user)
    return Request(query, reader.audiences, reader.closed, filters, **more)


def objects_of(saved: SavedSearch, user: Any) -> frozenset[int]:
    """The numbers of all objects that match well enough and that `user` may see; raises `EngineDown`."""
    request = _request(saved, user, limit=1)
    if not request.query.asks:
        return frozenset()
    return frozenset(Counts(engines.current().search(request).found, request.filters).objects())


def versions_of(objects: frozenset[int]) -> dict[int, int]:
    """By the numbers of these objects the number of what each says now; another one when its text was changed."""
    found = {}
    for prefix, source in sources.items():
        for pk, version in source.versions():
            number = object_number(f"{prefix}:{pk}")
            if number in objects:
                found[number] = object_number(f"{prefix}:{pk}@{version}")
    return found


def noted(objects: frozenset[int]) -> frozenset[int]:
    """What is kept of objects that a person was told of: their numbers, and those of what they say."""
    return objects | frozenset(versions_of(objects).values()) | {NOTED}


def hits_of(saved: SavedSearch, user: Any, objects: frozenset[int], most: int) -> list[Hit]:
    """The best of `objects` for this search, asked once more as `user`; raises `EngineDown`."""
    some = frozenset(sorted(objects)[:NAMED])
    request = _request(saved, user, objects=some, limit=NAMED * 4)
    answer = engines.current().search(request)
    ranked = ranking.rank(request.query, answer.candidates, answer.document_frequency, answer.size)
    return group(ranked, set(request.query.keys))[:most]
