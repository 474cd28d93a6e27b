"""Searching, as a reader: hits, total and facets from one set that he may see."""

import datetime
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from intranet.access.queries import audiences_of
from intranet.ui.numerals import localized
from search import engines, highlights, permission, ranking
from search.analysis import fold, key
from search.engines.base import Answer, Candidate, Filters, Found, Request
from search.kinds import KINDS, code_of, kind_of
from search.query import Query, parse

PAGE_SIZE = 10
#: Passages retrieved for ranking; a page further down retrieves more.
RETRIEVED = 100
PASSAGES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters as a person chose them; each at most once."""

    kind: str = ""
    district: int = 0
    year: int = 0

    def as_filters(self) -> Filters:
        """The same, as the engine takes them."""
        return Filters(
            kinds=frozenset({code_of(self.kind)} if self.kind else ()),
            districts=frozenset({self.district} if self.district else ()),
            years=frozenset({self.year} if self.year else ()),
        )


def narrow(kind: str = "", district: str = "", year: str = "") -> Narrowing:
    """Filters from text as it came; what is not one is left out."""

    def number(text: str) -> int:
        digits = fold(text)
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0

    return Narrowing(kind if kind in KINDS else "", number(district), number(year))


@dataclass
class Hit:
    """One object that was found, by its best passage; `more` are its other passages that match."""

    candidate: Candidate
    wanted: set[str]
    more: list["Hit"] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        """Title, date and the like, as the index keeps them."""
        if name.startswith("_") or name in {"candidate", "wanted"}:
            raise AttributeError(name)
        try:
            return self.candidate.meta[name]
        except KeyError:
            raise AttributeError(name) from None

    @property
    def kind(self) -> str:
        """The kind of the object."""
        return str(self.candidate.meta["object_kind"])

    @property
    def kind_label(self) -> str:
        """Its kind in the reader's language."""
        return str(KINDS.get(self.kind, KINDS["page"]))

    @property
    def is_passage(self) -> bool:
        """Whether it is a part of its object with an address of its own."""
        return self.candidate.uid != self.candidate.object_uid

    @property
    def day(self) -> datetime.date | None:
        """Its date."""
        written = self.candidate.meta["date"]
        return datetime.date.fromisoformat(written) if written else None

    @cached_property
    def pieces(self) -> list[highlights.Piece]:
        """The snippet."""
        return highlights.snippet(self.candidate, self.wanted)

    @property
    def snippet(self) -> SafeString:
        """The snippet with marks, safe for a page."""
        return highlights.to_html(self.pieces)

    @property
    def marked_title(self) -> SafeString:
        """The object's title with marks."""
        return highlights.to_html(highlights.title(self.candidate.meta["object_title"], self.wanted))

    @property
    def marked_passage_title(self) -> SafeString:
        """The passage's own title with marks."""
        return highlights.to_html(highlights.title(localized(self.candidate.meta["title"]), self.wanted))


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet and how many objects have it."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass
class Results:
    """One page of results. `total` and the facets count objects that match well enough."""

    query: Query
    narrowing: Narrowing
    total: int = 0
    hits: list[Hit] = field(default_factory=list)
    kinds: list[Choice] = field(default_factory=list)
    districts: list[Choice] = field(default_factory=list)
    years: list[Choice] = field(default_factory=list)


def _passes(item: Found, filters: Filters, besides: str = "") -> bool:
    return (
        (besides == "kind" or not filters.kinds or item.kind in filters.kinds)
        and (besides == "district" or not filters.districts or item.district in filters.districts)
        and (besides == "year" or not filters.years or item.year in filters.years)
    )


def _counts(found: list[Found], filters: Filters, column: str) -> Counter[int]:
    """Objects by value, over the query and all other filters."""
    pairs = {(item.object, getattr(item, column)) for item in found if _passes(item, filters, besides=column)}
    return Counter(value for _, value in pairs if value)


def _facets(results: Results, answer: Answer, filters: Filters) -> None:
    chosen = results.narrowing
    kinds = _counts(answer.found, filters, "kind")
    results.kinds = [
        Choice(kind, str(KINDS[kind]), number, kind == chosen.kind)
        for kind, number in sorted(
            ((kind_of(code), number) for code, number in kinds.items()), key=lambda pair: (-pair[1], pair[0])
        )
    ]
    results.districts = [
        Choice(str(value), str(value), number, value == chosen.district)
        for value, number in sorted(_counts(answer.found, filters, "district").items())
    ]
    results.years = [
        Choice(str(value), str(value), number, value == chosen.year)
        for value, number in sorted(_counts(answer.found, filters, "year").items(), reverse=True)
    ]


def _group(ranked: list[Candidate], wanted: set[str]) -> list[Hit]:
    """Objects in the order of their best passages."""
    hits: dict[str, Hit] = {}
    for candidate in ranked:
        hit = hits.get(candidate.object_uid)
        if hit is None:
            hits[candidate.object_uid] = Hit(candidate, wanted)
        elif candidate.uid != candidate.object_uid and len(hit.more) < PASSAGES_SHOWN:
            hit.more.append(Hit(candidate, wanted))
    return list(hits.values())


def search(
    text: str, user: Any, narrowing: Narrowing | None = None, *, page: int = 1, size: int = PAGE_SIZE
) -> Results:
    """What `user` may see of what matches; raises `EngineDown`."""
    query, narrowing = parse(text), narrowing or Narrowing()
    results = Results(query, narrowing)
    if not query.clauses:
        return results
    excluded = permission.closed_objects(user)
    filters = narrowing.as_filters()
    limit = max(RETRIEVED, page * size * 4)
    engine, audiences = engines.current(), audiences_of(user)
    while True:
        answer = engine.search(Request(query, audiences, excluded, filters, limit))
        objects = len({candidate.object_uid for candidate in answer.candidates})
        if objects >= page * size or len(answer.candidates) < limit:
            break
        limit *= 4  # many passages of few objects: look further down
    results.total = len({item.object for item in answer.found if _passes(item, filters)})
    _facets(results, answer, filters)
    ranked = ranking.rank(query, answer.candidates, answer.document_frequency, answer.size)
    start = (page - 1) * size
    results.hits = _group(ranked, set(query.keys))[start : start + size]
    return results


def suggest(text: str, user: Any, *, size: int = 8) -> list[dict[str, str]]:
    """Titles that `user` may see and that go on as he types: dicts of title, url, kind."""
    words = [fold(word) for word in text[:100].split()]
    words = [word for word in words if word]
    if not words or len(words[-1]) < 2:
        return []
    excluded = permission.closed_objects(user)
    found = engines.current().suggest(words[-1], audiences_of(user), excluded)
    before = set(key(" ".join(words[:-1])).split())
    seen: dict[str, dict[str, str]] = {}
    for candidate in found:
        if before <= set(candidate.meta["title_keys"].split()):
            meta = candidate.meta
            seen.setdefault(
                candidate.object_uid,
                {"title": meta["title"], "url": meta["url"], "kind": meta["object_kind"]},
            )
    return list(seen.values())[:size]
