"""How an obligation stands on a day: its turns, what was shown for each, and what a side has kept of its word.

No Django here. Dates are Gregorian; the months of a period are Jalali ones, since offices here count by them.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from documents.structure.dates import after_months

SOON = dt.timedelta(days=30)


class Stand(StrEnum):
    """Where a turn of an obligation stands."""

    MET = "met"
    LATE = "late"  # met, after its day
    WAITING = "waiting"  # shown, and not yet judged by the other side
    OVERDUE = "overdue"
    SOON = "soon"
    RUNNING = "running"
    OPEN = "open"  # no day is set


KEPT = frozenset({Stand.MET, Stand.LATE})


@dataclass(frozen=True, slots=True)
class Term:
    """When something is owed: once, by a day or by none; or again every `months` Jalali months."""

    due_on: dt.date | None
    months: int | None = None
    begins: dt.date | None = None
    ends: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence as far as it counts: for which turn, of what day, and whether the other side has accepted it."""

    turn: dt.date | None
    done_on: dt.date
    accepted: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One time that the thing is owed; `due` is its last day, None where no day is set."""

    due: dt.date | None
    stand: Stand


@dataclass(frozen=True, slots=True)
class Score:
    """What fell due or was done before, what of it was kept, what of that in time; and what is not due yet."""

    counted: int
    kept: int
    in_time: int
    ahead: int
    without_day: int

    @property
    def percent(self) -> int | None:
        """Kept of counted, rounded down, so that 100 means all; None while nothing counts."""
        return 100 * self.kept // self.counted if self.counted else None


def due_days(term: Term, today: dt.date) -> list[dt.date | None]:
    """The last days of the turns up to the one that runs on `today`; one None where no day is set.

    A turn that would end after the whole does ends with it.
    """
    if not term.months:
        return [term.due_on]
    first = term.due_on or (after_months(term.begins, term.months) if term.begins else None)
    if first is None:
        return [None]
    days: list[dt.date | None] = []
    number = 0
    while True:
        due = after_months(first, term.months * number)
        if term.ends and due >= term.ends:
            return [*days, term.ends]
        days.append(due)
        if due >= today:
            return days
        number += 1


def turns_of(term: Term, shown: Iterable[Shown], today: dt.date) -> list[Turn]:
    """Each turn, the earliest first, and where it stands on `today`."""
    days = due_days(term, today)
    by_day: dict[dt.date | None, list[Shown]] = {}
    for each in shown:
        by_day.setdefault(turn_of(each.turn, days), []).append(each)
    return [Turn(due, _stand(due, by_day.get(due, []), today)) for due in days]


def turn_of(day: dt.date | None, days: Sequence[dt.date | None]) -> dt.date | None:
    """The turn among `days` that evidence for `day` belongs to, also when the days have been moved since."""
    dated = [each for each in days if each is not None]
    if not dated:
        return None
    if day is None:
        return dated[0]
    return next((each for each in dated if each >= day), dated[-1])


def _stand(due: dt.date | None, shown: Sequence[Shown], today: dt.date) -> Stand:
    accepted = [each.done_on for each in shown if each.accepted]
    if accepted:
        return Stand.MET if due is None or min(accepted) <= due else Stand.LATE
    if shown:
        return Stand.WAITING
    if due is None:
        return Stand.OPEN
    if due < today:
        return Stand.OVERDUE
    return Stand.SOON if due - today <= SOON else Stand.RUNNING


_GRAVEST = (Stand.OVERDUE, Stand.WAITING, Stand.SOON, Stand.RUNNING, Stand.OPEN, Stand.LATE, Stand.MET)


def whole(turns: Sequence[Turn]) -> Stand:
    """Where the obligation stands: as the gravest of its turns."""
    stands = {turn.stand for turn in turns}
    return next(each for each in _GRAVEST if each in stands)


def score(obligations: Iterable[Sequence[Turn]], today: dt.date) -> Score:
    """What was kept of what fell due by `today` or was done before its day; what has no day counts once it is done."""
    turns = [turn for each in obligations for turn in each]
    kept = [turn for turn in turns if turn.stand in KEPT]
    due = [turn for turn in turns if turn.stand not in KEPT and turn.due is not None and turn.due < today]
    return Score(
        counted=len(kept) + len(due),
        kept=len(kept),
        in_time=sum(turn.stand is Stand.MET for turn in kept),
        ahead=sum(turn.due is not None and turn.due >= today and turn.stand not in KEPT for turn in turns),
        without_day=sum(turn.due is None and turn.stand not in KEPT for turn in turns),
    )
