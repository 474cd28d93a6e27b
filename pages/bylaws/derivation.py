"""What became of each provision from one version to the next: kept, amended, added, repealed, and since when.

Pure functions over a parsed text and the rows of the version before it.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from documents.structure.provisions import ParsedProvision, ParsedText
from intranet.ui.calendar import find_jalali
from pages.bylaws.citing import folded
from pages.bylaws.models import Provision

Status = Provision.Status


class Earlier(Protocol):
    """A provision of the version before, as its row has it."""

    heading: str
    text: str
    status: str
    since: datetime.date | None
    changed_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class State:
    """A provision's status in a version, since when it has been in the text, and the day of its last change."""

    status: str
    since: datetime.date | None
    changed_on: datetime.date | None


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but spaces and the forms of letters and digits."""
    return folded(one) == folded(other)


def states(
    parsed: ParsedText,
    earlier: Mapping[str, Earlier] | None,
    first_day: datetime.date,
    *,
    only_corrected: bool = False,
) -> dict[str, State]:
    """The state of each provision by its `eId`, in the version that holds from `first_day`.

    `earlier` has the provisions of the version before by `eId`; None for the first version, whose own notes
    («اصلاحی ۱۳۹۰/۵/۱») are all that is known. `only_corrected`: the version puts right slips of the pen, which
    amend nothing.
    """
    found = {}
    for provision in parsed.provisions:
        if earlier is None:
            found[provision.eid] = _as_its_note_says(provision, first_day)
        elif provision.eid in earlier:
            kept = only_corrected and provision.status != Status.REPEALED
            found[provision.eid] = _after(provision, earlier[provision.eid], first_day, kept=kept)
        else:
            status = Status.REPEALED if provision.status == Status.REPEALED else Status.ADDED
            found[provision.eid] = State(status, first_day, first_day)
    return found


def _as_its_note_says(provision: ParsedProvision, first_day: datetime.date) -> State:
    noted = provision.status != Status.IN_FORCE
    return State(provision.status, first_day, find_jalali(provision.note) if noted else None)


def _after(provision: ParsedProvision, before: Earlier, first_day: datetime.date, *, kept: bool) -> State:
    if provision.status == Status.REPEALED:
        already = before.status == Status.REPEALED
        return State(Status.REPEALED, before.since, before.changed_on if already else first_day)
    is_same = same_words(provision.text, before.text) and same_words(provision.heading, before.heading)
    if (is_same or kept) and before.status != Status.REPEALED:
        return State(before.status, before.since, before.changed_on)
    return State(Status.AMENDED, before.since, first_day)
