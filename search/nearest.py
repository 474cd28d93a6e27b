"""When nothing was found: what comes nearest, the question without one of its words or filters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from search import engines
from search.addresses import Chip, chips
from search.engines.base import Request
from search.facets import Counts
from search.narrowing import Narrowing
from search.permission import Reader, reader_of
from search.queries import Results
from search.query import parse

TRIED, OFFERED = 10, 4


@dataclass(frozen=True, slots=True)
class Offer:
    """What to leave out, or what alone is left, how many objects are found then, and where."""

    part: str
    total: int
    address: str
    alone: bool = False


def _ways(results: Results) -> Iterator[Chip]:
    """The search less one filter, or less one word."""
    query = results.query
    yield from chips(query, results.narrowing, results.facets)
    if len(query.clauses) > 1:
        for clause in query.clauses:
            yield Chip(clause.written, query.less(clause), results.narrowing)
    for concept in query.without:
        yield Chip(f"−{concept.written}", query.less(concept), results.narrowing)


def _total(way: Chip, reader: Reader) -> int:
    query = parse(way.text)
    if not query.asks:
        return 0
    filters = way.narrowing.by_words(query.fields).as_filters()
    answer = engines.current().search(Request(query, reader.audiences, reader.closed, filters, limit=1))
    return len(Counts(answer.found, filters).objects())


def _single(results: Results) -> Iterator[Chip]:
    """Each word by itself, without any filter."""
    for clause in results.query.clauses:
        yield Chip(clause.written, clause.written, Narrowing(sort=results.narrowing.sort))


def _offers(ways: Iterator[Chip], reader: Reader, *, alone: bool = False) -> list[Offer]:
    tried = [(way, _total(way, reader)) for way in islice(ways, TRIED)]
    offers = [Offer(way.label.strip("«»"), total, way.address, alone) for way, total in tried if total]
    return sorted(offers, key=lambda offer: -offer.total)[:OFFERED]


def nearest(results: Results, user: Any) -> list[Offer]:
    """What this reader would find by leaving one thing out, the most first, since that was the rarest.

    Where that is not enough, what each word finds by itself.
    """
    reader = reader_of(user)
    return _offers(_ways(results), reader) or _offers(_single(results), reader, alone=True)
