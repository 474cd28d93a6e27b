"""The front page of the site."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from pages.base import IntranetPage
from pages.blocks import BodyBlock


class HomePage(IntranetPage):
    """The front page: what waits for this reader, and what was decided lately."""

    kind = "home"
    template = "home/home_page.html"
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*IntranetPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What waits for this reader, what is his own, and what is new."""
        from pages.home.queries import front_page

        return {**super().get_context(request, *args, **kwargs), **front_page(request)}
