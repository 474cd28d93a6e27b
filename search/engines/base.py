"""What an engine does: retrieve. Ranking, grouping, highlights and permission lists are made outside of it."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from struct import Struct
from typing import Any, Protocol

from django.utils.functional import cached_property

from search.analysis.places import spans
from search.beginnings import Way
from search.entries import Columns, Entry
from search.query import Query

#: How much a synonym scores beside the word that was asked for.
SYNONYM = 0.4


class EngineDown(Exception):  # noqa: N818  (what the reader is told)
    """The engine cannot answer now."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrowed to, by numbers; empty means all. The days are ordinals, both included; 0 is open."""

    kinds: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()
    organizations: frozenset[int] = frozenset()
    districts: frozenset[int] = frozenset()
    statuses: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()
    languages: frozenset[int] = frozenset()
    since: int = 0
    until: int = 0

    def choices(self) -> dict[str, frozenset[int]]:
        """What was chosen, by the name of the column it narrows; the days are apart."""
        every = {
            "kind": self.kinds,
            "body_id": self.bodies,
            "organization": self.organizations,
            "district": self.districts,
            "status": self.statuses,
            "year": self.years,
            "language": self.languages,
        }
        return {name: values for name, values in every.items() if values}


@dataclass(frozen=True, slots=True)
class Request:
    """A question to an engine: the audiences are the reader's, the excluded objects are closed to him by now.

    `limit` is how many candidates are wanted; with `objects` they are sought among these objects alone.
    """

    query: Query
    audiences: frozenset[int]
    excluded: frozenset[int] = frozenset()
    filters: Filters = field(default_factory=Filters)
    limit: int = 200
    objects: frozenset[int] = frozenset()


#: The columns of the index that are numbers.
COLUMNS = Columns._fields


@dataclass(slots=True)
class Found:
    """The passages that match well enough, one column a list, all in the same order, which means nothing."""

    columns: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    scores: list[float] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.scores)

    def __getitem__(self, name: str) -> list[int]:
        return self.columns[name]


_LENGTHS = Struct("<II")


def pack(meta: str, body: str, offsets: bytes) -> bytes:
    """What a passage is shown by, as `Candidate.shown` holds it."""
    raw_meta, raw_body = meta.encode("utf-8", "replace"), body.encode("utf-8", "replace")
    return b"".join((_LENGTHS.pack(len(raw_meta), len(raw_body)), raw_meta, raw_body, offsets))


@dataclass
class Candidate:
    """One retrieved passage with the engine's score; `object`, `status` and `day` are as in the columns.

    The keys and numbers, by which it is ranked, are words parted by blanks; what it is `shown` by is unpacked only
    for what is shown.
    """

    score: float
    object: int
    status: int
    day: int
    uid: str
    object_uid: str
    raw_numbers: str
    raw_title_keys: str
    raw_keys: str
    shown: bytes
    origin: "Candidate | None" = field(default=None, repr=False, compare=False)

    def scored(self, score: float) -> "Candidate":
        """The same with another score; what follows from the passage alone is worked out once for all of them."""
        _ = self.body_keys  # every ranking asks for them
        other = object.__new__(Candidate)
        other.__dict__.update(self.__dict__, score=score, origin=self)
        return other

    @cached_property
    def seal(self) -> bytes:
        """A digest of all that it is shown by."""
        if self.origin is not None:
            return self.origin.seal
        keys = self.raw_keys.encode("utf-8", "replace")
        digest = blake2b(_LENGTHS.pack(len(self.shown), len(keys)), digest_size=16)
        digest.update(self.shown)
        digest.update(keys)
        return digest.digest()

    @cached_property
    def _parts(self) -> tuple[bytes, bytes, bytes]:
        meta, body = _LENGTHS.unpack_from(self.shown)
        start = _LENGTHS.size
        return (
            self.shown[start : start + meta],
            self.shown[start + meta : start + meta + body],
            self.shown[start + meta + body :],
        )

    @cached_property
    def meta(self) -> dict[str, Any]:
        """Title, address and the like."""
        loaded: dict[str, Any] = json.loads(self._parts[0])
        return loaded

    @cached_property
    def body(self) -> str:
        """The passage as it was written."""
        return self._parts[1].decode("utf-8")

    @cached_property
    def body_keys(self) -> list[str]:
        """The keys of the body, in order."""
        return self.raw_keys.split()

    def spans(self, numbers: Iterable[int]) -> list[tuple[int, int]]:
        """Where in the body some of its keys stand, by their numbers."""
        return spans(self._parts[2], numbers)


@dataclass(frozen=True, slots=True)
class Offer:
    """One text that is suggested as one types."""

    object_uid: str
    title: str
    url: str
    kind: str

    @classmethod
    def of(cls, candidate: Candidate) -> "Offer":
        """That of a stored passage."""
        meta = candidate.meta
        return cls(candidate.object_uid, meta["title"], meta["url"], meta["object_kind"])


@dataclass(slots=True)
class Answer:
    """What an engine says to a question.

    `found` are all passages that match well enough (`Query.needed`), whatever the filters. `candidates` are the best
    by any word under the filters, well enough or not, equals by their uid. Both hold only what the reader may see.
    """

    found: Found
    candidates: list[Candidate]
    document_frequency: dict[str, int]
    size: int


class Generation(Protocol):
    """A whole index in the making, beside the one that serves."""

    def add(self, entry: Entry) -> None:
        """Add one passage."""
        ...

    def finish(self, reread: Callable[[str], list[Entry]]) -> None:
        """Bring it up to date with what changed meanwhile, and let it serve."""
        ...


class Engine(Protocol):
    """One index behind one small interface. Writing is idempotent; what was written is seen by the next search."""

    def search(self, request: Request) -> Answer:
        """Retrieve; raises `EngineDown`."""
        ...

    def first(self, request: Request) -> Candidate | None:
        """One passage that matches well enough under the filters, of a single word the best; raises `EngineDown`."""
        ...

    def suggest(
        self, way: Way, audiences: frozenset[int], excluded: frozenset[int], size: int
    ) -> list[Offer]:
        """The `size` texts with the shortest titles that go on so, of what these audiences may see."""
        ...

    def entitled(
        self, words: Collection[str], audiences: frozenset[int], excluded: frozenset[int]
    ) -> list[Candidate]:
        """Objects' own passages whose title has one of these folded words."""
        ...

    def replace(self, objects: dict[str, list[Entry]]) -> None:
        """Put the entries of whole objects in place of what was there; an empty list removes the object."""
        ...

    def new_generation(self, lexicon: str = "") -> Generation:
        """Begin an index anew, analysed with this learnt lexicon; the old one serves until it is finished."""
        ...

    def contents(self) -> Iterator[tuple[str, str]]:
        """(uid, digest) of all passages, for comparison with the database."""
        ...

    def lexicon(self) -> str:
        """The digest of the learnt lexicon that the serving index was analysed with; empty for the shipped one."""
        ...

    def is_broken(self) -> bool:
        """Whether an index is there that cannot be read and must be made anew."""
        ...

    def is_current(self) -> bool:
        """Whether a whole index made by this version of the analysis is there."""
        ...
