"""The page of search."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.engines.base import EngineDown
from search.kinds import KINDS
from search.queries import PAGE_SIZE, Choice, Results, narrow, search

LAST_PAGE = 100


def _facets(request: HttpRequest, found: Results) -> list[dict[str, Any]]:
    """The facets with an address for each choice; a chosen one leads back."""

    def shown(name: str, choice: Choice) -> dict[str, Any]:
        query = request.GET.copy()
        query.pop("page", None)
        query[name] = choice.value
        if choice.chosen:
            del query[name]
        return {
            "label": choice.label,
            "count": choice.count,
            "chosen": choice.chosen,
            "address": "?" + query.urlencode(),
        }

    facets = (
        ("kind", _("Kind"), found.kinds),
        ("district", _("District"), found.districts),
        ("year", _("Year"), found.years),
    )
    return [
        {"name": name, "title": title, "choices": [shown(name, choice) for choice in choices]}
        for name, title, choices in facets
        if choices
    ]


@login_not_required
@never_cache
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`/search/?q=…&kind=&district=&year=&page=`. Whatever is asked, the answer is a page."""
    given = request.GET
    text = given.get("q", "").strip()
    narrowing = narrow(given.get("kind", ""), given.get("district", ""), given.get("year", ""))
    asked = given.get("page", "1")
    number = (
        min(max(1, int(asked)), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
    )
    context = {"text": text, "narrowing": narrowing, "chosen_kind": KINDS.get(narrowing.kind)}
    try:
        found = search(text, request.user, narrowing, page=number)
        if not found.hits and found.total:
            number = min(LAST_PAGE, -(-found.total // PAGE_SIZE))
            found = search(text, request.user, narrowing, page=number)
    except EngineDown:
        return render(request, "search/down.html", context, status=503)
    page = Paginator(range(min(found.total, LAST_PAGE * PAGE_SIZE)), PAGE_SIZE).get_page(number)
    context |= {"results": found, "page": page, "facets": _facets(request, found)}
    return render(request, "search/results.html", context)


@login_not_required
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """The description by which a browser offers this search."""
    address = request.build_absolute_uri(reverse("search"))
    return render(
        request,
        "search/opensearch.xml",
        {"address": address, "name": _("NGO headquarters search")},
        content_type="application/opensearchdescription+xml",
    )
