"""The JSON doors: results and suggestions, by the same rules as the page."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from intranet.accounts.api import api
from intranet.ui.problems import problem
from search import highlights, missed
from search.engines.base import EngineDown
from search.openapi import description
from search.queries import PAGE_SIZE, Facet, Hit, Results, narrow_by, search
from search.suggestions import suggest

LARGEST = 50
JSON = {"ensure_ascii": False}


def hit_as_json(hit: Hit) -> dict[str, Any]:
    """A hit for programs; `snippet` is plain text."""
    return {
        "title": hit.object_title,
        "url": hit.url,
        "kind": hit.kind,
        "snippet": highlights.to_text(hit.pieces).strip(),
    }


def _full(hit: Hit) -> dict[str, Any]:
    return hit_as_json(hit) | {
        "passage": hit.title if hit.is_passage else "",
        "object_url": hit.object_url,
        "date": hit.date,
        "district": hit.district,
        "numbers": hit.numbers,
        "highlighted": hit.snippet,
        "passages": [{"title": more.title, "url": more.url} for more in hit.more],
    }


def facets_as_json(facets: dict[str, Facet]) -> dict[str, list[dict[str, Any]]]:
    """The facets for programs, by the names of their parameters."""
    return {
        name: [{"value": each.value, "label": each.label, "count": each.count} for each in facet.choices]
        for name, facet in facets.items()
    }


def hits_as_json(results: Results) -> list[dict[str, Any]]:
    """The hits of a page, the weaker ones last and marked."""
    return [
        *map(hit_as_json, results.hits),
        *(hit_as_json(hit) | {"weaker": True} for hit in results.weaker),
    ]


def _number(text: str, largest: int, default: int) -> int:
    return min(max(1, int(text)), largest) if text.isascii() and text.isdigit() and len(text) < 6 else default


def down() -> JsonResponse:
    """The engine does not answer."""
    detail = _(
        "Search is not available at the moment. Everything else works; please try again in a few minutes."
    )
    return problem(503, detail, {"Retry-After": "30"})


@api
def results(request: HttpRequest) -> JsonResponse:
    """Hits, total and facets for a query and its filters, as `/api/openapi.json` describes them.

    Whatever is asked, it is answered: a parameter that makes no sense is left out, a malformed query is plain words.
    """
    given = request.GET
    narrowing = narrow_by(given)
    page = _number(given.get("page", ""), 1000, 1)
    size = _number(given.get("size", ""), LARGEST, PAGE_SIZE)
    try:
        found = search(given.get("q", ""), request.user, narrowing, page=page, size=size)
    except EngineDown:
        return down()
    missed.note_of(found)
    return JsonResponse(
        {
            "query": found.query.text,
            "total": found.total,
            "page": page,
            "weaker_total": found.weaker_total,
            "hits": [*map(_full, found.hits), *(_full(hit) | {"weaker": True} for hit in found.weaker)],
            "facets": facets_as_json(found.facets),
        },
        json_dumps_params=JSON,
    )


@login_not_required
@never_cache
@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`GET /search/suggest?q=…`: titles the reader may see."""
    try:
        found = suggest(request.GET.get("q", ""), request.user)
    except EngineDown:
        return down()
    return JsonResponse({"suggestions": found}, json_dumps_params=JSON)


@login_not_required
@never_cache
@require_safe
def browser_suggestions(request: HttpRequest) -> JsonResponse:
    """`GET /search/suggest/opensearch?q=…`: the same, in the form of OpenSearch, for a browser's own search field."""
    text = request.GET.get("q", "")
    try:
        found = suggest(text, request.user)
    except EngineDown:
        return down()
    titles = [item["title"] for item in found]
    return JsonResponse(
        [text, titles],
        safe=False,
        json_dumps_params=JSON,
        content_type="application/x-suggestions+json; charset=utf-8",
    )


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """`GET /api/openapi.json`: what the API takes and gives, for programs."""
    return JsonResponse(description(settings.SITE_URL), json_dumps_params=JSON)
