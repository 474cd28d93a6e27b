"""What the admin's screens of snippets share."""

from typing import Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet


class LocalizedSnippetViewSet(SnippetViewSet):
    """Snippets whose screens begin in the reader's language: Wagtail's say «Home» in that of the start."""

    @property
    def breadcrumbs_items(self) -> list[dict[str, Any]]:
        """The way to the lists."""
        return [{"url": reverse_lazy("wagtailadmin_home"), "label": _("Home")}]
