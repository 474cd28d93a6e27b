"""Counting what was found: objects, by what they may be narrowed to. Over numbers alone.

A facet is counted over the query and all *other* filters, from what the reader may see: the engine gave no more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import compress
from operator import itemgetter

from search.engines.base import COLUMNS, Filters, Found
from search.fields import LANGUAGES
from search.kinds import code_of, kind_of, status_of
from search.labels import labels_of
from search.narrowing import PARAMETERS, Narrowing

#: Values of one facet that are shown.
MOST = 60
_LANGUAGES = {code_of(language): language for language in LANGUAGES}
#: The facets in the order of the page: the column, and the narrowing it makes.
FACETS = (
    ("kind", "kinds"),
    ("year", "years"),
    ("district", "districts"),
    ("body_id", "bodies"),
    ("organization", "organizations"),
    ("status", "statuses"),
    ("language", "languages"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet and how many objects have it."""

    value: str
    label: str
    count: int
    chosen: bool = False


@dataclass(slots=True)
class Facet:
    """One facet: `name` is the narrowing's, `parameter` stands in addresses, `column` in the index."""

    name: str
    parameter: str
    column: str
    choices: list[Choice] = field(default_factory=list)

    @property
    def is_chosen(self) -> bool:
        """Whether any of its values is chosen."""
        return any(choice.chosen for choice in self.choices)


class Counts:
    """What was found, column by column, once for each way in which an object matches, not once a passage."""

    def __init__(self, found: Found, filters: Filters) -> None:
        self.columns: dict[str, Sequence[int]] = {name: found[name] for name in COLUMNS}
        objects = len(set(found["object"]))
        if objects < len(found):
            rows = set(zip(*self.columns.values(), strict=True))
            self.columns = dict(zip(COLUMNS, zip(*rows, strict=True), strict=True))
        #: Whether each object stands in one row only, so that rows may be counted for objects.
        self.single = objects == len(self.columns["object"])
        self.masks = {
            name: [value in chosen for value in self.columns[name]]
            for name, chosen in filters.choices().items()
        }
        if filters.since or filters.until:
            first, last = max(1, filters.since), filters.until or date.max.toordinal()
            self.masks["day"] = [first <= day <= last for day in self.columns["day"]]

    def _passing(self, *names: str, besides: str = "") -> Iterator[Iterable[int]]:
        """Some columns of the rows that pass all filters but that of one column."""
        masks = [mask for name, mask in self.masks.items() if name != besides]
        if not masks:
            return (self.columns[name] for name in names)
        mask = masks[0] if len(masks) == 1 else list(map(all, zip(*masks, strict=True)))
        return (compress(self.columns[name], mask) for name in names)

    def objects(self) -> set[int]:
        """The objects under all filters."""
        (objects,) = self._passing("object")
        return set(objects)

    def days(self) -> dict[int, int]:
        """The date of each object under all filters, as an ordinal; the latest where it has several, 0 for none."""
        return dict(sorted(zip(*self._passing("object", "day"), strict=True)))

    def of(self, column: str) -> Counter[int]:
        """Objects by their values of a column, over all other filters; 0 is no value."""
        objects, values = self._passing("object", column, besides=column)
        if not self.single:
            values = map(itemgetter(1), set(zip(objects, values, strict=True)))
        counted = Counter(values)
        del counted[0]
        return counted


def _value_of(column: str, number: int) -> str:
    """A number of the index as it stands in addresses; "" when it is not one by which to narrow."""
    if column == "kind":
        return kind_of(number)
    if column == "status":
        return status_of(number)
    if column == "language":
        return _LANGUAGES.get(number, "")
    return str(number)


def facets(counts: Counts, chosen: Narrowing) -> dict[str, Facet]:
    """All facets, by their parameter; the values of numbers by number, all others the most frequent first."""
    made: dict[str, Facet] = {}
    for column, name in FACETS:
        most = counts.of(column).most_common(MOST)
        counted = {_value_of(column, number): count for number, count in most}
        marked = {str(value) for value in getattr(chosen, name)}
        for value in marked:
            counted.setdefault(value, 0)
        counted.pop("", None)
        named: tuple[int, ...] = getattr(chosen, f"named_{name}", ())
        marked |= {str(number) for number in named}
        labels = labels_of(column, counted)
        choices = [
            Choice(value, labels[value], count, value in marked)
            for value, count in counted.items()
            if value in labels
        ]
        if column == "year":
            choices.sort(key=lambda choice: -int(choice.value))
        elif column == "district":
            choices.sort(key=lambda choice: int(choice.value))
        else:
            choices.sort(key=lambda choice: (-choice.count, choice.label))
        made[PARAMETERS[name]] = Facet(name, PARAMETERS[name], column, choices)
    return made
