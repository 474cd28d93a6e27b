"""Pages of free text: what the institution is and does."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

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
