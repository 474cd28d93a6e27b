"""The interface by which content offers itself to search. Imports nothing of ours.

A room above registers a *source*; `search` asks every source for the records of an object that changed, or for
all its objects when the index is rebuilt.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an object with an address of its own: `anchor` is its fragment ("" for the object itself)."""

    anchor: str
    kind: str
    title: str
    body: str
    numbers: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class SearchRecord:
    """One unit of the index.

    `uid` is unique (`page:12#art_5`); `object_uid` groups the records of one object (`page:12`); `url` is a path
    with its fragment; `numbers` are canonical (ASCII); `audience` is the number of the audience that may read it;
    `body` is the text, `body_id` the council or committee it comes from.
    """

    uid: str
    object_uid: str
    kind: str
    title: str
    trail: str
    body: str
    url: str
    numbers: tuple[str, ...]
    date: datetime.date | None
    district: int | None
    organization: int | None
    status: str
    language: str
    audience: int
    body_id: int | None = None


class Source(Protocol):
    """What a room offers: the records of one object (none when nobody may find it), and all its objects."""

    def records_for(self, pk: int) -> Iterable[SearchRecord]:
        """The records of one object as it stands in the database."""
        ...

    def all_pks(self) -> Iterable[int]:
        """The primary keys of all objects that may have records."""
        ...

    def versions(self) -> Iterable[tuple[int, object]]:
        """The primary key of each object and what names its content as it is published now."""
        ...


sources: dict[str, Source] = {}


def register(prefix: str, source: Source) -> None:
    """Register the source of the objects whose uid begins with `prefix` (`page`, `document`)."""
    sources[prefix] = source


class Names(Protocol):
    """Names of bodies or of organisations, by their numbers."""

    def __call__(self, numbers: Iterable[int] | None = None, /) -> dict[int, str]:
        """The names of those that are there; of all without `numbers`."""
        ...


names: dict[str, Names] = {}


def register_names(column: str, source: Names) -> None:
    """Register who knows what the numbers in a column (`body_id`, `organization`) are called."""
    names[column] = source
