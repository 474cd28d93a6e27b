"""The embedded engine: tantivy over text analysed by us. How its files are kept: `generations`."""

import os
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, cast

import tantivy
from tantivy import Occur

from search.beginnings import Way
from search.engines.base import (
    COLUMNS,
    Answer,
    Candidate,
    EngineDown,
    Found,
    Offer,
    Request,
)
from search.engines.embedded_queries import Part, Queries
from search.engines.generations import BETWEEN, EmbeddedGeneration, Folder, reported
from search.entries import Entry

FOUND_LIMIT = 50_000
#: So many passages that match well enough are found in a short way; and where one is wanted.
FEW, ONE = 128, 8
PATIENCE = 2.0
#: Titles that are looked at for a suggestion, before they are sought among the readable ones alone; and for names.
OFFERED, ENTITLED = 40, 200
#: Passages that are kept as they were read, some ten kilobytes each.
KEPT = 512

Scored = tuple[Any, tantivy.DocAddress]
#: What one commit of an index has at some of its places, whoever may read it.
Passages = dict[tuple[int, int], Candidate]


class EmbeddedEngine:
    """The index in one folder. Safe for several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = Folder(folder)
        self.schema = self.folder.schema
        self.queries = Queries(self.schema)
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._seen: tuple[object, ...] = ()
        self._state_of: tuple[Path | None, str] = (None, "")
        self._passages: Passages = {}
        self._lexicon: tuple[Path | None, str] = (None, "")

    # --- reading -----------------------------------------------------------------------------------
    def _searcher(self) -> tantivy.Searcher | None:
        """A view of the serving generation as of the last commit of any process; None before the first."""
        opened = self._opened()
        return opened[0] if opened else None

    def _opened(self) -> tuple[tantivy.Searcher, Passages] | None:
        """The same, with what was read from this very commit."""
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

    def _view(self, serving: Path) -> tuple[tantivy.Searcher, Passages]:
        if serving is not self._state_of[0]:
            self._state_of = (serving, str(serving / "meta.json"))
        state = os.stat(self._state_of[1])  # noqa: PTH116  (asked at every search)
        seen = (serving, state.st_ino, state.st_mtime_ns, state.st_size)
        if self._index is None or self._seen[:1] != (serving,):
            self._seen = ()
            self._index = tantivy.Index.open(str(serving))
            self._index.config_reader("manual", 1)
        if seen != self._seen:
            self._index.reload()
            self._seen = seen
            self._passages = {}
        return self._index.searcher(), self._passages

    def search(self, request: Request) -> Answer:
        """Retrieve; an index that is not there yet answers nothing."""
        with reported():
            opened = self._opened()
            if opened is None:
                return Answer(Found(), [], {}, 0)
            return self._search(*opened, request)

    def _search(self, searcher: tantivy.Searcher, passages: Passages, request: Request) -> Answer:
        keys = list(dict.fromkeys(request.query.keys))
        best = self._best(searcher, request)
        found = self._found(searcher, request, best)
        candidates = self._candidates(searcher, passages, best)
        candidates.sort(key=lambda candidate: (-candidate.score, candidate.uid))
        frequency = {key: searcher.doc_freq("text", key) for key in keys}
        return Answer(found, candidates, frequency, searcher.num_docs)

    def _found(self, searcher: tantivy.Searcher, request: Request, best: list[Scored]) -> Found:
        """All that matches well enough."""
        addresses = self._enough(searcher, request, FEW)
        if addresses is not None:
            known = {(address.segment_ord, address.doc): score for score, address in best}
            scores = [known.get((address.segment_ord, address.doc)) for address in addresses]
            if None not in scores:
                return Found(self._columns(searcher, addresses), cast("list[float]", scores))
        hits = self._walked(searcher, request, FOUND_LIMIT)
        return Found(self._columns(searcher, [address for _, address in hits]), [score for score, _ in hits])

    @staticmethod
    def _columns(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> Any:
        return {name: searcher.fast_field_values(name, addresses) for name in COLUMNS}

    def _walked(
        self, searcher: tantivy.Searcher, request: Request, limit: int, *filters: Part
    ) -> list[Scored]:
        """What matches well enough, each with its score, by conditions alone: the best `limit` of it."""
        queries = self.queries
        conditions = [*queries.allowed(request), *queries.matching(request), *filters]
        wanted = [*queries.unscored(conditions), *queries.words(request.query)]
        return searcher.search(tantivy.Query.boolean_query(wanted), limit=limit, count=False).hits

    def _enough(
        self, searcher: tantivy.Searcher, request: Request, limit: int
    ) -> list[tantivy.DocAddress] | None:
        """What matches well enough and may be seen; None when it is too much, or too much asked, for this short way.

        Most questions have few such passages; what is more, is walked through under conditions.
        """
        query = request.query
        if query.has_conditions or not query.clauses:
            return None
        built = self.queries.weighed(query, lambda key: searcher.doc_freq("text", key))
        if built is None:
            return []
        hits = searcher.search(built, limit=limit, count=False).hits
        needed = query.needed
        enough: list[Scored] = [hit for hit in hits if hit[0] >= needed]
        if len(enough) == limit:
            return None
        return [address for _, address in self._readable_of(searcher, request, enough)]

    def first(self, request: Request) -> Candidate | None:
        """One passage that matches well enough under the filters, of a single word the best."""
        with reported():
            searcher = self._searcher()
            if searcher is None:
                return None
            hits = self._first(searcher, request)
            return self._candidate(searcher, hits[0][1]) if hits else None

    def _first(self, searcher: tantivy.Searcher, request: Request) -> list[Scored]:
        query, narrowed = request.query, self.queries.narrowing(request)
        if narrowed:
            return self._walked(searcher, request, 1, *narrowed)
        if len(query.keys) == 1 and not query.widened:
            hits = self._sifted(searcher, request, self.queries.words(query), 1, ONE)
        else:
            addresses = self._enough(searcher, request, ONE)
            hits = None if addresses is None else [(0.0, address) for address in addresses]
        return self._walked(searcher, request, 1) if hits is None else hits

    def _best(self, searcher: tantivy.Searcher, request: Request) -> list[Scored]:
        """The best by any word under the filters."""
        words = self.queries.words(request.query)
        narrowed = self.queries.unscored(self.queries.narrowing(request))
        if words and not narrowed:
            hits = self._sifted(searcher, request, words, request.limit, request.limit * 2)
            if hits is not None:
                return hits[: request.limit]
        any_word = [(Occur.Must, tantivy.Query.boolean_query(words))] if words else []
        allowed = self.queries.unscored(self.queries.allowed(request))
        wanted = tantivy.Query.boolean_query([*allowed, *narrowed, *any_word])
        return searcher.search(wanted, limit=request.limit, count=False).hits

    def _sifted(
        self,
        searcher: tantivy.Searcher,
        request: Request,
        parts: list[Part],
        wanted: int,
        limit: int,
    ) -> list[Scored] | None:
        """The best of what matches `parts`, less what the reader may not see; None when that was too few to tell.

        The engine finds the best by words alone much faster than under conditions.
        """
        if request.query.has_conditions:
            return None
        query = parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)
        hits: list[Scored] = searcher.search(query, limit=limit, count=False).hits
        seen = self._readable_of(searcher, request, hits)
        return None if len(hits) == limit and len(seen) < wanted else seen

    @staticmethod
    def _readable_of(searcher: tantivy.Searcher, request: Request, hits: list[Scored]) -> list[Scored]:
        """Those of the hits that the reader may see now."""
        addresses = [address for _, address in hits]
        audiences = searcher.fast_field_values("audience", addresses)
        objects = searcher.fast_field_values("object", addresses)
        return [
            hit
            for hit, audience, number in zip(hits, audiences, objects, strict=True)
            if audience in request.audiences and number not in request.excluded
        ]

    def _candidates(
        self, searcher: tantivy.Searcher, passages: Passages, best: list[Scored]
    ) -> list[Candidate]:
        """What was retrieved, read from the index or as it was read before from this commit."""
        if len(passages) > KEPT:
            passages.clear()
        addresses = [address for _, address in best]
        columns: Any = zip(
            *(searcher.fast_field_values(name, addresses) for name in ("object", "status", "day")),
            strict=True,
        )
        candidates = []
        for (score, address), its in zip(best, columns, strict=True):
            place = (address.segment_ord, address.doc)
            known = passages.get(place)
            if known is None:
                candidate = passages[place] = self._candidate(searcher, address, score, its)
            else:
                candidate = known.scored(score)
            candidates.append(candidate)
        return candidates

    @staticmethod
    def _candidate(
        searcher: tantivy.Searcher,
        address: tantivy.DocAddress,
        score: float = 0.0,
        columns: tuple[int, int, int] = (0, 0, 0),
    ) -> Candidate:
        stored: Any = searcher.doc(address).get_first
        uid, object_uid, _, numbers, title_keys, keys = stored("ranked").decode().split(BETWEEN)
        return Candidate(score, *columns, uid, object_uid, numbers, title_keys, keys, stored("shown"))

    def suggest(
        self, way: Way, audiences: frozenset[int], excluded: frozenset[int], size: int
    ) -> list[Offer]:
        """The `size` texts with the shortest titles that go on so, of what these audiences may see."""
        with reported():
            searcher = self._searcher()
            if searcher is None:
                return []
            addresses = self._begun(searcher, way, audiences, excluded, size)
            return [Offer.of(self._candidate(searcher, address)) for address in addresses[:size]]

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
        readable = [(Occur.Must, self.queries.readable(audiences)), *self.queries.open(excluded)]
        return self._shortest(searcher, [*parts, *readable], size)

    @staticmethod
    def _shortest(searcher: tantivy.Searcher, parts: list[Part], limit: int) -> list[tantivy.DocAddress]:
        query = parts[0][1] if len(parts) == 1 else tantivy.Query.boolean_query(parts)
        found = searcher.search(
            query, limit=limit, count=False, order_by_field="length", order=tantivy.Order.Asc
        )
        return [address for _, address in found.hits]

    def entitled(
        self, words: Collection[str], audiences: frozenset[int], excluded: frozenset[int]
    ) -> list[Candidate]:
        """Objects' own passages whose title has one of these folded words."""
        with reported():
            searcher = self._searcher()
            if searcher is None or not words:
                return []
            parts = [
                (Occur.Must, tantivy.Query.const_score_query(self.queries.readable(audiences), 0.0)),
                (Occur.Must, tantivy.Query.term_set_query(self.schema, "title", list(words))),
                *self.queries.open(excluded),
            ]
            hits = searcher.search(tantivy.Query.boolean_query(parts), limit=ENTITLED, count=False).hits
            return [self._candidate(searcher, address, score) for score, address in hits]

    def contents(self) -> Iterator[tuple[str, str]]:
        """(uid, digest) of all passages."""
        with reported():
            searcher = self._searcher()
            if searcher is None:
                return
            every = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs)).hits
            for _, address in every:
                stored: Any = searcher.doc(address).get_first("ranked")
                uid, _, digest, *_ = stored.decode().split(BETWEEN)
                yield uid, digest

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
