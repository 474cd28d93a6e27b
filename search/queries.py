"""Searching, as a reader: hits, total and facets from one set that he may see."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from search import corrections, engines, lexicons, ranking, vocabulary
from search.engines.base import Answer, Candidate, Engine, Found, Request
from search.facets import Choice, Counts, Facet, facets
from search.hits import Hit, group, trim
from search.narrowing import NEWEST, OLDEST, RELEVANCE, Narrowing, narrow, narrow_by
from search.permission import Reader, reader_of
from search.query import Query, parse

__all__ = [
    "PAGE_SIZE",
    "Choice",
    "Facet",
    "Hit",
    "Narrowing",
    "Results",
    "find",
    "narrow",
    "narrow_by",
    "search",
]

PAGE_SIZE = 10
#: Passages retrieved by any word, for ranking; a longer page retrieves more.
RETRIEVED = ranking.DEPTH
#: Passages retrieved for each object further down.
PASSAGES_RETRIEVED = 40


@dataclass
class Results:
    """One page of results. `total` and the facets count objects that match well enough (`Query.needed`).

    `weaker` on this page are of `weaker_total` objects that have some of the words; they come after all others.
    What was typed on the other keyboard is searched as it was meant, `instead_of` what was typed; `meant` is offered.
    """

    query: Query
    narrowing: Narrowing
    instead_of: str = ""
    meant: str = ""
    total: int = 0
    weaker_total: int = 0
    hits: list[Hit] = field(default_factory=list)
    weaker: list[Hit] = field(default_factory=list)
    facets: dict[str, Facet] = field(default_factory=dict)

    @property
    def kinds(self) -> list[Choice]:
        """How many objects of each kind."""
        return self._choices("kind")

    @property
    def districts(self) -> list[Choice]:
        """How many objects of each district."""
        return self._choices("district")

    @property
    def years(self) -> list[Choice]:
        """How many objects of each Jalali year, the latest first."""
        return self._choices("year")

    def _choices(self, parameter: str) -> list[Choice]:
        facet = self.facets.get(parameter)
        return facet.choices if facet else []


def search(
    text: str,
    user: Any,
    narrowing: Narrowing | None = None,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
    as_typed: bool = False,
    words: vocabulary.Vocabulary | None = None,
) -> Results:
    """What `user` may see of what matches, as it was typed or as it was meant; raises `EngineDown`.

    `words` is the vocabulary of now, of whoever has asked for it after `lexicons.serve_index`.
    """
    if words is None:
        lexicons.serve_index()
        words = vocabulary.current()
    query, narrowing = vocabulary.widen(parse(text), words), narrowing or Narrowing()
    if not query.asks:
        return Results(query, narrowing)
    reader = reader_of(user)
    results = find(query, reader, narrowing, page=page, size=size)
    if as_typed:
        return results

    def look(text: str) -> Candidate | None:
        asked = vocabulary.widen(parse(text), words)
        filters = narrowing.by_words(asked.fields).as_filters()
        return engines.current().first(Request(asked, reader.audiences, reader.closed, filters, 1))

    def entitled(words: Collection[str]) -> list[Candidate]:
        return engines.current().entitled(words, reader.audiences, reader.closed)

    if results.total:
        results.meant = corrections.doubt(query, look, entitled)
        return results
    other = corrections.other(query, look, entitled)
    if other is None:
        return results
    if not other.sure:
        results.meant = other.text
        return results
    meant = find(vocabulary.widen(parse(other.text), words), reader, narrowing, page=page, size=size)
    meant.instead_of = query.text
    return meant


def find(
    query: Query,
    reader: Reader,
    narrowing: Narrowing,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
    engine: Engine | None = None,
) -> Results:
    """One page of what the reader may see of what matches, from this site's engine or another one."""
    engine = engine or engines.current()
    results = Results(query, narrowing)
    narrowed = narrowing.by_words(query.fields)
    request = Request(query, reader.audiences, reader.closed, narrowed.as_filters(), max(RETRIEVED, 2 * size))
    answer = engine.search(request)
    counts = Counts(answer.found, request.filters)
    results.facets = facets(counts, narrowed)
    matching = counts.objects()
    results.total = len(matching)

    hits = _hits(request, answer)
    sort = narrowed.sort if query.keys or narrowed.sort != RELEVANCE else NEWEST
    ranked = [number for number in hits if number in matching]
    strong = _order(sort, counts, answer.found, ranked, matching)
    weak = [number for number in hits if number not in matching]
    results.weaker_total = len(weak)
    shown = (strong + weak)[(page - 1) * size : page * size]
    limit = size * PASSAGES_RETRIEVED
    while missing := frozenset(number for number in shown if number not in hits):
        more = engine.search(replace(request, objects=missing, limit=limit))
        hits |= _hits(request, replace(more, document_frequency=answer.document_frequency))
        if len(more.candidates) < limit:
            break  # what is still missing has gone from the index meanwhile
        limit *= 4
    results.hits = [hits[number] for number in shown if number in hits and number in matching]
    results.weaker = [hits[number] for number in shown if number in hits and number not in matching]
    for hit in results.hits:
        trim(hit, query)
    for hit in results.weaker:
        hit.more = []
    return results


def _hits(request: Request, answer: Answer) -> dict[int, Hit]:
    """What was retrieved, by the objects' numbers, in the order of ranking."""
    query = request.query
    ranked = ranking.rank(query, answer.candidates, answer.document_frequency, answer.size)
    return {hit.candidate.object: hit for hit in group(ranked, query.marked)}


def _order(sort: str, counts: Counts, found: Found, ranked: list[int], matching: set[int]) -> list[int]:
    """All objects that match, in the order of the pages: total, and the same whatever page is asked for."""
    if sort in (NEWEST, OLDEST):
        days = counts.days()
        if sort == OLDEST:
            return sorted(days, key=lambda number: (days[number] or 10**7, number))
        return sorted(days, key=lambda number: (-days[number], number))
    others = matching.difference(ranked)
    if not others:
        return ranked
    best: dict[int, float] = {}  # more match than were retrieved: the others by their best passage
    for number, score in zip(found["object"], found.scores, strict=True):
        if number in others and score > best.get(number, -1.0):
            best[number] = score
    return ranked + sorted(best, key=lambda number: (-best[number], number))
