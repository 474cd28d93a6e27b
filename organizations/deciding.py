"""How a body decides: quorum, majority, outcome, and whether its seats are filled as its rule says.

Plain rules on plain numbers. Imports nothing of ours, and no Django; the words for people are in `deciding_words`.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Majority(StrEnum):
    """How many votes carry a decision."""

    OF_PRESENT = "of_present"
    OF_MEMBERS = "of_members"
    TWO_THIRDS = "two_thirds"
    TWO_THIRDS_OF_MEMBERS = "two_thirds_of_members"
    UNANIMITY = "unanimity"


class Proposal(StrEnum):
    """What the meeting was asked: to vote on the text, on the text as amended there, or not to vote now."""

    AS_IT_IS = "as_it_is"
    AMENDED = "amended"
    POSTPONE = "postpone"
    REFER = "refer"


class Outcome(StrEnum):
    """What came of an item; the last two are no decision."""

    PASSED = "passed"
    AMENDED = "amended"
    REJECTED = "rejected"
    POSTPONED = "postponed"
    REFERRED = "referred"
    NO_QUORUM = "no_quorum"
    OPEN = "open"


DECIDED = frozenset(Outcome) - {Outcome.NO_QUORUM, Outcome.OPEN}


@dataclass(frozen=True)
class Rule:
    """`members` who have a vote, the `quorum` of them that must be present, and the majority.

    A quorum of None is more than half of the members.
    """

    members: int
    quorum: int | None = None
    majority: Majority = Majority.OF_PRESENT

    @property
    def least_present(self) -> int:
        """How many members must be present; one at least."""
        return max(1, self.members // 2 + 1 if self.quorum is None else self.quorum)


@dataclass(frozen=True)
class Count:
    """Votes cast so far."""

    in_favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        """All votes, abstentions too."""
        return self.in_favour + self.against + self.abstained


def has_quorum(rule: Rule, present: int) -> bool:
    """Whether as many members as needed are present (those who gave a proxy to one present count)."""
    return present >= rule.least_present


def votes_needed(rule: Rule, present: int) -> int:
    """How many votes in favour carry a decision when `present` members with a vote are there; one at least."""
    match rule.majority:
        case Majority.OF_PRESENT:
            needed = present // 2 + 1
        case Majority.OF_MEMBERS:
            needed = rule.members // 2 + 1
        case Majority.TWO_THIRDS:
            needed = _ceiling(Fraction(2 * present, 3))
        case Majority.TWO_THIRDS_OF_MEMBERS:
            needed = _ceiling(Fraction(2 * rule.members, 3))
        case Majority.UNANIMITY:
            needed = present
    return max(1, needed)


def _ceiling(number: Fraction) -> int:
    return -(-number.numerator // number.denominator)


def outcome(rule: Rule, present: int, count: Count | None, proposal: Proposal = Proposal.AS_IT_IS) -> Outcome:
    """What the meeting decided. `count` is None while nobody has counted.

    To put off or to refer needs no count and no quorum: it settles nothing. Raises ValueError for more votes than
    members present, which no count can give.
    """
    if proposal == Proposal.POSTPONE:
        return Outcome.POSTPONED
    if proposal == Proposal.REFER:
        return Outcome.REFERRED
    if count is None:
        return Outcome.OPEN
    if min(count.in_favour, count.against, count.abstained) < 0 or count.cast > present:
        raise ValueError(f"{count.cast} votes of {present} present")
    if not has_quorum(rule, present):
        return Outcome.NO_QUORUM
    if count.in_favour < votes_needed(rule, present):
        return Outcome.REJECTED
    return Outcome.AMENDED if proposal == Proposal.AMENDED else Outcome.PASSED


@dataclass(frozen=True)
class Seats:
    """A kind of seat: how many, and, where one side chooses from organisations that another names, how many names."""

    name: str
    count: int
    names_asked: int = 0


@dataclass(frozen=True)
class Occupant:
    """Who sits there: on which kind of seat, for which organisation, since when."""

    name: str
    seat: str = ""
    speaks_for: str = ""
    since: datetime.date | None = None


@dataclass(frozen=True)
class Fault:
    """What is not as the rule says: its code and the values of its sentence."""

    code: str
    values: dict[str, str | int] = field(default_factory=dict)


def composition_faults(
    seats: Sequence[Seats],
    occupants: Iterable[Occupant],
    named: Sequence[str] = (),
    chosen: Sequence[str] = (),
    *,
    term_years: int | None = None,
    on: datetime.date | None = None,
) -> list[Fault]:
    """What in a body is not as its rule of composition says, seat by seat; nothing for a body without seats.

    `named` are the organisations proposed for the seats that are chosen from names, `chosen` those taken of them.
    With `term_years` and a day `on`, whoever has sat longer than a term is named.
    """
    if not seats:
        return []
    people = list(occupants)
    sitting = Counter(each.seat for each in people)
    faults = []
    for seat in seats:
        taken = sitting[seat.name]
        values: dict[str, str | int] = {"seat": seat.name, "count": seat.count, "taken": taken}
        if taken > seat.count:
            faults.append(Fault("too_many", values))
        elif taken < seat.count:
            faults.append(Fault("vacant", values))
        if seat.names_asked:
            faults += _choice_faults(seat, people, named, chosen)
    known = {seat.name for seat in seats}
    faults += [Fault("no_seat", {"name": each.name}) for each in people if each.seat not in known]
    if term_years and on:
        faults += [
            Fault("term_over", {"name": each.name, "years": term_years})
            for each in people
            if each.since and _years_after(each.since, term_years) <= on
        ]
    return faults


def _choice_faults(
    seat: Seats, people: list[Occupant], named: Sequence[str], chosen: Sequence[str]
) -> list[Fault]:
    faults = []
    if len(set(named)) != seat.names_asked:
        values: dict[str, str | int] = {
            "seat": seat.name,
            "asked": seat.names_asked,
            "named": len(set(named)),
        }
        faults.append(Fault("names", values))
    if len(set(chosen)) != seat.count or not set(chosen) <= set(named):
        faults.append(Fault("choice", {"seat": seat.name, "count": seat.count, "chosen": len(set(chosen))}))
    faults += [
        Fault("not_chosen", {"name": each.name, "seat": seat.name})
        for each in people
        if each.seat == seat.name and each.speaks_for not in chosen
    ]
    return faults


def _years_after(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + years, day=28)
