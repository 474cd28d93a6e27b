"""The view of every page: finds the page by its whole address, then does what Wagtail's own view does.

An address where nothing is and one that is closed to the reader get the same answer by the same steps: one query asks
for the pages on the way that this reader may read.
"""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail import views
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, Site

from intranet.access.editions import kept
from intranet.access.queries import reading_of, visible_to
from intranet.prepared import Prepared

DEEPEST = 20  # steps from the front page


@cache
def _numbered(content_type: int) -> Prepared[Page] | None:
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    return Prepared(lambda number: model._default_manager.filter(pk=number), int) if model else None


def _find(request: HttpRequest, path: str) -> tuple[int, int, list[str]]:
    """Number and content type of the deepest page on the way that the reader may read, and what is left of the way.

    Raises `Http404` when there is none.
    """
    site = Site.find_for_request(request)
    parts = [part for part in path.split("/") if part]
    if site is None or len(parts) > DEEPEST:
        raise Http404
    home = site.root_page.localized.url_path.rstrip("/")
    ways = ["/".join([home, *parts[:count], ""]) for count in range(len(parts) + 1)]
    pages = visible_to(Page.objects.filter(url_path__in=ways), request.user).order_by("-depth")
    found = pages.values_list("pk", "content_type_id", "url_path").first()
    if found is None:
        raise Http404
    number, content_type, way = found
    rest = parts[ways.index(way) :]
    if rest and not _is_routable(content_type):
        raise Http404
    return number, content_type, rest


def _is_routable(content_type: int) -> bool:
    model = ContentType.objects.get_for_id(content_type).model_class()
    return model is not None and issubclass(model, RoutablePageMixin)


def route(request: HttpRequest, path: str) -> None:
    """Find the page and leave it where Wagtail looks for it; the way to it is kept with the edition, not the page.

    Raises `Http404` when there is none for this reader.
    """
    name = (request.get_host(), path, reading_of(request.user))
    number, content_type, rest = kept(request.user, "route", lambda: _find(request, path), *name)
    pages = _numbered(content_type)
    found: Any = pages.objects(number) if pages is not None else None
    if not found:
        raise Http404
    if rest:
        found[0].resolve_subpage(f"/{'/'.join(rest)}/")  # or there is no such part of the page
    if not hasattr(request, "_wagtail_route_for_request"):
        request._wagtail_route_for_request = found[0].route(request, rest)  # type: ignore[attr-defined]


@login_not_required
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """`/<path>/`: public or not by the rule of visibility, which `before_serve_page` asks."""
    route(request, path)
    response: HttpResponseBase = views.serve(request, path)
    return response
