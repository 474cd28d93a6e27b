"""What a reader narrowed his search to: by the facets' addresses, and by field words of the query."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from intranet.ui.calendar import parse_jalali_date, to_jalali
from intranet.ui.numerals import to_ascii
from search.engines.base import Filters
from search.fields import LANGUAGES, Field, read_date
from search.kinds import KINDS, STATUSES, code_of
from search.labels import numbers_named

RELEVANCE, NEWEST, OLDEST = "relevance", "newest", "oldest"
SORTS = (RELEVANCE, NEWEST, OLDEST)
MOST = 50

#: The parameters of an address, by the narrowing's own names.
PARAMETERS = {
    "kinds": "kind",
    "bodies": "body",
    "organizations": "organization",
    "districts": "district",
    "statuses": "status",
    "years": "year",
    "languages": "language",
    "since": "from",
    "until": "to",
    "sort": "sort",
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The filters as a person chose them; several values of one widen, different ones narrow further."""

    kinds: tuple[str, ...] = ()
    bodies: tuple[int, ...] = ()
    organizations: tuple[int, ...] = ()
    districts: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    sort: str = RELEVANCE
    #: By the query's own words «نهاد:» and «سازمان:»; they never stand in an address.
    named_bodies: tuple[int, ...] = ()
    named_organizations: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether nothing is narrowed."""
        return replace(self, sort=RELEVANCE) == Narrowing()

    def as_filters(self) -> Filters:
        """The same, as the engine takes them."""
        return Filters(
            kinds=frozenset(map(code_of, self.kinds)),
            bodies=frozenset(self.bodies + self.named_bodies),
            organizations=frozenset(self.organizations + self.named_organizations),
            districts=frozenset(self.districts),
            statuses=frozenset(map(code_of, self.statuses)),
            years=frozenset(self.years),
            languages=frozenset(map(code_of, self.languages)),
            since=self.since.toordinal() if self.since else 0,
            until=self.until.toordinal() if self.until else 0,
        )

    def parameters(self) -> list[tuple[str, str]]:
        """The narrowing as (parameter, value) of an address."""
        pairs: list[tuple[str, str]] = []
        for name, parameter in PARAMETERS.items():
            value = getattr(self, name)
            if isinstance(value, tuple):
                pairs += [(parameter, str(each)) for each in value]
            elif isinstance(value, datetime.date):
                pairs.append((parameter, jalali_of(value)))
            elif value and value != RELEVANCE:
                pairs.append((parameter, value))
        return pairs

    def chosen(self) -> Iterator[tuple[str, Any]]:
        """Each filter's name and value, one at a time; the order is none."""
        for name in PARAMETERS:
            value = getattr(self, name)
            if isinstance(value, tuple):
                yield from ((name, each) for each in value)
            elif isinstance(value, datetime.date):
                yield name, value

    def more(self, name: str, value: object) -> "Narrowing":
        """The same with one value more of one of the filters that take several."""
        values: Any = (*getattr(self, name), value)
        return replace(self, **{name: values})

    def less(self, name: str, value: object) -> "Narrowing":
        """The same without one value of one filter."""
        before = getattr(self, name)
        left: Any = None
        if isinstance(before, tuple):
            left = tuple(each for each in before if each != value)
        return replace(self, **{name: left})

    def by_words(self, words: Iterable[Field]) -> "Narrowing":
        """The same, narrowed further by the query's field words."""
        narrowed = self
        for word in words:
            if word.name in _NAMES:
                name = f"named_{_NAMES[word.name]}"
                numbers: Any = (*getattr(narrowed, name), *sorted(numbers_named(word.name, word.value)))
                narrowed = replace(narrowed, **{name: numbers})
            elif filtered := filter_of(word):
                name, value = filtered
                before = getattr(narrowed, name)
                if isinstance(before, tuple):
                    value = tuple(dict.fromkeys((*before, value)))
                elif before and isinstance(value, datetime.date):
                    value = max(before, value) if name == "since" else min(before, value)
                narrowed = replace(narrowed, **{name: value})
        return narrowed


def filter_of(word: Field) -> tuple[str, Any] | None:
    """The filter that a field word means, as name and value; None when it does not narrow, but asks."""
    if word.name not in _OF_WORDS:
        return None
    name, read = _OF_WORDS[word.name]
    return name, read(word.value)


def filters_of(word: Field) -> list[tuple[str, Any]]:
    """All filters that a field word means: one, or one for each body or organisation of the name."""
    if name := _NAMES.get(word.name):
        return [(name, number) for number in numbers_named(word.name, word.value)]
    filtered = filter_of(word)
    return [filtered] if filtered else []


#: Field words that narrow by a name, and the filter that each means.
_NAMES = {"body": "bodies", "organization": "organizations"}
_OF_WORDS: dict[str, tuple[str, Callable[[str], object]]] = {
    "kind": ("kinds", str),
    "status": ("statuses", str),
    "language": ("languages", str),
    "district": ("districts", int),
    "year": ("years", int),
    "since": ("since", datetime.date.fromisoformat),
    "until": ("until", datetime.date.fromisoformat),
}


def jalali_of(day: datetime.date) -> str:
    """`1390/05/01`, as addresses and inputs hold it; the ISO day where the Jalali calendar does not reach."""
    try:
        return to_jalali(day).ascii()
    except (ValueError, OverflowError):
        return day.isoformat()


def _numbers(given: Iterable[str]) -> tuple[int, ...]:
    digits = [to_ascii(text.strip()) for text in given]
    found = (int(each) for each in digits if each.isascii() and each.isdigit() and len(each) < 10)
    return tuple(dict.fromkeys(number for number in found if number))[:MOST]


def _known(given: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(given) if each in known)


def day_of(text: str, *, last: bool = False) -> datetime.date | None:
    """The first, or last, day of a day, month or year as people write it; None when it is none."""
    text = " ".join(text.split())
    if not text:
        return None
    if (found := read_date(text)) and not text[found[2] :].strip():
        return found[1] if last else found[0]
    try:
        return parse_jalali_date(text)
    except ValueError:
        return None


def _several(given: str | Sequence[str]) -> Sequence[str]:
    return [given] if isinstance(given, str) else given


def narrow(
    kind: str | Sequence[str] = "",
    district: str | Sequence[str] = "",
    year: str | Sequence[str] = "",
    *,
    body: str | Sequence[str] = "",
    organization: str | Sequence[str] = "",
    status: str | Sequence[str] = "",
    language: str | Sequence[str] = "",
    since: str = "",
    until: str = "",
    sort: str = "",
) -> Narrowing:
    """Filters from text as it came; what is not one is left out. Days are Jalali, or ISO."""
    return Narrowing(
        kinds=_known(_several(kind), KINDS),
        bodies=_numbers(_several(body)),
        organizations=_numbers(_several(organization)),
        districts=_numbers(_several(district)),
        statuses=_known(_several(status), STATUSES),
        years=_numbers(_several(year)),
        languages=_known(_several(language), LANGUAGES),
        since=day_of(since),
        until=day_of(until, last=True),
        sort=sort if sort in SORTS else RELEVANCE,
    )


def narrow_by(parameters: QueryDict) -> Narrowing:
    """Filters from the parameters of an address."""
    several = {
        name: parameters.getlist(name)
        for name in ("kind", "district", "year", "body", "organization", "status", "language")
    }
    return narrow(
        **several,
        since=parameters.get("from", ""),
        until=parameters.get("to", ""),
        sort=parameters.get("sort", ""),
    )
