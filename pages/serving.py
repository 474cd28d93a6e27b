"""The view of every page: finds the page by its whole address, then does what Wagtail's own view does."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail import views
from wagtail.models import Page, Site

from intranet.access.editions import kept
from intranet.prepared import Prepared


@cache
def _numbered(content_type: int) -> Prepared[Page] | None:
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    return Prepared(lambda number: model._default_manager.filter(pk=number), int) if model else None


def _find(request: HttpRequest, path: str) -> tuple[int, int]:
    """Number and content type of the page: by its whole address, else as Wagtail does, step by step from the root."""
    site = Site.find_for_request(request)
    if site is not None:
        address = "/".join(
            [site.root_page.localized.url_path.rstrip("/"), *filter(None, path.split("/")), ""]
        )
        whole = Page.objects.filter(url_path=address).values_list("pk", "content_type_id")[:2]
        if len(whole) == 1:
            return whole[0]
    found = Page.route_for_request(request, path)
    if found is None or found.args or found.kwargs:
        raise Http404
    return found.page.pk, found.page.content_type_id


def route(request: HttpRequest, path: str) -> None:
    """Find the page and leave it where Wagtail looks for it; the way to it is kept with the edition, not the page."""
    try:
        number, content_type = kept(
            request.user, "route", lambda: _find(request, path), request.get_host(), path
        )
    except Http404:
        return  # Wagtail's view says so, or knows more
    if hasattr(request, "_wagtail_route_for_request"):
        return
    pages = _numbered(content_type)
    if pages is not None and (found := pages.objects(number)):
        try:
            request._wagtail_route_for_request = found[0].route(request, [])  # type: ignore[attr-defined]
        except Http404:
            request._wagtail_route_for_request = None  # type: ignore[attr-defined]


@login_not_required
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """`/<path>/`: public or not by the rule of visibility, which `before_serve_page` asks."""
    route(request, path)
    response: HttpResponseBase = views.serve(request, path)
    return response
