"""Going through the record: by key instead of by page number, so that its length does not matter."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from intranet.access.models import State
from intranet.access.queries import visible
from intranet.access.rules import registered
from intranet.accounts.roles import Role, has_role
from intranet.audit.models import Event
from intranet.audit.sealing import open_together

ON_A_SCREEN = 50
IN_A_CHUNK = 1000

#: Whose record is of everybody's acts; everybody else reads what he did himself.
READ_ALL = (Role.AUDITOR, Role.ADMINISTRATOR)

#: What administrators keep themselves. What is recorded of anything else opens to them by a rule of visibility only.
KEPT_BY_ADMINISTRATORS = ("accounts.User", "auth.Group")
#: Acts on no object whose detail they read: sign-ins, exports, the demonstration. Not: what somebody knocked at.
ACTS_WITHOUT_OBJECT = ("account.", "audit.", "demonstration.")


def reads_all(user: object) -> bool:
    """Whether `user` reads the acts of everybody."""
    return has_role(user, *READ_ALL)


def reads_whole(user: object) -> bool:
    """Whether `user` reads all that is recorded of them."""
    return has_role(user, Role.AUDITOR)


def events_for(user: object) -> QuerySet[Event]:
    """The events that `user` may read."""
    if reads_all(user):
        return Event.objects.all()
    return Event.objects.filter(actor_id=getattr(user, "pk", None) or 0)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; a part that is empty leaves everything in. `since` and `until` are days, both included."""

    actor: int | None = None
    act: str = ""
    kind: str = ""
    target: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def among(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """Those of `events` that are looked for."""
        if self.actor is not None:
            events = events.filter(actor_id=self.actor)
        if self.act:
            events = events.filter(verb=self.act)
        if self.kind:
            events = events.filter(target_type=self.kind)
        if self.kind and self.target:
            events = events.filter(target_id=self.target)
        if self.since:
            events = events.filter(at__gte=_beginning(self.since))
        if self.until:
            events = events.filter(at__lt=_beginning(self.until + dt.timedelta(days=1)))
        return events

    def facts(self) -> dict[str, object]:
        """The parts that are set, as JSON."""
        return {name: str(value) for name in self.__slots__ if (value := getattr(self, name))}


def _beginning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


@dataclass(frozen=True, slots=True)
class Key:
    """A place in the record: a moment and an event's number."""

    at: dt.datetime
    number: int

    def __str__(self) -> str:
        return f"{round(self.at.timestamp() * 1_000_000)}-{self.number}"

    @classmethod
    def of(cls, event: Event) -> "Key":
        """The place of an event."""
        return cls(event.at, event.pk)

    @classmethod
    def read(cls, text: str) -> "Key | None":
        """The place that an address names; None when it names none."""
        moment, _dash, number = text.partition("-")
        if not (moment.isdecimal() and number.isdecimal() and len(moment) < 18 and len(number) < 19):
            return None
        epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
        return cls(epoch + dt.timedelta(microseconds=int(moment)), int(number))

    def older(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """The events before this place. Said so that an index on (…, at, id) serves it as one range."""
        return events.filter(at__lte=self.at).exclude(at=self.at, pk__gte=self.number)

    def newer(self, events: QuerySet[Event]) -> QuerySet[Event]:
        """The events after this place."""
        return events.filter(at__gte=self.at).exclude(at=self.at, pk__lte=self.number)


@dataclass(frozen=True, slots=True)
class Screen:
    """One screenful: the events, the latest first, and the places from which the next and the one before begin."""

    events: list[Event]
    older: Key | None
    newer: Key | None


def screen(asked: Asked, user: Any, *, older: Key | None = None, newer: Key | None = None) -> Screen:
    """The screenful of what is asked, before or after a place; without one the latest."""
    events = asked.among(events_for(user))
    if newer is not None:
        rows = list(newer.newer(events).order_by("at", "pk")[: ON_A_SCREEN + 1])
        more_newer, rows = len(rows) > ON_A_SCREEN, rows[:ON_A_SCREEN][::-1]
        more_older = True
    else:
        chosen = older.older(events) if older is not None else events
        rows = list(chosen.order_by("-at", "-pk")[: ON_A_SCREEN + 1])
        more_older, rows = len(rows) > ON_A_SCREEN, rows[:ON_A_SCREEN]
        more_newer = older is not None
    return Screen(
        opened_for(user, rows),
        Key.of(rows[-1]) if rows and more_older else None,
        Key.of(rows[0]) if rows and more_newer else None,
    )


def walk(asked: Asked, user: Any) -> Iterator[Event]:
    """All that is asked, the latest first; no query holds on for longer than it takes to read a chunk."""
    events = asked.among(events_for(user))
    rows = opened_for(user, events.order_by("-at", "-pk")[:IN_A_CHUNK])
    while rows:
        yield from rows
        rows = opened_for(user, Key.of(rows[-1]).older(events).order_by("-at", "-pk")[:IN_A_CHUNK])


def opened_for(user: Any, events: Iterable[Event]) -> list[Event]:
    """The events as `user` may read them.

    Auditors read all. An administrator sees that something was done to an object, and by whom, but not what it is
    called and says, unless he keeps such objects himself or the rule of visibility lets him read it: the record is no
    way around the glass before an organisation's own.
    """
    rows = open_together(events)
    if not reads_whole(user):
        for row in _withheld(user, [row for row in rows if row.actor_id != user.pk]):
            row.target_sealed, row.detail_sealed = "", {}
    return rows


def _withheld(user: Any, rows: list[Event]) -> list[Event]:
    """Those of `rows` that are about something which nothing opens to `user`."""
    about: dict[str, list[Event]] = defaultdict(list)
    for row in rows:
        about[row.target_type].append(row)
    withheld: list[Event] = []
    for label, family in about.items():
        if label == "":
            withheld += [row for row in family if not row.verb.startswith(ACTS_WITHOUT_OBJECT)]
        elif label not in KEPT_BY_ADMINISTRATORS:
            seen = _readable(user, _ruled(label), {row.target_id for row in family})
            withheld += [row for row in family if row.target_id not in seen]
    return withheld


def _readable(user: Any, model: type[Model] | None, numbers: set[str]) -> set[str]:
    """Those of the numbered objects that `user` reads by the rule; none of a model without one."""
    if model is None:
        return set()
    wanted = [number for number in numbers if number.isdecimal()]
    rows = model._default_manager.filter(known_to(user, model), pk__in=wanted)
    return {str(number) for number in rows.values_list("pk", flat=True)}


def _ruled(label: str) -> type[Model] | None:
    """The model of that label if its objects have readers of their own."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if has_rule(model) else None


def has_rule(model: type[Model]) -> bool:
    """Whether the rule of visibility says who reads objects of `model`."""
    return any(issubclass(model, rule.model) for rule in registered())


def known_to(user: Any, model: type[Model]) -> Q:
    """The objects of a model that has a rule which `user` reads in one state or the other."""
    return visible(model, user) | visible(model, user, state=State.DRAFT)
