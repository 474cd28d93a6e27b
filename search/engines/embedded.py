"""The embedded engine: tantivy over text analysed by us.

The folder holds generations (`gen-…`) and a file `current` that names the one that serves; it is replaced in one
step, so that a rebuild leaves no gap and a killed one no trace. One writer at a time, by a lock on `writer.lock`.
While a rebuild runs, what changes is written to the serving generation and noted in `journal`, for the new one.
"""

import fcntl
import json
import os
import shutil
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Occur

from search.analysis import VERSION
from search.engines.base import Answer, Candidate, EngineDown, Filters, Found, Request
from search.entries import Entry, object_number
from search.query import Clause, Concept, Query

SCHEMA = 1
FOUND_LIMIT = 50_000
HEAP = 64_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("uid", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("object_uid", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("number", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="basic")
    for name in ("meta", "body", "body_keys", "offsets"):
        builder.add_bytes_field(name, stored=True)
    for name in ("audience", "object", "kind", "district", "year"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


class EmbeddedEngine:
    """The index in one folder. Safe for several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.schema = _schema()
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._seen: tuple[object, ...] = ()

    # --- reading -----------------------------------------------------------------------------------
    def _searcher(self) -> tantivy.Searcher | None:
        """A view of the serving generation as of the last commit of any process."""
        with self._lock:
            try:
                name = (self.folder / "current").read_text("ascii")
                state = (self.folder / name / "meta.json").stat()
            except FileNotFoundError:
                return None
            seen = (name, state.st_ino, state.st_mtime_ns, state.st_size)
            if self._index is None or not self._seen or self._seen[0] != name:
                self._index = tantivy.Index.open(str(self.folder / name))
                self._index.config_reader("manual", 1)
            if seen != self._seen:
                self._index.reload()
                self._seen = seen
            return self._index.searcher()

    def search(self, request: Request) -> Answer:
        """Retrieve; an index that is not there yet answers nothing."""
        try:
            searcher = self._searcher()
            if searcher is None or not request.query.clauses:
                return Answer([], [], {}, 0)
            return self._search(searcher, request)
        except (OSError, ValueError) as error:
            raise EngineDown(str(error)) from error

    def _search(self, searcher: tantivy.Searcher, request: Request) -> Answer:
        matching = self._matching(request)
        hits = [address for _, address in searcher.search(matching, limit=FOUND_LIMIT, count=False).hits]
        columns = [searcher.fast_field_values(name, hits) for name in ("object", "kind", "district", "year")]
        found = [Found(*values) for values in zip(*columns, strict=True)]
        keys = dict.fromkeys(request.query.keys)
        words = [(Occur.Should, tantivy.Query.term_query(self.schema, "text", key)) for key in keys]
        scored = tantivy.Query.boolean_query(
            [
                (Occur.Must, tantivy.Query.const_score_query(matching, 0.0)),
                *((Occur.Must, query) for query in self._filters(request.filters)),
                *words,
            ]
        )
        best = searcher.search(scored, limit=request.limit, count=False).hits
        frequency = {key: searcher.doc_freq("text", key) for key in keys}
        candidates = [self._candidate(searcher, score, address) for score, address in best]
        return Answer(found, candidates, frequency, searcher.num_docs)

    @staticmethod
    def _candidate(searcher: tantivy.Searcher, score: float, address: tantivy.DocAddress) -> Candidate:
        stored = searcher.doc(address)
        return Candidate(
            score,
            str(stored.get_first("uid")),
            str(stored.get_first("object_uid")),
            *(bytes(stored.get_first(name) or b"") for name in ("meta", "body", "body_keys", "offsets")),
        )

    def _matching(self, request: Request) -> tantivy.Query:
        """Passages that the reader may see and that match well enough."""
        query: Query = request.query
        clauses = [(clause, self._clause(clause)) for clause in query.clauses]
        parts = [
            (Occur.Must, tantivy.Query.const_score_query(self._readable(request.audiences), 0.0)),
            (
                Occur.Must,
                tantivy.Query.boolean_query(
                    [(Occur.Should, built) for _, built in clauses], minimum_number_should_match=query.needed
                ),
            ),
        ]
        parts += [(Occur.Must, built) for clause, built in clauses if clause.required]
        parts += [(Occur.MustNot, self._concept(concept)) for concept in query.without]
        if request.excluded:
            closed = tantivy.Query.term_set_query(self.schema, "object", list(request.excluded))
            parts.append((Occur.MustNot, closed))
        return tantivy.Query.boolean_query(parts)

    def _readable(self, audiences: frozenset[int]) -> tantivy.Query:
        if not audiences:
            return tantivy.Query.empty_query()
        return tantivy.Query.term_set_query(self.schema, "audience", list(audiences))

    def _clause(self, clause: Clause) -> tantivy.Query:
        built = [self._concept(concept) for concept in clause.concepts]
        if len(built) == 1:
            return built[0]
        return tantivy.Query.boolean_query([(Occur.Should, query) for query in built])

    def _concept(self, concept: Concept) -> tantivy.Query:
        if len(concept.keys) == 1:
            return tantivy.Query.term_query(self.schema, "text", concept.keys[0])
        return tantivy.Query.phrase_query(self.schema, "text", list(concept.keys))

    def _filters(self, filters: Filters) -> list[tantivy.Query]:
        chosen = (("kind", filters.kinds), ("district", filters.districts), ("year", filters.years))
        return [
            tantivy.Query.const_score_query(
                tantivy.Query.term_set_query(self.schema, name, list(values)), 0.0
            )
            for name, values in chosen
            if values
        ]

    def suggest(self, prefix: str, audiences: frozenset[int], excluded: frozenset[int]) -> list[Candidate]:
        """Objects' own passages with a title that has a word beginning with `prefix`."""
        searcher = self._searcher()
        if searcher is None or not prefix:
            return []
        readable = self._readable(audiences)
        terms = searcher.terms_with_prefix("title", prefix, filter_query=readable, limit=20)
        if not terms:
            return []
        parts = [
            (Occur.Must, tantivy.Query.const_score_query(readable, 0.0)),
            (Occur.Must, tantivy.Query.term_set_query(self.schema, "title", [term for term, _ in terms])),
        ]
        if excluded:
            closed = tantivy.Query.term_set_query(self.schema, "object", list(excluded))
            parts.append((Occur.MustNot, closed))
        hits = searcher.search(tantivy.Query.boolean_query(parts), limit=40, count=False).hits
        return [self._candidate(searcher, score, address) for score, address in hits]

    def contents(self) -> Iterator[tuple[str, str]]:
        """(uid, digest) of all passages."""
        searcher = self._searcher()
        if searcher is None:
            return
        for _, address in searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs)).hits:
            stored = searcher.doc(address)
            yield str(stored.get_first("uid")), str(stored.get_first("digest"))

    def is_current(self) -> bool:
        """Whether a whole index of this version is there."""
        try:
            name = (self.folder / "current").read_text("ascii")
            made = json.loads((self.folder / name / "made.json").read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return False
        return made == {"schema": SCHEMA, "analysis": VERSION, "whole": True}

    # --- writing -----------------------------------------------------------------------------------
    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Alone among all writers of all processes; a killed one lets go by itself."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "writer.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_generation(self) -> Path:
        path = self.folder / f"gen-{uuid.uuid4().hex}"
        path.mkdir(parents=True)
        tantivy.Index(self.schema, path=str(path))
        return path

    def _let_serve(self, path: Path, *, whole: bool) -> None:
        made = {"schema": SCHEMA, "analysis": VERSION, "whole": whole}
        (path / "made.json").write_text(json.dumps(made), "ascii")
        pointer = self.folder / f"current.{uuid.uuid4().hex}"
        with pointer.open("w", encoding="ascii") as file:
            file.write(path.name)
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.folder / "current")

    def replace(self, objects: dict[str, list[Entry]]) -> None:
        """Put the entries of whole objects in place of what was there."""
        with self._writing():
            pointer = self.folder / "current"
            if not pointer.exists():
                self._let_serve(self._make_generation(), whole=False)
            index = tantivy.Index.open(str(self.folder / pointer.read_text("ascii")))
            write(index, objects)
            if (self.folder / "journal").exists():
                with (self.folder / "journal").open("a", encoding="utf-8") as journal:
                    journal.writelines(f"{object_uid}\n" for object_uid in objects)

    def new_generation(self) -> "EmbeddedGeneration":
        """Begin an index anew; leftovers of killed ones are removed."""
        with self._writing():
            pointer = self.folder / "current"
            serving = pointer.read_text("ascii") if pointer.exists() else ""
            for path in self.folder.glob("gen-*"):
                if path.name != serving:
                    shutil.rmtree(path, ignore_errors=True)
            (self.folder / "journal").write_text("", "utf-8")
            return EmbeddedGeneration(self, self._make_generation(), serving)


class EmbeddedGeneration:
    """A generation in the making: written without holding the lock, finished while holding it."""

    def __init__(self, engine: EmbeddedEngine, path: Path, replaced: str) -> None:
        self.engine = engine
        self.path = path
        self.replaced = replaced
        self.index = tantivy.Index.open(str(path))
        self.writer = self.index.writer(HEAP, 1)

    def add(self, entry: Entry) -> None:
        """Add one passage."""
        self.writer.add_document(document(entry))

    def finish(self, reread: Callable[[str], list[Entry]]) -> None:
        """Commit, catch up with the journal, and serve."""
        self.writer.commit()
        self.writer.wait_merging_threads()
        engine = self.engine
        with engine._writing():
            journal = engine.folder / "journal"
            changed = dict.fromkeys(journal.read_text("utf-8").splitlines()) if journal.exists() else {}
            write(self.index, {object_uid: reread(object_uid) for object_uid in changed})
            engine._let_serve(self.path, whole=True)
            journal.unlink(missing_ok=True)
        if self.replaced:
            shutil.rmtree(engine.folder / self.replaced, ignore_errors=True)


def document(entry: Entry) -> tantivy.Document:
    """The entry as tantivy takes it."""
    made = tantivy.Document()
    made.add_text("uid", entry.uid)
    made.add_text("object_uid", entry.object_uid)
    made.add_text("text", entry.text)
    made.add_text("digest", entry.digest)
    for name in ("meta", "body", "body_keys"):
        made.add_bytes(name, getattr(entry, name).encode("utf-8", "replace"))
    if entry.uid == entry.object_uid:
        made.add_text("title", entry.title_words)
    for number in entry.numbers:
        made.add_text("number", number)
    made.add_bytes("offsets", entry.offsets)
    made.add_unsigned("audience", entry.audience)
    made.add_unsigned("object", object_number(entry.object_uid))
    made.add_unsigned("kind", entry.kind_code)
    made.add_unsigned("district", entry.district)
    made.add_unsigned("year", entry.year)
    return made


def write(index: tantivy.Index, objects: dict[str, list[Entry]]) -> None:
    """Replace objects in an index in one commit."""
    if not objects:
        return
    writer = index.writer(HEAP, 1)
    try:
        for object_uid, entries in objects.items():
            writer.delete_documents_by_term("object_uid", object_uid)
            for entry in entries:
                writer.add_document(document(entry))
        writer.commit()
    finally:
        writer.wait_merging_threads()
