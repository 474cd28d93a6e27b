"""The page of search."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import lexicons, missed, vocabulary
from search.addresses import Link, address, chips, histogram, links, orders
from search.days import DaysForm
from search.engines.base import EngineDown
from search.facets import Facet
from search.keeping import KEPT_FOR, name_of
from search.nearest import nearest
from search.queries import PAGE_SIZE, Results, narrow_by, search

LAST_PAGE = 100
YEARS_NAMED = 6
#: Field words, as the page shows them to those who have asked nothing yet.
EXAMPLES = (
    "نوع:مصوبه منطقه:۳",
    "نهاد:شورا",
    "سازمان:«یاوران محله»",
    "از:مرداد ۱۳۹۰ تا:۱۳۹۵",
    "عنوان:مشارکت",
    "شماره:۱۶۰/۱۸۱۸/۱۸۰۶۶",
)


def _titles() -> dict[str, str]:
    """The facets of the page, in its order, with their headings."""
    return {
        "kind": _("Kind"),
        "district": _("District"),
        "body": _("Body"),
        "organization": _("Organisation"),
        "status": _("Status"),
        "language": _("Language"),
    }


def _facets(found: Results) -> list[dict[str, Any]]:
    """The facets that divide what was found, with an address for each choice; a chosen one leads back."""
    shown = []
    for parameter, title in _titles().items():
        facet = found.facets.get(parameter)
        if facet and (len(facet.choices) > 1 or facet.is_chosen or parameter != "language"):
            choices = links(found.query, found.narrowing, facet)
            if choices:
                shown.append({"name": parameter, "title": title, "choices": choices})
    return shown


def _foremost(years: Facet) -> Facet:
    """The years to name below the histogram, which has them all: those with the most texts, and the chosen."""
    counts = sorted((choice.count for choice in years.choices), reverse=True)
    enough = counts[YEARS_NAMED - 1] if len(counts) > YEARS_NAMED else 0
    named = [choice for choice in years.choices if choice.count >= enough]
    chosen = [choice for choice in years.choices if choice.chosen and choice not in named]
    return replace(years, choices=[*chosen, *named[:YEARS_NAMED]])


@dataclass(frozen=True)
class Beside:
    """What the page offers beside the hits; worked out only where a template asks, since a kept page has it already."""

    found: Results

    @cached_property
    def facets(self) -> list[dict[str, Any]]:
        """The facets, with an address for each choice."""
        return _facets(self.found)

    @cached_property
    def histogram(self) -> list[Link]:
        """A bar for each year."""
        years = self.found.facets.get("year")
        return histogram(self.found.query, self.found.narrowing, years) if years else []

    @cached_property
    def years(self) -> list[Link]:
        """The years that are named."""
        years = self.found.facets.get("year")
        if years is None:
            return []
        return links(self.found.query, self.found.narrowing, _foremost(years) if self.histogram else years)

    @cached_property
    def orders(self) -> list[Link]:
        """The orders in which the results may stand."""
        return orders(self.found.query, self.found.narrowing)


@login_not_required
@never_cache
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`/search/?q=…&kind=&district=&year=&body=&organization=&status=&from=&to=&sort=&page=`.

    Whatever is asked, the answer is a page.
    """
    given = request.GET
    text = given.get("q", "").strip()
    narrowing = narrow_by(given)
    asked = given.get("page", "1")
    number = (
        min(max(1, int(asked)), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    )
    days: Any = SimpleLazyObject(lambda: DaysForm(given))  # a kept page has it already
    context: dict[str, Any] = {
        "text": text,
        "examples": EXAMPLES,
        "narrowing": narrowing,
        "hidden": [pair for pair in narrowing.parameters() if pair[0] not in {"from", "to"}],
        "days": days,
        "problems": days.problems if given.get("from") or given.get("to") else [],
        "layout": "search/bare.html" if "X-Search-Part" in request.headers else "base.html",
    }
    try:
        lexicons.serve_index()
        words = vocabulary.current()
        as_typed = "as_typed" in given
        found = search(text, request.user, narrowing, page=number, as_typed=as_typed, words=words)
        count = found.total + found.weaker_total
        if count and not (found.hits or found.weaker):
            number = min(LAST_PAGE, -(-count // PAGE_SIZE))
            found = search(text, request.user, narrowing, page=number, as_typed=as_typed, words=words)
        if not found.total and found.query.asks:
            context["offers"] = nearest(found, request.user)
    except EngineDown:
        return render(request, "search/down.html", context, status=503)
    missed.note_of(found)
    page = Paginator(range(min(count, LAST_PAGE * PAGE_SIZE)), PAGE_SIZE).get_page(number)
    context["pinned"] = vocabulary.pinned(found.query.text, request.user, words) if number == 1 else []
    narrowed_to = list(chips(found.query, found.narrowing, found.facets))
    context |= {"results": found, "page": page, "chips": narrowed_to, "beside": Beside(found)}
    context["meant_address"] = address(found.meant, found.narrowing)
    context["as_typed_address"] = address(found.instead_of, found.narrowing)
    kept_as = name_of(request, found, context["pinned"]) if found.total else ""
    context |= {"keep_for": KEPT_FOR if kept_as else 0, "kept_as": kept_as}
    return render(request, "search/results.html", context)


@login_not_required
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description by which a browser offers this search, with suggestions as one types."""

    def absolute(name: str) -> str:
        return request.build_absolute_uri(reverse(name))

    context = {
        "name": _("Search the intranet"),  # at most 16 characters
        "description": _("NGO headquarters search"),
        "page": absolute("search"),
        "suggestions": absolute("search_suggest_opensearch"),
        "own": absolute("search_opensearch"),
        "LANGUAGE_CODE": get_language(),
    }
    return render(
        request,
        "search/opensearch.xml",
        context,
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )
