"""The folder of the embedded engine: generations of its index, and writing them.

The folder holds generations (`gen-…`) and a file `current` that names the one that serves; it is replaced in one
step, so that a rebuild leaves no gap and a killed one no trace. One writer at a time, by a lock on `writer.lock`.
While a rebuild runs (it holds `rebuild.lock`), what changes is written to the serving generation and noted in
`journal`, for the new one.
"""

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import tantivy

from search.analysis import VERSION
from search.engines.base import COLUMNS, EngineDown, pack
from search.entries import Entry

SCHEMA = 7
HEAP = 64_000_000
#: Parts the texts of the stored field `ranked`.
BETWEEN = "\0"
#: Bytes of stored fields that are packed and unpacked together. With tantivy's 16 KB most of the time of reading one
#: passage goes into unpacking its neighbours; its Python interface has no way to say so but the file.
BLOCK = 2048


def make_schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("object_uid", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("number", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("beginnings", tokenizer_name="whitespace", index_option="basic")
    for name in ("ranked", "shown"):  # few stored fields: each costs as much to read as its content
        builder.add_bytes_field(name, stored=True)
    builder.add_text_field("title_keys", tokenizer_name="whitespace", index_option="position")
    for name in ("audience", "length", *COLUMNS):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


@contextmanager
def reported() -> Iterator[None]:
    """Whatever goes wrong with the files of the index, said as `EngineDown`."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise EngineDown(f"The search index cannot be used: {error}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # how a fault within the library arrives; no `Exception`
            raise
        raise EngineDown(f"The search index cannot be used: {error}") from None


def _write_durably(path: Path, text: str) -> None:
    """All of the text or what was there before, also when the power fails."""
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Folder:
    """The generations in one folder. Safe for several threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.schema = make_schema()
        self.journal = path / "journal"
        self._current = path / "current"
        self._named: tuple[tuple[int, int, int] | None, Path | None] = (None, None)

    def serving(self) -> Path | None:
        """The generation that serves, if there is one."""
        try:
            state = os.stat(self._current)  # noqa: PTH116  (asked at every search; a third of the time)
        except FileNotFoundError:
            return None
        seen = (state.st_ino, state.st_mtime_ns, state.st_size)
        known, serving = self._named
        if seen != known:
            try:
                name = self._current.read_text("ascii", errors="replace")
            except FileNotFoundError:
                return None
            serving = self.path / (name if name.startswith("gen-") and name.isascii() else "unreadable")
            self._named = (seen, serving)
        return serving

    def is_current(self) -> bool:
        """Whether a whole index of this version serves and can be opened."""
        serving = self.serving()
        if serving is None:
            return False
        made = self.made(serving)
        made.pop("lexicon", None)
        return made == {"schema": SCHEMA, "analysis": VERSION, "whole": True} and self.is_sound(serving)

    @staticmethod
    def made(generation: Path) -> dict[str, Any]:
        """How a generation was made; nothing when that cannot be read."""
        try:
            made = json.loads((generation / "made.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return made if isinstance(made, dict) else {}

    @staticmethod
    def is_sound(generation: Path) -> bool:
        """Whether a generation can be opened and read."""
        try:
            with reported():
                searcher = tantivy.Index.open(str(generation)).searcher()
                for _, address in searcher.search(tantivy.Query.all_query(), limit=1, count=False).hits:
                    searcher.doc(address)
        except EngineDown:
            return False
        return True

    # --- writing -----------------------------------------------------------------------------------
    @contextmanager
    def writing(self) -> Iterator[None]:
        """Alone among all writers of all processes; a killed one lets go by itself."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / "writer.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _rebuild_lock(self) -> IO[str] | None:
        """The lock of the one rebuild, or None when a living process has it."""
        lock = (self.path / "rebuild.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return None
        return lock

    def _make(self) -> Path:
        generation = self.path / f"gen-{uuid.uuid4().hex}"
        generation.mkdir(parents=True)
        tantivy.Index(self.schema, path=str(generation))
        file = generation / "meta.json"
        made = json.loads(file.read_text("utf-8"))
        made["index_settings"]["docstore_blocksize"] = BLOCK
        file.write_text(json.dumps(made), "utf-8")
        return generation

    def _sweep(self) -> None:
        """Remove what killed rebuilds left."""
        serving = self.serving()
        for path in [*self.path.glob("gen-*"), *self.path.glob("current.*")]:
            if path.is_dir() and path != serving:
                shutil.rmtree(path, ignore_errors=True)
            elif path.is_file():
                path.unlink(missing_ok=True)
        self.journal.unlink(missing_ok=True)

    def let_serve(self, generation: Path, *, whole: bool, lexicon: str = "") -> None:
        """Point readers to a generation, in one step."""
        made = {"schema": SCHEMA, "analysis": VERSION, "whole": whole, "lexicon": lexicon}
        _write_durably(generation / "made.json", json.dumps(made))
        _write_durably(self.path / "current", generation.name)

    def replace(self, objects: dict[str, list[Entry]]) -> None:
        """Put the entries of whole objects in place of what was there."""
        with reported(), self.writing():
            if self.journal.exists() and (lock := self._rebuild_lock()):
                with lock:  # the rebuild that wanted the journal was killed
                    self._sweep()
            if self.serving() is None:
                self.let_serve(self._make(), whole=False)
            write(tantivy.Index.open(str(self.serving())), objects)
            if self.journal.exists():
                with self.journal.open("a", encoding="utf-8") as journal:
                    journal.writelines(f"{object_uid}\n" for object_uid in objects)

    def begin(self, lexicon: str = "") -> "EmbeddedGeneration":
        """Begin an index anew; leftovers of killed ones are removed."""
        with reported(), self.writing():
            lock = self._rebuild_lock()
            if lock is None:
                raise EngineDown("another rebuild of the search index is running")
            try:
                self._sweep()
                self.journal.write_text("", "utf-8")
                return EmbeddedGeneration(self, self._make(), lock, lexicon)
            except BaseException:
                lock.close()
                raise


class EmbeddedGeneration:
    """A generation in the making: written without holding the writers' lock, finished while holding it."""

    def __init__(self, folder: Folder, path: Path, lock: IO[str], lexicon: str) -> None:
        self.folder = folder
        self.path = path
        self.lock = lock
        self.lexicon = lexicon
        self.index = tantivy.Index.open(str(path))
        self.writer = self.index.writer(HEAP, 1)

    def __del__(self) -> None:
        self.lock.close()

    def add(self, entry: Entry) -> None:
        """Add one passage."""
        with reported():
            self.writer.add_document(document(entry))

    def finish(self, reread: Callable[[str], list[Entry]]) -> None:
        """Commit, catch up with the journal, and serve."""
        folder = self.folder
        with self.lock, reported():
            self.writer.commit()
            self.writer.wait_merging_threads()
            with folder.writing():
                changed = dict.fromkeys(folder.journal.read_text("utf-8").splitlines())
                write(self.index, {object_uid: reread(object_uid) for object_uid in changed})
                folder.let_serve(self.path, whole=True, lexicon=self.lexicon)
                folder._sweep()


def document(entry: Entry) -> tantivy.Document:
    """The entry as tantivy takes it."""
    made = tantivy.Document()
    made.add_text("object_uid", entry.object_uid)
    made.add_text("text", entry.text)
    made.add_text("title_keys", entry.title_keys)
    ranked = (
        entry.uid,
        entry.object_uid,
        entry.digest,
        " ".join(entry.numbers),
        entry.title_keys,
        entry.body_keys,
    )
    made.add_bytes("ranked", BETWEEN.join(ranked).encode("utf-8", "replace"))
    made.add_bytes("shown", pack(entry.meta, entry.body, entry.offsets))
    if entry.title_words:
        made.add_text("title", entry.title_words)
    if entry.beginnings:
        made.add_text("beginnings", entry.beginnings)
    for number in entry.numbers:
        made.add_text("number", number)
    made.add_unsigned("audience", entry.audience)
    made.add_unsigned("length", entry.length)
    for name, value in entry.columns._asdict().items():
        made.add_unsigned(name, value)
    return made


def write(index: tantivy.Index, objects: dict[str, list[Entry]]) -> None:
    """Replace objects in an index in one commit."""
    if not objects:
        return
    writer = index.writer(HEAP, 1)
    try:
        # what a killed writer wrote and never committed bears the names that this commit would give its own files
        writer.garbage_collect_files()
        for object_uid, entries in objects.items():
            writer.delete_documents_by_term("object_uid", object_uid)
            for entry in entries:
                writer.add_document(document(entry))
        writer.commit()
    finally:
        writer.wait_merging_threads()
