"""The JSON doors: results and suggestions, by the same rules as the page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search import highlights
from search.engines.base import EngineDown
from search.queries import PAGE_SIZE, Choice, Hit, narrow, search, suggest

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


def _choices(choices: list[Choice]) -> list[dict[str, Any]]:
    return [{"value": choice.value, "count": choice.count} for choice in choices]


def _number(text: str, largest: int, default: int) -> int:
    return min(max(1, int(text)), largest) if text.isascii() and text.isdigit() and len(text) < 6 else default


def down() -> JsonResponse:
    """The engine does not answer."""
    return JsonResponse({"error": "search is not available now"}, status=503, headers={"Retry-After": "30"})


@login_not_required
@never_cache
@require_safe
def results(request: HttpRequest) -> JsonResponse:
    """`GET /api/search?q=…&kind=&district=&year=&page=&size=`."""
    given = request.GET
    narrowing = narrow(given.get("kind", ""), given.get("district", ""), given.get("year", ""))
    page = _number(given.get("page", ""), 1000, 1)
    size = _number(given.get("size", ""), LARGEST, PAGE_SIZE)
    try:
        found = search(given.get("q", ""), request.user, narrowing, page=page, size=size)
    except EngineDown:
        return down()
    return JsonResponse(
        {
            "query": found.query.text,
            "total": found.total,
            "page": page,
            "hits": [_full(hit) for hit in found.hits],
            "facets": {
                "kind": _choices(found.kinds),
                "district": _choices(found.districts),
                "year": _choices(found.years),
            },
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
