"""The pages of the district secretariats."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from organizations.models import District
from pages.base import IntranetPage
from pages.blocks import BodyBlock


class DistrictIndexPage(IntranetPage):
    """All district secretariats."""

    kind = "index"
    template = "districts/district_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["districts.DistrictPage"]

    class Meta:
        verbose_name = _("index of districts")
        verbose_name_plural = _("indexes of districts")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The secretariats that this reader may open, by number."""
        from pages.districts.queries import secretariats

        return {**super().get_context(request, *args, **kwargs), **secretariats(self, request)}


class DistrictPage(IntranetPage):
    """The secretariat of one district, kept by its own secretary."""

    kind = "district"
    readers_depend_on = ("district",)
    template = "districts/district_page.html"
    parent_page_types = ["districts.DistrictIndexPage"]
    subpage_types: list[str] = []

    district = models.ForeignKey(District, models.PROTECT, related_name="pages", verbose_name=_("district"))
    address = models.CharField(_("address"), max_length=300, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("office hours"), max_length=150, blank=True)
    priorities = models.TextField(
        _("priority issues"), blank=True, help_text=_("One issue a line, the first first.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    content_panels = [
        *IntranetPage.content_panels,
        FieldPanel("district"),
        MultiFieldPanel(
            [FieldPanel("address"), FieldPanel("telephone"), FieldPanel("email"), FieldPanel("hours")],
            heading=_("Secretariat"),
        ),
        FieldPanel("priorities"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("district secretariat")
        verbose_name_plural = _("district secretariats")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The district's neighbourhoods, its members' pages, and what is new in it."""
        from pages.districts.queries import secretariat

        return {**super().get_context(request, *args, **kwargs), **secretariat(self, request)}

    def get_body(self) -> str:
        """Its text, its priorities and where it is found."""
        return "\n".join(filter(None, [super().get_body(), self.priorities, self.address, self.telephone]))
