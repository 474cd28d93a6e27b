"""Pages of free text: what the institution is and does."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from intranet.access.queries import visible_to
from pages.base import IntranetPage
from pages.blocks import BodyBlock


class SectionPage(IntranetPage):
    """A page of free text, with pages below it."""

    kind = "section"
    template = "sections/section_page.html"
    parent_page_types = ["home.HomePage", "sections.SectionPage"]
    subpage_types = ["sections.SectionPage"]

    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [*IntranetPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The sections below this one, and those beside it, that this reader may open."""
        below = visible_to(SectionPage.objects.child_of(self).live(), request.user).defer("body")
        beside = SectionPage.objects.sibling_of(self, inclusive=True).live().filter(depth__gt=3)
        return {
            **super().get_context(request, *args, **kwargs),
            "below": below.order_by("path"),
            "beside": visible_to(beside, request.user).defer("body").order_by("path"),
        }
