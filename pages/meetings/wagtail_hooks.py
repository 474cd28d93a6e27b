"""What meetings add to the admin: minutes read from a file."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from pages.meetings.admin_views import ReadMinutesView
from pages.meetings.models import MeetingIndexPage


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """Where a file of minutes is read."""
    return [path("meetings/<int:pk>/from-file/", ReadMinutesView.as_view(), name="meetings_from_file")]


@hooks.register("register_page_header_buttons")
def read_from_file(
    page: Page, user: Any, view_name: str = "", next_url: str | None = None
) -> Iterator[Button]:
    """On the index of meetings, for who may add one."""
    if (
        isinstance(page.specific_deferred, MeetingIndexPage)
        and page.permissions_for_user(user).can_add_subpage()
    ):
        yield Button(
            _("Minutes from a file"),
            reverse("meetings_from_file", args=[page.pk]),
            icon_name="doc-full",
            priority=15,
        )
