"""Where a resolution stands on a day, and what a follow-up is on a day: worked out from dates, no job need have run.

Plain rules on plain dates; the words are in `models`.
"""

import datetime
from collections.abc import Iterable
from enum import StrEnum

SIX_MONTHS = datetime.timedelta(days=183)


class State(StrEnum):
    """Where a resolution stands."""

    NO_EFFECT = "no_effect"
    NOT_NOTIFIED = "not_notified"
    OBJECTION_PERIOD = "objection_period"
    STOPPED = "stopped"
    ANNULLED = "annulled"
    BINDING = "binding"


def binding_from(
    notified_on: datetime.date | None,
    days: int,
    objected_on: datetime.date | None = None,
    settled_on: datetime.date | None = None,
    *,
    upheld: bool = False,
) -> datetime.date | None:
    """The first day on which a passed resolution binds: the day after its objection period has ended.

    An objection stops that; when it is dismissed the resolution binds from then, never before the period's end.
    None while nothing says so.
    """
    if notified_on is None or (objected_on is not None and (settled_on is None or upheld)):
        return None
    after = notified_on + datetime.timedelta(days=days + 1)
    return max(after, settled_on) if objected_on is not None and settled_on is not None else after


def state_on(
    day: datetime.date,
    *,
    passed: bool,
    notified_on: datetime.date | None,
    days: int,
    objected_on: datetime.date | None = None,
    settled_on: datetime.date | None = None,
    upheld: bool = False,
) -> State:
    """Where a resolution stands on `day`; `days` is the length of the objection period."""
    if not passed:
        return State.NO_EFFECT
    if notified_on is None:
        return State.NOT_NOTIFIED
    if objected_on is not None and settled_on is None:
        return State.STOPPED
    if objected_on is not None and upheld:
        return State.ANNULLED
    first = binding_from(notified_on, days, objected_on, settled_on, upheld=upheld)
    return State.BINDING if first is not None and day >= first else State.OBJECTION_PERIOD


def is_overdue(day: datetime.date, due_on: datetime.date, done_on: datetime.date | None) -> bool:
    """Whether a follow-up should have been done before `day` and is not."""
    return done_on is None and due_on < day


def lacks_evidence(
    day: datetime.date, begun_on: datetime.date, done_on: datetime.date | None, last_on: datetime.date | None
) -> bool:
    """Whether nothing has shown for six months that something is done: since the last evidence, or the beginning."""
    return done_on is None and day - (last_on or begun_on) > SIX_MONTHS


def weighted_progress(parts: Iterable[tuple[int, int]]) -> int | None:
    """The progress of a whole in per cent, from (weight, per cent) of its parts; None without parts."""
    given = list(parts)
    total = sum(weight for weight, _progress in given)
    return sum(weight * progress for weight, progress in given) // total if total else None
