"""The door of every page: it asks the one rule of visibility, and nothing else opens it."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.models import Page

from intranet.access.queries import can_see
from pages.permissions import narrowed


@hooks.register("before_serve_page", order=0)
def ask_the_rule(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Refuse a page that the reader may not see; ask an anonymous reader to sign in."""
    request.served_page = page  # type: ignore[attr-defined]
    if can_see(request.user, page):
        page.is_let_through = True
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choose_among_readable(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The choosers offer what the person may read; they ask no permission of their own."""
    return narrowed(pages, request.user)


@hooks.register("construct_homepage_summary_items", order=1000)
def count_what_is_readable(request: HttpRequest, items: list[Any]) -> None:
    """The admin's front page counts every page, private ones too: leave the count out."""
    items[:] = [item for item in items if not isinstance(item, PagesSummaryItem)]
