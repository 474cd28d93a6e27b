"""Errors for programs: problem details (RFC 9457)."""

from collections.abc import Mapping

from django.http import HttpRequest, JsonResponse
from django.urls import resolve

TITLES = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    429: "Too Many Requests",
    503: "Service Unavailable",
}


_ROOTS = ("/api/", "/admin/api/")
_VIEWS = frozenset({"search_suggest", "search_suggest_opensearch"})


def is_for_programs(request: HttpRequest) -> bool:
    """Whether a program asks: it is told of errors by `problem`, and never sent to a page."""
    if request.path_info.startswith(_ROOTS):
        return True
    return "/suggest" in request.path_info and resolve(request.path_info).url_name in _VIEWS


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> JsonResponse:
    """An answer that says what went wrong: `title` by the status, `detail` in the reader's language."""
    return JsonResponse(
        {"type": "about:blank", "title": TITLES[status], "status": status, "detail": detail},
        status=status,
        content_type="application/problem+json",
        headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )
