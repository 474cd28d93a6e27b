"""The embedded engine: tantivy over text analysed by us. How its files are kept: `generations`."""

import threading
import time
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur

from search.beginnings import Way
from search.engines.base import (
    COLUMNS,
    SYNONYM,
    Answer,
    Candidate,
    EngineDown,
    Filters,
    Found,
    Offer,
    Request,
)
from search.engines.generations import EmbeddedGeneration, Folder, reported
from search.entries import Entry
from search.query import Clause, Concept, Query

FOUND_LIMIT = 50_000
FEW = 1000
PATIENCE = 2.0
#: Titles that are looked at for a suggestion, before they are sought among the readable ones alone; and for names.
OFFERED, ENTITLED = 40, 200

Scored = tuple[Any, tantivy.DocAddress]


class EmbeddedEngine:
    """The index in one folder. Safe for several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = Folder(folder)
        self.schema = self.folder.schema
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._seen: tuple[object, ...] = ()
        self._lexicon: tuple[Path | None, str] = (None, "")

    # --- reading -----------------------------------------------------------------------------------
    def _searcher(self) -> tantivy.Searcher | None:
        """A view of the serving generation as of the last commit of any process; None before the first."""
        until = time.monotonic() + PATIENCE
        while (serving := self.folder.serving()) is not None:
            try:
                with reported(), self._lock:
                    return self._view(serving)
            except EngineDown:
                # a rebuild may have let another one serve, and removed this one, since we looked
                if serving == self.folder.serving() or time.monotonic() > until:
                    raise
        return None

    def _view(self, serving: Path) -> tantivy.Searcher:
        state = (serving / "meta.json").stat()
        seen = (serving, state.st_ino, state.st_mtime_ns, state.st_size)
        if self._index is None or self._seen[:1] != (serving,):
            self._seen = ()
            self._index = tantivy.Index.open(str(serving))
            self._index.config_reader("manual", 1)
        if seen != self._seen:
            self._index.reload()
            self._seen = seen
        return self._index.searcher()

    def search(self, request: Request) -> Answer:
        """Retrieve; an index that is not there yet answers nothing."""
        with reported():
            searcher = self._searcher()
            if searcher is None:
                return Answer(Found(), [], {}, 0)
            return self._search(searcher, request)

    def _search(self, searcher: tantivy.Searcher, request: Request) -> Answer:
        keys = list(dict.fromkeys(request.query.keys))
        found = self._found(searcher, request, keys)
        best = self._best(searcher, request, keys)
        addresses = [address for _, address in best]
        objects = searcher.fast_field_values("object", addresses)
        statuses = searcher.fast_field_values("status", addresses)
        days = searcher.fast_field_values("day", addresses)
        candidates = [
            self._candidate(searcher, score, address, (int(number or 0), int(status or 0), int(day or 0)))
            for (score, address), number, status, day in zip(best, objects, statuses, days, strict=True)
        ]
        candidates.sort(key=lambda candidate: (-candidate.score, candidate.uid))
        frequency = {key: searcher.doc_freq("text", key) for key in keys}
        return Answer(found, candidates, frequency, searcher.num_docs)

    def _found(self, searcher: tantivy.Searcher, request: Request, keys: list[str]) -> Found:
        """All that matches well enough."""
        words = self._words(keys, request.query)
        matching = self._unscored(self._matching(request))
        hits = self._sifted(searcher, request, [*matching, *words], FEW + 1, FEW) if matching else None
        if hits is None:
            allowed = self._unscored(self._allowed(request))
            everything = tantivy.Query.boolean_query([*allowed, *matching, *words])
            hits = searcher.search(everything, limit=FOUND_LIMIT, count=False).hits
        addresses = [address for _, address in hits]
        columns: Any = {name: searcher.fast_field_values(name, addresses) for name in COLUMNS}
        return Found(columns, [score for score, _ in hits])

    def _best(self, searcher: tantivy.Searcher, request: Request, keys: list[str]) -> list[Scored]:
        """The best by any word under the filters."""
        words = self._words(keys, request.query)
        narrowed = self._unscored(self._narrowing(request))
        if words and not narrowed:
            hits = self._sifted(searcher, request, words, request.limit, request.limit * 3)
            if hits is not None:
                return hits[: request.limit]
        any_word = [(Occur.Must, tantivy.Query.boolean_query(words))] if words else []
        allowed = self._unscored(self._allowed(request))
        wanted = tantivy.Query.boolean_query([*allowed, *narrowed, *any_word])
        return searcher.search(wanted, limit=request.limit, count=False).hits

    def _sifted(
        self,
        searcher: tantivy.Searcher,
        request: Request,
        parts: list[tuple[Occur, tantivy.Query]],
        wanted: int,
        limit: int,
    ) -> list[Scored] | None:
        """The best of what matches `parts`, less what the reader may not see; None when that was too few to tell.

        The engine finds the best by words alone much faster than under conditions.
        """
        query = request.query
        if query.titled or query.numbered or query.without or any(c.required for c in query.clauses):
            return None
        hits: list[Scored] = searcher.search(
            tantivy.Query.boolean_query(parts), limit=limit, count=False
        ).hits
        addresses = [address for _, address in hits]
        audiences = searcher.fast_field_values("audience", addresses)
        objects = searcher.fast_field_values("object", addresses)
        seen = [
            hit
            for hit, audience, number in zip(hits, audiences, objects, strict=True)
            if audience in request.audiences and number not in request.excluded
        ]
        return None if len(hits) == limit and len(seen) < wanted else seen

    def _words(self, keys: list[str], query: Query) -> list[tuple[Occur, tantivy.Query]]:
        """What scores: each word, and less so each synonym."""
        words = [tantivy.Query.term_query(self.schema, "text", key) for key in keys]
        words += [tantivy.Query.boost_query(self._concept(each.concept), SYNONYM) for each in query.widened]
        return [(Occur.Should, word) for word in words]

    @staticmethod
    def _unscored(parts: list[tuple[Occur, tantivy.Query]]) -> list[tuple[Occur, tantivy.Query]]:
        """The same conditions, adding nothing to any score: only the words' own rank counts."""
        return [(occur, tantivy.Query.const_score_query(query, 0.0)) for occur, query in parts]

    @staticmethod
    def _candidate(
        searcher: tantivy.Searcher, score: float, address: tantivy.DocAddress, columns: tuple[int, int, int]
    ) -> Candidate:
        stored: Any = searcher.doc(address).get_first
        return Candidate(
            score,
            *columns,
            stored("uid"),
            stored("object_uid"),
            stored("title_keys") or "",
            stored("meta"),
            stored("body"),
            stored("body_keys"),
            stored("offsets"),
        )

    def _allowed(self, request: Request) -> list[tuple[Occur, tantivy.Query]]:
        """What the reader may see, less what the query leaves out."""
        query: Query = request.query
        parts = [(Occur.Must, self._readable(request.audiences))]
        parts += [(Occur.Must, self._clause(clause)) for clause in query.clauses if clause.required]
        parts += [(Occur.Must, self._concept(concept, "title_keys")) for concept in query.titled]
        parts += [
            (Occur.Must, tantivy.Query.term_query(self.schema, "number", number)) for number in query.numbered
        ]
        parts += [(Occur.MustNot, self._concept(concept)) for concept in query.without]
        return parts + self._open(request.excluded)

    def _matching(self, request: Request) -> list[tuple[Occur, tantivy.Query]]:
        """That it matches well enough."""
        clauses = [
            (Occur.Should, built)
            for clause in request.query.clauses
            for built in [self._clause(clause)] * clause.weight  # once for each point of its weight
        ]
        if not clauses:
            return []
        needed = request.query.needed
        for number in request.query.registered:  # its own number is enough
            own = tantivy.Query.term_query(self.schema, "number", number)
            clauses += [(Occur.Should, own)] * needed
        return [(Occur.Must, tantivy.Query.boolean_query(clauses, minimum_number_should_match=needed))]

    def _readable(self, audiences: frozenset[int]) -> tantivy.Query:
        if not audiences:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_set_query(self.schema, "audience", list(audiences))

    def _clause(self, clause: Clause) -> tantivy.Query:
        built = [self._concept(concept) for concept in clause.readings]
        if len(built) == 1:
            return built[0]
        return tantivy.Query.boolean_query([(Occur.Should, query) for query in built])

    def _concept(self, concept: Concept, name: str = "text") -> tantivy.Query:
        if len(concept.keys) == 1:
            return tantivy.Query.term_query(self.schema, name, concept.keys[0])
        return tantivy.Query.phrase_query(self.schema, name, list(concept.keys))

    def _narrowing(self, request: Request) -> list[tuple[Occur, tantivy.Query]]:
        """The filters as conditions."""
        filters: Filters = request.filters
        chosen = filters.choices()
        if request.objects:
            chosen["object"] = request.objects
        parts = [
            (Occur.Must, tantivy.Query.term_set_query(self.schema, name, list(values)))
            for name, values in chosen.items()
        ]
        if filters.since or filters.until:
            unsigned, last = tantivy.FieldType.Unsigned, filters.until or date.max.toordinal()
            days = tantivy.Query.range_query(self.schema, "day", unsigned, max(1, filters.since), last)
            parts.append((Occur.Must, days))
        return parts

    def suggest(
        self, way: Way, audiences: frozenset[int], excluded: frozenset[int], size: int
    ) -> list[Offer]:
        """The `size` texts with the shortest titles that go on so, of what these audiences may see."""
        with reported():
            searcher = self._searcher()
            if searcher is None:
                return []
            addresses = self._begun(searcher, way, audiences, excluded, size)
            return [self._offer(searcher, address) for address in addresses[:size]]

    def _begun(
        self,
        searcher: tantivy.Searcher,
        way: Way,
        audiences: frozenset[int],
        excluded: frozenset[int],
        size: int,
    ) -> list[tantivy.DocAddress]:
        """The passages that go on so, the shortest titles first: at least `size`, if there are."""
        term = tantivy.Query.term_query
        parts = [(Occur.Must, term(self.schema, "beginnings", way.beginning))]
        parts += [(Occur.Must, term(self.schema, "title_keys", key)) for key in way.keys]
        addresses = self._shortest(searcher, parts, OFFERED)
        audience = searcher.fast_field_values("audience", addresses)
        objects = searcher.fast_field_values("object", addresses)
        seen = [
            address
            for address, its, number in zip(addresses, audience, objects, strict=True)
            if its in audiences and number not in excluded
        ]
        if len(seen) >= size or len(addresses) < OFFERED:
            return seen
        readable = [(Occur.Must, self._readable(audiences)), *self._open(excluded)]
        return self._shortest(searcher, [*parts, *readable], size)

    @staticmethod
    def _shortest(
        searcher: tantivy.Searcher, parts: list[tuple[Occur, tantivy.Query]], limit: int
    ) -> list[tantivy.DocAddress]:
        query = parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)
        found = searcher.search(
            query, limit=limit, count=False, order_by_field="length", order=tantivy.Order.Asc
        )
        return [address for _, address in found.hits]

    def _offer(self, searcher: tantivy.Searcher, address: tantivy.DocAddress) -> Offer:
        stored: Any = searcher.doc(address).get_first
        return Offer.of(stored("object_uid"), stored("meta"))

    def entitled(
        self, words: Collection[str], audiences: frozenset[int], excluded: frozenset[int]
    ) -> list[Candidate]:
        """Objects' own passages whose title has one of these folded words."""
        with reported():
            searcher = self._searcher()
            if searcher is None or not words:
                return []
            parts = [
                (Occur.Must, tantivy.Query.const_score_query(self._readable(audiences), 0.0)),
                (Occur.Must, tantivy.Query.term_set_query(self.schema, "title", list(words))),
                *self._open(excluded),
            ]
            hits = searcher.search(tantivy.Query.boolean_query(parts), limit=ENTITLED, count=False).hits
            return [self._candidate(searcher, score, address, (0, 0, 0)) for score, address in hits]

    def _open(self, excluded: frozenset[int]) -> list[tuple[Occur, tantivy.Query]]:
        """The condition that it is none of the objects that are closed by now."""
        if not excluded:
            return []
        return [(Occur.MustNot, tantivy.Query.term_set_query(self.schema, "object", list(excluded)))]

    def contents(self) -> Iterator[tuple[str, str]]:
        """(uid, digest) of all passages."""
        with reported():
            searcher = self._searcher()
            if searcher is None:
                return
            every = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs)).hits
            for _, address in every:
                stored = searcher.doc(address)
                yield str(stored.get_first("uid")), str(stored.get_first("digest"))

    def is_current(self) -> bool:
        """Whether a whole index of this version is there and can be read."""
        return self.folder.is_current()

    def is_broken(self) -> bool:
        """Whether an index is there that cannot be read."""
        serving = self.folder.serving()
        return serving is not None and not self.folder.is_sound(serving)

    def lexicon(self) -> str:
        """The digest of the learnt lexicon that the serving index was analysed with."""
        serving = self.folder.serving()
        if serving is None:
            return ""
        if self._lexicon[0] != serving:
            self._lexicon = (serving, str(self.folder.made(serving).get("lexicon", "")))
        return self._lexicon[1]

    # --- writing -----------------------------------------------------------------------------------
    def replace(self, objects: dict[str, list[Entry]]) -> None:
        """Put the entries of whole objects in place of what was there."""
        self.folder.replace(objects)

    def new_generation(self, lexicon: str = "") -> EmbeddedGeneration:
        """Begin an index anew; the old one serves until it is finished."""
        return self.folder.begin(lexicon)
