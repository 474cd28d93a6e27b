"""The private pages of member NGOs."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from documents.models import Document
from intranet.access.clauses import Clauses
from intranet.access.policies import EXPLAIN_ACCESS, abilities
from intranet.access.queries import visible_to
from organizations.models import District, Organization, Representative
from organizations.readers import readers_of_organization
from pages.base import IntranetPage
from pages.members.admin_forms import MemberAdminForm
from pages.members.permissions import MemberPermissionTester
from pages.members.queries import readable_members

# What the light markup of the site's own editor can say (`pages.members.markup`), and no more.
BODY_FEATURES = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "document-link"]


class LetterScan(models.Model):
    """The scan of a letter of appointment; it is read by whoever may read the file."""

    mandate = models.OneToOneField(Representative, models.CASCADE, related_name="scan")
    document = models.OneToOneField(Document, models.CASCADE, related_name="+")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.document)


class MemberIndexPage(IntranetPage):
    """The member NGOs; each reader sees those that are open to him."""

    kind = "index"
    template = "members/member_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["members.MemberPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("index of member NGOs")
        verbose_name_plural = _("indexes of member NGOs")

    def permissions_for_user(self, user: Any) -> MemberPermissionTester:
        """HQ staff add NGOs' pages; editors of the rest of the tree do not."""
        return MemberPermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `members`: the pages that this reader may open, as `pages.members.queries` gives them."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["members"] = readable_members(self, request.user)
        return context


class MemberPage(IntranetPage):
    """A private page of one NGO, edited by its representative on the site itself."""

    kind = "member"
    readers_depend_on = ("organization__district",)
    personal_fields = ("contact",)
    base_form_class = MemberAdminForm
    template = "members/member_page.html"
    parent_page_types = ["members.MemberIndexPage"]
    subpage_types: list[str] = []

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="pages", verbose_name=_("organization")
    )
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    body = RichTextField(_("text"), blank=True, features=BODY_FEATURES)

    content_panels = [
        *IntranetPage.content_panels,
        FieldPanel("organization"),
        FieldPanel("contact"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("page of a member NGO")
        verbose_name_plural = _("pages of member NGOs")

    def clean(self) -> None:
        """The page stays its organisation's: given to another one it would open to strangers."""
        super().clean()
        kept = MemberPage.objects.filter(pk=self.pk).values_list("organization", flat=True).first()
        if kept is not None and kept != self.organization_id:
            raise ValidationError(
                {"organization": _("The page stays its organization's. Make another page for another one.")}
            )

    def permissions_for_user(self, user: Any) -> MemberPermissionTester:
        """Among those who enter the admin only HQ staff may do anything here, and that at once."""
        return MemberPermissionTester(user, self)

    def get_workflow(self) -> None:
        """No workflow: the page is its organisation's own, and reviewers may not read it."""

    @property
    def has_workflow(self) -> bool:
        """No workflow."""
        return False

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the organisation's files that this reader may open, and whether he may edit the page."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["documents"] = visible_to(
            Document.objects.filter(organization=self.organization_id)
            .exclude(audience=Document.Audience.ATTACHED)
            .order_by("-created_at"),
            request.user,
        )
        may = abilities(request.user, self)
        context["may_edit"] = "edit" in may
        context["may_explain"] = EXPLAIN_ACCESS in may
        if EXPLAIN_ACCESS in may:
            context["readers_url"] = reverse("access:page", args=[self.pk])
        return context

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
