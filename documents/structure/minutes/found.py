"""What is found in minutes. Lines count from 1; a line of 0 means that it stands nowhere in the source."""

import datetime as dt
from dataclasses import dataclass, field

from documents.structure.doubts import Doubt


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody's presence; `presence` is `present`, `excused`, `absent` or `guest`."""

    name: str
    role: str
    presence: str
    line: int


@dataclass(frozen=True, slots=True)
class Agenda:
    """A point of the agenda; `proposer` is empty where nobody is named."""

    title: str
    proposer: str
    line: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due, in the text's own words; `day` is None where they name no day («تا جلسه آینده»)."""

    words: str
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Votes:
    """A count of votes; each number is None where it is not written. `unanimous` for «به اتفاق آراء»."""

    favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    unanimous: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision; `outcome` is `passed`, `amended`, `rejected`, `postponed` or `referred`.

    `core` are those who must carry it out, `supporting` those who help.
    """

    number: str
    text: str
    line: int
    outcome: str = "passed"
    votes: Votes = Votes()
    core: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    deadline: Deadline | None = None


@dataclass(slots=True)
class Minutes:
    """All that was recognised; `lines` names the line of each field of the head that was found."""

    title: str = ""
    body: str = ""
    session_number: str = ""
    held_on: dt.date | None = None
    begins_at: dt.time | None = None
    ends_at: dt.time | None = None
    place: str = ""
    closed: bool = False
    attendance: list[Present] = field(default_factory=list)
    agenda: list[Agenda] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    discussion: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    head: set[int] = field(default_factory=set)
