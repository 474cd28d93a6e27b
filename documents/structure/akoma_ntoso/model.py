"""What an Akoma Ntoso document of ours says: a work, its text as of a day, and what became of each provision."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
MEDIA_TYPE = "application/akn+xml"
COUNTRY = "ir"

IN_FORCE, AMENDED, ADDED, REPEALED = "in-force", "amended", "added", "repealed"


@dataclass(frozen=True, slots=True)
class Work:
    """A text through all its versions. `subtype` and `number` are parts of its address; `day` is its approval's."""

    subtype: str
    day: datetime.date
    number: str
    title: str
    author: str = ""

    @property
    def uri(self) -> str:
        """`/akn/ir/act/bylaw/2022-04-06/1403-110-7`."""
        number = re.sub(r"[^\w.-]+", "-", self.number).strip("-") or "unnumbered"
        return f"/akn/{COUNTRY}/act/{self.subtype.replace('_', '-')}/{self.day}/{number}"


@dataclass(frozen=True, slots=True)
class Event:
    """A day in the life of the work; `kind` is `generation`, `amendment` or `repeal`, `by` the text that did it."""

    day: datetime.date
    kind: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A provision, as `ParsedProvision` has it, with its status, and since when and by when it is as it is."""

    eid: str
    kind: str
    num: str
    number: str
    heading: str
    text: str
    note: str
    parent: str | None
    status: str = IN_FORCE
    since: datetime.date | None = None
    changed_on: datetime.date | None = None


#: Where the text of a provision names another of the same work: from, to, and that one's `eId`.
Refs = Sequence[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Text:
    """The text as it holds from `valid_from`: the `version`th, in `language` (ISO 639-2, three letters)."""

    work: Work
    language: str
    version: int
    valid_from: datetime.date
    published_on: datetime.date
    publisher: str
    parts: Sequence[Part]
    preamble: str = ""
    closing: str = ""
    events: Sequence[Event] = ()
    refs: Mapping[str, Refs] = field(default_factory=dict)

    @property
    def uri(self) -> str:
        """The work's address with language and day: `…/fas@2022-04-06`."""
        return f"{self.work.uri}/{self.language}@{self.valid_from}"

    @property
    def began(self) -> datetime.date:
        """The first day of the first text that is known."""
        return min((each.day for each in self.events if each.kind == "generation"), default=self.valid_from)


def usual_since(status: str, changed_on: datetime.date | None, began: datetime.date) -> datetime.date:
    """Since when a provision is in the text, unless it is said: the beginning, or the day it was added."""
    return changed_on if status == ADDED and changed_on and changed_on > began else began
