"""What an engine does: retrieve. Ranking, grouping, highlights and permission lists are made outside of it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from search.entries import Entry, spans
from search.query import Query


class EngineDown(Exception):  # noqa: N818  (what the reader is told)
    """The engine cannot answer now."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader narrowed to; empty means all."""

    kinds: frozenset[int] = frozenset()
    districts: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Request:
    """A question to an engine: the audiences are the reader's, the excluded objects are closed to him by now."""

    query: Query
    audiences: frozenset[int]
    excluded: frozenset[int] = frozenset()
    filters: Filters = field(default_factory=Filters)
    limit: int = 200


class Found(NamedTuple):
    """One passage that matches well enough, as numbers for counting."""

    object: int
    kind: int
    district: int
    year: int


@dataclass
class Candidate:
    """One retrieved passage with the engine's score."""

    score: float
    uid: str
    object_uid: str
    raw_meta: bytes
    raw_body: bytes
    raw_keys: bytes
    offsets: bytes

    @cached_property
    def meta(self) -> dict[str, Any]:
        """Title, address and the like."""
        loaded: dict[str, Any] = json.loads(self.raw_meta)
        return loaded

    @cached_property
    def body(self) -> str:
        """The passage as it was written."""
        return self.raw_body.decode("utf-8")

    @cached_property
    def body_keys(self) -> list[str]:
        """The keys of the body, in order."""
        return self.raw_keys.decode("utf-8").split()

    def spans(self) -> list[tuple[int, int]]:
        """Where in the body each of its keys stands."""
        return spans(self.offsets)


@dataclass(slots=True)
class Answer:
    """All passages that match well enough, without filters; the best of them under the filters; how rare words are."""

    found: list[Found]
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

    def suggest(self, prefix: str, audiences: frozenset[int], excluded: frozenset[int]) -> list[Candidate]:
        """Objects' own passages with a title that has a word beginning with the folded `prefix`."""
        ...

    def replace(self, objects: dict[str, list[Entry]]) -> None:
        """Put the entries of whole objects in place of what was there; an empty list removes the object."""
        ...

    def new_generation(self) -> Generation:
        """Begin an index anew; the old one serves until it is finished."""
        ...

    def contents(self) -> Iterator[tuple[str, str]]:
        """(uid, digest) of all passages, for comparison with the database."""
        ...

    def is_current(self) -> bool:
        """Whether a whole index made by this version of the analysis is there."""
        ...
