"""Addresses of the page of search, and what is shown as chosen: each choice has an address that takes it back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from intranet.ui.numerals import localized
from search.facets import Choice, Facet
from search.fields import Field
from search.kinds import KINDS, STATUSES
from search.labels import labels_of
from search.narrowing import NEWEST, OLDEST, RELEVANCE, Narrowing, filter_of, filters_of, jalali_of
from search.query import Query

#: Heights that a bar of the histogram may have.
LEVELS = 12
#: Years that fit beside each other; of more, the latest are shown.
MOST_YEARS = 40


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen: what it says, and the search without it."""

    label: str
    text: str
    narrowing: Narrowing

    @property
    def address(self) -> str:
        """Where the search without it is."""
        return address(self.text, self.narrowing)


@dataclass(frozen=True, slots=True)
class Link:
    """One value of a facet, or one order: with the address that chooses it, or takes it back."""

    label: str
    address: str
    count: int = 0
    chosen: bool = False
    level: int = 0


#: A page has some eighty addresses of the same few values.
_quoted = lru_cache(maxsize=1024)(quote_plus)


def address(text: str, narrowing: Narrowing) -> str:
    """The first page of a search."""
    pairs = [("q", text), *narrowing.parameters()]
    return "?" + "&".join(f"{name}={_quoted(value)}" for name, value in pairs)


def _label(name: str, value: Any, facets: dict[str, Facet]) -> str:
    """What a value of a narrowing is called; the facets know the names of bodies and organisations."""
    if name in {"since", "until"}:
        label = _("From %(day)s") if name == "since" else _("To %(day)s")
        return label % {"day": localized(jalali_of(value))}
    if name in {"kinds", "statuses"}:
        return str((KINDS if name == "kinds" else STATUSES)[value])
    if name == "years":
        return pgettext("Jalali year", "Year %(number)s") % {"number": localized(value)}
    for facet in facets.values():
        if facet.name == name:
            named = {choice.value: choice.label for choice in facet.choices}
            return named.get(str(value)) or labels_of(facet.column, {str(value): 0})[str(value)]
    return localized(value)


def _word_label(word: Field, facets: dict[str, Facet]) -> str:
    filtered = filter_of(word)
    if filtered:
        return _label(*filtered, facets)
    if word.name == "body":
        return _("Body: %(text)s") % {"text": word.value}
    if word.name == "organization":
        return _("Organisation: %(text)s") % {"text": word.value}
    if word.name == "number":
        return _("Number: %(text)s") % {"text": localized(word.value)}
    return _("In the title: %(text)s") % {"text": word.value}


def chips(query: Query, narrowing: Narrowing, facets: dict[str, Facet]) -> Iterator[Chip]:
    """All that narrows the search: field words of the query, then the filters."""
    for word in query.fields:
        yield Chip(_word_label(word, facets), query.without_span(word.start, word.end), narrowing)
    for name, value in narrowing.chosen():
        yield Chip(_label(name, value, facets), query.text, narrowing.less(name, value))


def _turned(query: Query, narrowing: Narrowing, name: str, value: Any) -> str:
    """The address with a value of a facet chosen, or no longer chosen, be it by a field word."""
    for word in query.fields:
        if (name, value) in filters_of(word):
            return address(query.without_span(word.start, word.end), narrowing)
    if value in getattr(narrowing, name):
        return address(query.text, narrowing.less(name, value))
    return address(query.text, narrowing.more(name, value))


def links(query: Query, narrowing: Narrowing, facet: Facet) -> list[Link]:
    """The values of a facet, each with its address."""
    highest = max((choice.count for choice in facet.choices), default=0) or 1
    added = f"{address(query.text, narrowing)}&{facet.parameter}="
    textual = facet.column in {"kind", "status", "language"}

    def leads_to(choice: Choice) -> str:
        if choice.chosen:
            return _turned(query, narrowing, facet.name, choice.value if textual else int(choice.value))
        return added + _quoted(choice.value)

    return [
        Link(
            choice.label,
            leads_to(choice),
            choice.count,
            choice.chosen,
            -(-choice.count * LEVELS // highest),
        )
        for choice in facet.choices
    ]


def histogram(query: Query, narrowing: Narrowing, years: Facet) -> list[Link]:
    """Every year from the first to the last that has anything, the earliest first; one year is no histogram."""
    if len(years.choices) < 2:
        return []
    known = {int(choice.value): choice for choice in years.choices}
    last = max(known)
    span = range(max(min(known), last - MOST_YEARS + 1), last + 1)
    whole = [known.get(year) or Choice(str(year), localized(year), 0) for year in span]
    return links(query, narrowing, replace(years, choices=whole))


def orders(query: Query, narrowing: Narrowing) -> list[Link]:
    """The orders in which the results may stand; without words there is nothing to be relevant to."""
    named = [(RELEVANCE, _("Relevance")), (NEWEST, _("Newest first")), (OLDEST, _("Oldest first"))]
    now = narrowing.sort
    if not query.keys:
        named = named[1:]
        now = NEWEST if now == RELEVANCE else now
    return [
        Link(label, address(query.text, replace(narrowing, sort=sort)), chosen=sort == now)
        for sort, label in named
    ]
