"""The door of every page: it asks the one rule of visibility, and nothing else opens it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from intranet.access.policies import EXPLAIN_ACCESS, abilities
from intranet.access.queries import can_see
from intranet.access.readings import note_reading
from pages.permissions import narrowed


@hooks.register("before_serve_page", order=0)
def ask_the_rule(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """For who may not see the page there is none."""
    if not can_see(request.user, page):
        raise Http404
    request.served_page = page  # type: ignore[attr-defined]
    page.is_let_through = True
    note_reading(request.user, page, "page.read")


@hooks.register("construct_page_chooser_queryset")
def choose_among_readable(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The choosers offer what the person may read; they ask no permission of their own."""
    return narrowed(pages, request.user)


@hooks.register("construct_homepage_summary_items", order=1000)
def count_what_is_readable(request: HttpRequest, items: list[Any]) -> None:
    """The admin's front page counts every page, private ones too: leave the count out."""
    items[:] = [item for item in items if not isinstance(item, PagesSummaryItem)]


@hooks.register("register_page_header_buttons")
def link_to_readers(
    page: Page, user: Any, view_name: str = "", next_url: str | None = None
) -> Iterator[Button]:
    """From the page's editor to the list of its readers, for whoever may see them."""
    if page.depth > 1 and EXPLAIN_ACCESS in abilities(user, page.specific):
        yield Button(_("Who can read"), reverse("access:page", args=[page.pk]), icon_name="lock", priority=55)
