"""What the secretary writes in the meeting, field by field: two who write at once lose nothing.

A change says what its writer saw (`was`) and what he wrote (`now`). Where the field is still as he saw it, it is
written; where it says already what he wrote, so it stays (a change may be sent twice); otherwise it is a conflict, and
he is told what the other wrote.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext as _

from intranet.audit.actions import record
from intranet.ui.fields import JalaliDateField
from intranet.ui.numerals import to_ascii
from intranet.ui.widgets import JalaliDateInput
from pages.conduct.actions import check, held
from pages.conduct.models import Attendee, Ballot, Item, Meeting
from pages.conduct.policies import ROLL_OPEN, VOTES_OPEN, why_not_these_hours, why_not_write
from pages.conduct.results import rule_of
from workflows.models import FEWEST_IN_SECRET

COUNT = ("in_favour", "against", "abstained")
HOURS = ("m.begins_at", "m.ends_at")


class ClockField(forms.TimeField):
    """A clock time in any digits."""

    def to_python(self, value: Any) -> Any:
        """Read «۹:۳۰»."""
        text = to_ascii(str(value or "")).strip()
        return super().to_python(text) if text else None


class NumberField(forms.IntegerField):
    """A number of votes in any digits."""

    def to_python(self, value: Any) -> Any:
        """Read «۱۲»."""
        text = to_ascii(str(value if value is not None else "")).strip()
        return super().to_python(text) if text else None


class ChoiceField(forms.ChoiceField):
    """One of the choices."""


def _text(most: int) -> forms.CharField:
    return forms.CharField(required=False, max_length=most, strip=False)


def _number() -> NumberField:
    return NumberField(required=False, min_value=0, max_value=999)


def _choice(choices: Any, *, required: bool = True) -> ChoiceField:
    given = list(choices) if required else [("", "—"), *choices]
    return ChoiceField(choices=given, required=required)


@dataclass(frozen=True)
class Part:
    """A kind of row that is written in: its model, its fields, and the states in which they are open."""

    model: type[models.Model]
    fields: dict[str, forms.Field]
    open_in: dict[str, frozenset[Any]]


PARTS = {
    "m": Part(
        Meeting,
        {
            "begins_at": ClockField(required=False),
            "ends_at": ClockField(required=False),
            "minutes": _text(100_000),
        },
        {},
    ),
    "a": Part(
        Attendee,
        {
            "presence": _choice(Attendee.Presence.choices, required=False),
            "proxy": _text(150),
            "came_at": ClockField(required=False),
            "left_at": ClockField(required=False),
        },
        {},
    ),
    "i": Part(
        Item,
        {
            "title": _text(300),
            "text": _text(20_000),
            "manner": _choice(Item.Manner.choices),
            "proposal": _choice(Item.Proposal.choices),
            "in_favour": _number(),
            "against": _number(),
            "abstained": _number(),
            "core_actors": _text(300),
            "supporting_actors": _text(300),
            "due_on": JalaliDateField(required=False),
        },
        dict.fromkeys(COUNT, VOTES_OPEN),
    ),
    "b": Part(Ballot, {"choice": _choice(Ballot.Choice.choices, required=False)}, {"choice": VOTES_OPEN}),
}


@dataclass(frozen=True)
class Change:
    """What somebody wrote: the field's key, what he saw there, what he wrote. As text, as forms send it.

    The key is `m.FIELD`, `a.ATTENDEE.FIELD`, `i.ITEM.FIELD` or `b.ITEM.ATTENDEE`.
    """

    key: str
    was: str
    now: str


@dataclass
class Saved:
    """What became of changes: written (as it stands now), in conflict (what stands there), refused (why)."""

    written: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def plain(value: Any) -> str:
    """A value as its input shows it."""
    if value is None:
        return ""
    if hasattr(value, "hour"):
        return f"{value:%H:%M}"
    return JalaliDateInput().display(value) if hasattr(value, "year") else str(value)


def save(user: Any, meeting_id: int, changes: Iterable[Change]) -> Saved:
    """Write what can be written; the rest is told and not written. Raises `Refused` where nothing may be."""
    saved = Saved()
    with transaction.atomic():
        meeting = held(meeting_id)
        check(why_not_write(user, meeting, ROLL_OPEN))
        changes = list(changes)
        for change in changes:
            _save_one(meeting, change, saved)
        # Of two hours moved together either may be impossible beside the old value of the other.
        for change in changes:
            if change.key in HOURS and saved.errors.pop(change.key, None) is not None:
                _save_one(meeting, change, saved)
        if saved.written:
            record(user, "meeting.recorded", meeting, fields=_recorded(saved.written))
    return saved


def _recorded(keys: Iterable[str]) -> list[str]:
    """The fields as the record names them: of a count no column, which with its hour would tell a secret vote."""
    counts = {f".{name}" for name in COUNT}
    found = set()
    for key in keys:
        above, dot, name = key.rpartition(".")
        found.add(f"{above}.count" if f"{dot}{name}" in counts else key)
    return sorted(found)


def _save_one(meeting: Meeting, change: Change, saved: Saved) -> None:
    found = _find(meeting, change.key)
    if found is None:
        saved.errors[change.key] = _("This row is no longer there.")
        return
    part, row, name = found
    form_field = part.fields[name]
    if meeting.state not in part.open_in.get(name, ROLL_OPEN):
        saved.errors[change.key] = _("Votes are counted once the meeting is open.")
        return
    try:
        now = _clean(form_field, change.now)
    except forms.ValidationError as error:
        saved.errors[change.key] = " ".join(error.messages)
        return
    try:
        was = _clean(form_field, change.was)
    except forms.ValidationError:
        was = None
    there = getattr(row, name) if row.pk or not isinstance(row, Ballot) else ""
    if there == now:
        saved.written[change.key] = plain(now)
    elif there != was:
        saved.conflicts[change.key] = plain(there)
    elif (why_not := _why_not(meeting, row, name, now)) is not None:
        saved.errors[change.key] = why_not
    else:
        _write(row, name, now)
        saved.written[change.key] = plain(now)


def _clean(form_field: forms.Field, text: str) -> Any:
    value = form_field.clean(text.replace("\r\n", "\n"))
    return value.strip() if isinstance(value, str) else value


def _is_number(text: str) -> bool:
    """Whether the text can be the number of a row: longer ones are no number of any."""
    return text.isdecimal() and len(text) <= 18


def _find(meeting: Meeting, key: str) -> tuple[Part, Any, str] | None:
    """The part, the row and the field that a key names, of this meeting only."""
    kind, *rest = key.split(".")
    if kind == "m" and len(rest) == 1 and rest[0] in PARTS["m"].fields:
        return PARTS["m"], meeting, rest[0]
    if kind == "b" and len(rest) == 2 and all(map(_is_number, rest)):
        item = meeting.items.filter(pk=rest[0]).first()
        attendee = meeting.attendees.filter(pk=rest[1]).first()
        if item is None or attendee is None:
            return None
        row = Ballot.objects.filter(item=item, attendee=attendee).first() or Ballot(
            item=item, attendee=attendee
        )
        return PARTS["b"], row, "choice"
    if kind in ("a", "i") and len(rest) == 2 and _is_number(rest[0]) and rest[1] in PARTS[kind].fields:
        rows = meeting.attendees if kind == "a" else meeting.items
        found = rows.filter(pk=rest[0]).first()
        return (PARTS[kind], found, rest[1]) if found else None
    return None


def _why_not(meeting: Meeting, row: Any, name: str, now: Any) -> str | None:
    if name == "manner" and now == Item.Manner.SECRET and rule_of(meeting).members < FEWEST_IN_SECRET:
        return _("A secret vote needs three members at least.")
    if isinstance(row, Ballot):
        if row.item.manner != Item.Manner.NAME:
            return _("This vote is not by name: nobody's own vote is written down.")
        if not row.attendee.counts:
            return _("Whoever is not there, or has no vote, does not vote.")
    if name == "title" and not now:
        return _("Write the title.")
    if f"m.{name}" in HOURS:
        return _why_not_hour(row, name, now)
    return None


def _why_not_hour(meeting: Meeting, name: str, now: Any) -> str | None:
    there = getattr(meeting, name)
    setattr(meeting, name, now)
    why_not = why_not_these_hours(meeting)
    setattr(meeting, name, there)
    return why_not


def _write(row: Any, name: str, now: Any) -> None:
    if isinstance(row, Ballot):
        if now:
            Ballot.objects.update_or_create(item=row.item, attendee=row.attendee, defaults={"choice": now})
        else:
            Ballot.objects.filter(pk=row.pk).delete()
        return
    setattr(row, name, now)
    fields = [name]
    if name == "manner":  # counted anew: of a vote that became secret no name stays behind
        row.ballots.all().delete()
        row.in_favour = row.against = row.abstained = None
        fields += COUNT
    row.save(update_fields=fields)


def text_at(meeting: Meeting, key: str) -> str | None:
    """What stands at a field of words; None where there is none."""
    found = _find(meeting, key)
    return getattr(found[1], found[2]) if found else None


def write_text(meeting: Meeting, key: str, words: str) -> None:
    """Put words at a field that `text_at` found."""
    if found := _find(meeting, key):
        _write(found[1], found[2], words)
