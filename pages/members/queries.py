"""Which organisations' pages a reader may open."""

from typing import Any

from django.db.models import QuerySet
from wagtail.models import Page

from intranet.access.queries import visible_to


def readable_members(index: Page, user: Any) -> QuerySet[Any]:
    """The published pages below `index` that `user` may open, by name."""
    from pages.members.models import MemberPage

    pages = MemberPage.objects.child_of(index).live().select_related("organization__district")
    return visible_to(pages.order_by("title"), user)
