"""The private pages of member NGOs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from intranet.access.clauses import Clauses
from organizations.models import District, Organization
from organizations.readers import readers_of_organization
from pages.base import IntranetPage


class MemberIndexPage(IntranetPage):
    """The member NGOs; each reader sees those that are open to him."""

    kind = "index"
    template = "members/member_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["members.MemberPage"]

    class Meta:
        verbose_name = _("index of member NGOs")
        verbose_name_plural = _("indexes of member NGOs")


class MemberPage(IntranetPage):
    """A private page of one NGO, edited by its representative on the site itself."""

    kind = "member"
    template = "members/member_page.html"
    parent_page_types = ["members.MemberIndexPage"]
    subpage_types: list[str] = []

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="pages", verbose_name=_("organization")
    )
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    body = RichTextField(_("text"), blank=True)

    content_panels = [
        *IntranetPage.content_panels,
        FieldPanel("organization"),
        FieldPanel("contact"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("page of a member NGO")
        verbose_name_plural = _("pages of member NGOs")

    def live_readers(self) -> Clauses:
        """The NGO's own people, its district's secretary, HQ staff, auditors."""
        return readers_of_organization(self.organization)

    def draft_readers(self) -> Clauses:
        """The same people."""
        return readers_of_organization(self.organization)

    def get_district(self) -> District | None:
        """The NGO's district."""
        return self.organization.district

    def get_organization_id(self) -> int:
        """The NGO."""
        return self.organization_id
