"""Bylaws: a work, its dated versions, and the provisions derived from the source markup at publication."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from intranet.ui.templatetags.persian import jalali
from organizations.models import Body, District
from pages.base import IntranetPage
from pages.bylaws.amendments import Amendment
from pages.bylaws.citations import Citation
from pages.bylaws.panels import StructurePanel
from pages.bylaws.routes import BylawRoutes
from pages.listing import ListedPage
from search.records import Passage

__all__ = ["Amendment", "BylawIndexPage", "BylawPage", "BylawVersion", "Citation", "Provision", "version_on"]


class BylawIndexPage(IntranetPage):
    """All bylaws, by year and by letter."""

    kind = "index"
    template = "bylaws/bylaw_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["bylaws.BylawPage"]

    class Meta:
        verbose_name = _("index of bylaws")
        verbose_name_plural = _("indexes of bylaws")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The bylaws that this reader may see, as the address filters them."""
        from pages.bylaws.queries import index_of_bylaws

        return {**super().get_context(request, *args, **kwargs), **index_of_bylaws(self, request)}


class BylawPage(BylawRoutes, ListedPage):
    """A bylaw, directive or code of practice (آیین‌نامه، دستورالعمل، شیوه‌نامه).

    What a revision holds and a workflow approves is `source`; provisions are derived from it at publication.
    """

    class Kind(models.TextChoices):
        BYLAW = "bylaw", _("bylaw")
        DIRECTIVE = "directive", _("directive")
        CODE_OF_PRACTICE = "code_of_practice", _("code of practice")
        STATUTE = "statute", _("statute")

    class Status(models.TextChoices):
        IN_FORCE = "in_force", _("in force")
        NOT_YET = "not_yet", _("not yet in force")
        REPEALED = "repealed", _("repealed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    kind = "bylaw"
    readers_depend_on = ("district",)
    template = "bylaws/bylaw_page.html"
    parent_page_types = ["bylaws.BylawIndexPage"]
    subpage_types: list[str] = []
    register_code = "bylaws"

    bylaw_kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.BYLAW)
    number = models.CharField(
        _("number"),
        max_length=80,
        blank=True,
        editable=False,
        help_text=_("Given at approval; canonical form."),
    )
    issuer = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="bylaws", verbose_name=_("issuer")
    )
    subject = models.CharField(
        _("subject"), max_length=200, blank=True, help_text=_("One or two words, such as «participation».")
    )
    district = models.ForeignKey(
        District, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    approved_on = models.DateField(
        _("approved on"), null=True, blank=True, help_text=_("The day the issuer approved it.")
    )
    in_force_from = models.DateField(
        _("in force from"), null=True, blank=True, help_text=_("Empty: from the day of approval.")
    )
    repealed_on = models.DateField(
        _("repealed on"), null=True, blank=True, help_text=_("The day from which it no longer holds.")
    )
    text_from = models.DateField(
        _("this text holds from"),
        null=True,
        blank=True,
        help_text=_(
            "When a text is amended: the day from which the new words hold. Empty: the day they are published."
        ),
    )
    source = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "Plain text with its headings, each at the beginning of a line: chapters, articles («ماده ۱ـ»), "
            "provisos («تبصره ۱ـ») and clauses («الف ـ», «۱ـ»)."
        ),
    )

    file_sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    content_panels = [
        *IntranetPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("bylaw_kind"), FieldPanel("issuer")]),
                FieldRowPanel([FieldPanel("subject"), FieldPanel("district")]),
                FieldRowPanel(
                    [FieldPanel("approved_on"), FieldPanel("in_force_from"), FieldPanel("repealed_on")]
                ),
                FieldPanel("text_from"),
            ],
            heading=_("Particulars"),
        ),
        FieldPanel("source", widget=forms.Textarea(attrs={"rows": 28, "dir": "auto"})),
        StructurePanel(heading=_("What the text was understood as")),
        FieldPanel("erratum"),
    ]

    class Meta:
        verbose_name = _("bylaw")
        verbose_name_plural = _("bylaws")

    def clean(self) -> None:
        """Refuse dates that cannot follow each other."""
        super().clean()
        errors: dict[str, Any] = {}
        if self.approved_on and self.in_force_from and self.in_force_from < self.approved_on:
            errors["in_force_from"] = _("A text cannot be in force before it is approved.")
        begins = self.in_force_from or self.approved_on
        if begins and self.repealed_on and self.repealed_on < begins:
            errors["repealed_on"] = _("A text cannot be repealed before it is in force.")
        if self.pk and self.text_from and (reason := self._why_no_text_from(self.text_from)):
            errors["text_from"] = reason
        if errors:
            raise ValidationError(errors)

    def _why_no_text_from(self, day: datetime.date) -> str:
        """Why no version can begin on `day`, or "": what a later version said of that day is past and stays."""
        last = self.versions.order_by("-number").only("valid_from", "bylaw_id").first()
        published = BylawPage.objects.filter(pk=self.pk).values_list("text_from", flat=True).first()
        if last is None or day == published or day > last.valid_from:
            return ""
        return _("A version of %(day)s stands already; the next must begin after it.") % {
            "day": jalali(last.valid_from)
        }

    @property
    def status(self) -> "BylawPage.Status":
        """In force or not today, as its dates say."""
        today = timezone.localdate()
        begins = self.in_force_from or self.approved_on
        if self.withdrawn_on:
            return self.Status.WITHDRAWN
        if self.repealed_on and self.repealed_on <= today:
            return self.Status.REPEALED
        if begins and begins > today:
            return self.Status.NOT_YET
        return self.Status.IN_FORCE

    @property
    def current_version(self) -> "BylawVersion | None":
        """The text that holds today (before the first begins: the first), without its source."""
        versions = self.versions.defer("source")
        held = versions.filter(valid_from__lte=timezone.localdate()).order_by("-number").first()
        return held or versions.order_by("number").first()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The text in provisions, its contents, its versions, and what is near it."""
        from pages.bylaws.reading import reading_of_bylaw

        return {**super().get_context(request, *args, **kwargs), **reading_of_bylaw(self, request)}

    def get_passages(self) -> Iterable[Passage]:
        """The bylaw, then one passage an article and one a proviso, by their `eId`s."""
        from pages.bylaws.passages import passages_of_bylaw

        return passages_of_bylaw(self)

    def get_body_id(self) -> int | None:
        """The body that issued it."""
        return self.issuer_id

    def get_date(self) -> datetime.date | None:
        """The day of approval."""
        return self.approved_on

    def get_numbers(self) -> tuple[str, ...]:
        """Its registry number."""
        return (self.number,) if self.number else ()


class BylawVersion(models.Model):
    """The text as it stood from a day on: one row a publication."""

    bylaw = models.ForeignKey(BylawPage, models.CASCADE, related_name="versions", verbose_name=_("bylaw"))
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("from"))
    source = models.TextField(_("text"))
    source_sha256 = models.CharField(max_length=64)
    erratum = models.TextField(_("erratum note"), blank=True)
    is_correction = models.BooleanField(
        _("correction"), default=False, help_text=_("It puts right slips of the pen and amends nothing.")
    )
    preamble = models.TextField(editable=False, blank=True, help_text=_("What stands before the provisions."))
    html = models.TextField(editable=False, blank=True, help_text=_("The provisions as the page shows them."))
    contents = models.TextField(editable=False, blank=True, help_text=_("The table of contents."))
    published_at = models.DateTimeField(_("published"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a bylaw")
        verbose_name_plural = _("versions of bylaws")
        ordering = ["bylaw", "number"]
        constraints = [models.UniqueConstraint(fields=["bylaw", "number"], name="bylaws_version_number")]

    def __str__(self) -> str:
        return f"{self.bylaw} · {self.number}"


def version_on(versions: Sequence["BylawVersion"], day: datetime.date) -> "BylawVersion | None":
    """Of `versions`, the latest first, the one that holds on `day`; the first of all when none holds yet."""
    held = (version for version in versions if version.valid_from <= day)
    return next(held, versions[-1] if versions else None)


class Provision(models.Model):
    """A numbered part of a version: article, proviso, clause…, in one tree.

    Its dates are worked out from the versions before it (`derivation`): since when it has been there, and the
    day of its last change (None: never changed, or before the first version that is kept).
    """

    class Status(models.TextChoices):
        IN_FORCE = "in-force", _("in force")
        AMENDED = "amended", _("amended")
        ADDED = "added", _("added")
        REPEALED = "repealed", _("repealed")

    version = models.ForeignKey(
        BylawVersion, models.CASCADE, related_name="provisions", verbose_name=_("version")
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="children", verbose_name=_("part of")
    )
    order = models.PositiveIntegerField()
    eid = models.CharField("eId", max_length=200)
    kind = models.CharField(_("kind"), max_length=20)
    num = models.CharField(_("number as printed"), max_length=60, blank=True)
    number = models.CharField(_("canonical number"), max_length=60, blank=True)
    heading = models.CharField(_("heading"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    note = models.TextField(_("note of amendment"), blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.IN_FORCE)
    since = models.DateField(_("in the text since"), null=True)
    changed_on = models.DateField(_("last changed on"), null=True)

    class Meta:
        verbose_name = _("provision")
        verbose_name_plural = _("provisions")
        ordering = ["version", "order"]
        constraints = [models.UniqueConstraint(fields=["version", "eid"], name="bylaws_provision_eid")]

    def __str__(self) -> str:
        return f"{self.num} {self.heading}".strip()
