"""What every page family shares. No family imports another through this file."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from intranet.access.clauses import EVERYONE, Clauses, any_of
from intranet.access.editions import kept
from intranet.access.queries import reading_of, visible_to
from intranet.accounts.roles import Role, has_role, role_token
from intranet.ui.panels import JalaliPublishingPanel
from organizations.models import District
from organizations.tokens import secretary_of
from pages.keeping import keeping
from pages.permissions import ReadersPagePermissionTester
from pages.plain_text import of_field
from search.records import Passage
from workflows.forms import ModeratedPageForm

DRAFT_ROLES = (Role.EDITOR, Role.HQ_STAFF, Role.LEGAL_REVIEWER, Role.COUNCIL_MEMBER, Role.AUDITOR)


class IntranetPage(Page):
    """A page of the site: a summary, who may read it, and what it offers to search.

    `kind` is the family's code, for search and for lists.
    """

    kind = "page"
    readers_depend_on: tuple[str, ...] = ()  # the relations that `live_readers` and `draft_readers` follow
    personal_fields: tuple[str, ...] = ()  # fields about people: sealed in the record of edits

    summary = models.TextField(
        _("summary"), blank=True, max_length=500, help_text=_("Two lines, shown in lists and search results.")
    )
    erratum = models.TextField(
        _("erratum note"),
        blank=True,
        max_length=500,
        help_text=_("When a published text is corrected: what was wrong and what it says now."),
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    withdrawal_note = models.TextField(
        _("withdrawal note"),
        blank=True,
        max_length=500,
        editable=False,
        help_text=_("The notice that stays at the address of a withdrawn text."),
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    settings_panels = [JalaliPublishingPanel()]
    promote_panels = [FieldPanel("slug"), FieldPanel("show_in_menus")]
    show_in_menus_default = False
    private_page_options = ["login", "groups"]  # a shared password is nobody's right
    base_form_class = ModeratedPageForm
    # Found in the admin by its numbers too, however they are spaced.
    search_fields = [
        *Page.search_fields,
        index.SearchField("registry_numbers"),
        index.AutocompleteField("registry_numbers"),
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> ReadersPagePermissionTester:
        """What `user` may do in Wagtail's admin, within what he may read and less what a workflow does."""
        return ReadersPagePermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What every page's template may use besides the page: `trail`, for the breadcrumbs, and `keeping`."""
        above = super().get_context(request, *args, **kwargs)
        return {
            **above,
            **keeping(request),
            "trail": self.get_trail(request),
            "readers_url": self.get_readers_url(request.user),
        }

    def get_readers_url(self, user: Any) -> str:
        """Where to see who reads the page, for whom it is part of the daily work; empty for the others."""
        daily = has_role(user, Role.HQ_STAFF, Role.AUDITOR)
        return reverse("access:page", args=[self.pk]) if daily and self.depth > 1 else ""

    def get_trail(self, request: HttpRequest) -> list[dict[str, str]]:
        """The way from the front page to here: dicts of title and url, of what this reader may open."""
        if self.depth <= 2:
            return []
        user = request.user

        def above() -> list[dict[str, str]]:
            ancestors = visible_to(self.get_ancestors().filter(depth__gt=1).live(), user).order_by("path")
            return [
                {
                    "title": str(_("Home")) if page.depth == 2 else page.title,
                    "url": page.get_url(request) or "",
                }
                for page in ancestors
            ]

        parent = self.path[: -self.steplen]
        trail = kept(user, "trail", above, parent, request.get_host(), reading_of(user))
        return [*trail, {"title": self.title, "url": ""}] if trail else []

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """The restrictions on the page's path; none while it is served, since the one rule has weighed them then.

        Wagtail would ask them a second time, by its own lights: it knows no grants.
        """
        if getattr(self, "is_let_through", False):
            return PageViewRestriction.objects.none()
        restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions

    def live_readers(self) -> Clauses:
        """Who may read the published page, restrictions of the tree aside."""
        return EVERYONE

    def draft_readers(self) -> Clauses | None:
        """Who may read the draft: its author, those who write and review, the district's own office."""
        tokens = [role_token(role) for role in DRAFT_ROLES]
        if self.owner_id:
            tokens.append(f"user:{self.owner_id}")
        district = self.get_district()
        if district is not None:
            tokens.append(secretary_of(district.number))
        return any_of(*tokens)

    def get_district(self) -> District | None:
        """The district the page is about, if one."""
        return getattr(self, "district", None)

    def get_kind(self) -> str:
        """The page's kind in lists and facets."""
        return self.kind

    def get_date(self) -> Any:
        """The date that counts for the page: of approval, of the meeting, of the news."""
        return None

    def get_numbers(self) -> tuple[str, ...]:
        """Registry numbers by which the page is known, canonical form."""
        return ()

    def registry_numbers(self) -> str:
        """Its numbers, for Wagtail's own index."""
        return " ".join(self.get_numbers())

    def get_organization_id(self) -> int | None:
        """The organisation the page belongs to, if one."""
        return None

    def get_body_id(self) -> int | None:
        """The council, committee or other body the page comes from, if one."""
        return None

    def get_passages(self) -> Iterable[Passage]:
        """The passages that search finds, the page itself first."""
        if self.withdrawn_on:
            yield self.page_passage(self.withdrawal_note, status="withdrawn")
        else:
            yield self.page_passage(self.get_body())

    def get_body(self) -> str:
        """The page's own words, as plain text, for search."""
        body = getattr(self, "body", None)
        return of_field(body) if body else ""

    def page_passage(self, *parts: str, status: str = "") -> Passage:
        """The passage of the page itself: its summary, then what the family adds."""
        words = "\n".join(part for part in (self.summary, *parts) if part)
        return Passage(anchor="", kind=self.get_kind(), title=self.title, body=words, status=status)
