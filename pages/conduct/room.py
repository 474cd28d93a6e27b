"""The secretary's screen: every field with its key, what stands there, and what was refused."""

from dataclasses import dataclass
from typing import Any

from pages.conduct.models import Attendee, Item
from pages.conduct.policies import VOTES_OPEN
from pages.conduct.recording import PARTS, Saved, plain
from pages.conduct.results import Result, Sitting


@dataclass(frozen=True)
class Cell:
    """One field: its key, its label, what stands there, what to show, its choices, what went wrong."""

    key: str
    label: str
    was: str
    value: str
    kind: str
    choices: list[tuple[str, Any]]
    error: str = ""
    theirs: str | None = None


@dataclass(frozen=True)
class PersonRow:
    """Somebody on the roll with his fields."""

    attendee: Attendee
    cells: dict[str, Cell]


@dataclass(frozen=True)
class ItemRow:
    """A point of the agenda with its fields, the votes by name, and what came of it."""

    item: Item
    cells: dict[str, Cell]
    ballots: list[tuple[Attendee, Cell]]
    result: Result


_KINDS = {
    "JalaliDateField": "date",
    "ClockField": "time",
    "NumberField": "number",
    "ChoiceField": "choice",
}
_LONG = {"minutes", "text"}


class Room:
    """The fields of a sitting; `typed` and `saved` bring back what the writer typed and what became of it."""

    def __init__(
        self, sitting: Sitting, typed: dict[str, str] | None = None, saved: Saved | None = None
    ) -> None:
        self.sitting, self.typed, self.saved = sitting, typed or {}, saved or Saved()
        self.votes_open = sitting.meeting.state in VOTES_OPEN

    def _cell(self, kind: str, key: str, row: Any, name: str, there: Any = None) -> Cell:
        form_field = PARTS[kind].fields[name]
        was = plain(getattr(row, name) if there is None else there)
        shape = "long" if name in _LONG else _KINDS.get(type(form_field).__name__, "text")
        return Cell(
            key=key,
            label=str(row._meta.get_field(name).verbose_name),
            was=was,
            value=self.typed.get(key, was) if key not in self.saved.written else was,
            kind=shape,
            choices=list(getattr(form_field, "choices", [])),
            error=self.saved.errors.get(key, ""),
            theirs=self.saved.conflicts.get(key),
        )

    def _cells(self, kind: str, row: Any) -> dict[str, Cell]:
        prefix = kind if kind == "m" else f"{kind}.{row.pk}"
        return {name: self._cell(kind, f"{prefix}.{name}", row, name) for name in PARTS[kind].fields}

    @property
    def meeting_cells(self) -> dict[str, Cell]:
        """The fields of the meeting itself."""
        return self._cells("m", self.sitting.meeting)

    @property
    def people(self) -> list[PersonRow]:
        """The roll."""
        return [PersonRow(each, self._cells("a", each)) for each in self.sitting.attendees]

    @property
    def items(self) -> list[ItemRow]:
        """The agenda."""
        return [
            ItemRow(item, self._cells("i", item), self._ballots(item, chosen), result)
            for item, chosen, result in self.sitting.items
        ]

    def _ballots(self, item: Item, chosen: dict[int, str]) -> list[tuple[Attendee, Cell]]:
        from pages.conduct.models import Ballot

        if item.manner != Item.Manner.NAME:
            return []
        voters = [each for each in self.sitting.attendees if each.counts]
        return [
            (each, self._cell("b", f"b.{item.pk}.{each.pk}", Ballot(), "choice", chosen.get(each.pk, "")))
            for each in voters
        ]
