"""Memoranda of understanding: parties, clauses, and what each side owes."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from intranet.access.clauses import EVERYONE, SIGNED_IN, Clauses, any_of
from organizations.models import Body, Organization
from pages.base import IntranetPage
from pages.listing import ListedPage
from pages.memoranda.evidence import Evidence, Reminder
from search.records import Passage

__all__ = ["Evidence", "MemorandumIndexPage", "MemorandumPage", "Obligation", "Reminder"]


class MemorandumIndexPage(IntranetPage):
    """All memoranda."""

    kind = "index"
    template = "memoranda/memorandum_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["memoranda.MemorandumPage"]

    class Meta:
        verbose_name = _("index of memoranda")
        verbose_name_plural = _("indexes of memoranda")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The memoranda that this reader may see."""
        from pages.memoranda.queries import index_of_memoranda

        return {**super().get_context(request, *args, **kwargs), **index_of_memoranda(self, request)}


class MemorandumPage(ListedPage):
    """A memorandum (تفاهم‌نامه) between two sides."""

    kind = "memorandum"
    template = "memoranda/memorandum_page.html"
    parent_page_types = ["memoranda.MemorandumIndexPage"]
    subpage_types: list[str] = []
    register_code = "memoranda"

    number = models.CharField(_("number"), max_length=80, blank=True, editable=False)
    first_party = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("first party")
    )
    second_party = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second party")
    )
    committee = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memoranda",
        verbose_name=_("joint committee"),
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    is_public = models.BooleanField(
        _("open to everyone"), default=False, help_text=_("Otherwise to those who sign in.")
    )
    aims = models.TextField(_("aims"), blank=True, help_text=_("One aim a line."))
    source = models.TextField(
        _("text"), blank=True, help_text=_("Plain text with its headings, as for bylaws.")
    )

    content_panels = [
        *IntranetPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("first_party"), FieldPanel("second_party")]),
                FieldRowPanel([FieldPanel("signed_on"), FieldPanel("ends_on"), FieldPanel("is_public")]),
                FieldPanel("committee"),
            ],
            heading=_("Particulars"),
        ),
        FieldPanel("aims"),
        FieldPanel("source", widget=forms.Textarea(attrs={"rows": 20, "dir": "auto"})),
        InlinePanel("obligations", heading=_("Obligations"), label=_("obligation")),
        FieldPanel("erratum"),
    ]

    class Meta:
        verbose_name = _("memorandum")
        verbose_name_plural = _("memoranda")

    def clean(self) -> None:
        """Refuse a side that signs with itself and an end before the beginning."""
        super().clean()
        errors = {}
        if self.first_party_id and self.first_party_id == self.second_party_id:
            errors["second_party"] = _("The two parties are the same.")
        if self.signed_on and self.ends_on and self.ends_on < self.signed_on:
            errors["ends_on"] = _("A memorandum cannot end before it is signed.")
        if errors:
            raise ValidationError(errors)

    @property
    def has_ended(self) -> bool:
        """Whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < timezone.localdate()

    @property
    def aim_list(self) -> list[str]:
        """The aims, one by one, without the dashes they may have been typed with."""
        return [line.strip(" \t•-–ـ") for line in self.aims.splitlines() if line.strip(" \t•-–ـ")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Its clauses, and what each side owes."""
        from pages.memoranda.queries import reading_of_memorandum

        return {**super().get_context(request, *args, **kwargs), **reading_of_memorandum(self, request.user)}

    def get_passages(self) -> Iterable[Passage]:
        """The memorandum, each of its clauses, each obligation."""
        from pages.memoranda.passages import passages_of_memorandum

        return passages_of_memorandum(self)

    def live_readers(self) -> Clauses:
        """Everyone when it is public, otherwise everyone who signs in."""
        return EVERYONE if self.is_public else any_of(SIGNED_IN)

    def get_organization_id(self) -> int | None:
        """The side that is not the headquarters itself."""
        for party in (self.second_party, self.first_party):
            if party and party.kind != Organization.Kind.HEADQUARTERS:
                return party.pk
        return None

    def get_body_id(self) -> int | None:
        """The joint committee."""
        return self.committee_id

    def get_date(self) -> datetime.date | None:
        """The day of signature."""
        return self.signed_on

    def get_numbers(self) -> tuple[str, ...]:
        """Its registry number."""
        return (self.number,) if self.number else ()


class Obligation(Orderable):
    """What one side owes, or both (تعهد): once or again and again, with what tells that it was done.

    It is part of what a workflow approves. What was shown for it is kept apart (`Evidence`), under `reference`, which
    stays the same through all revisions.
    """

    class Obligor(models.TextChoices):
        FIRST = "first", _("first party")
        SECOND = "second", _("second party")
        JOINT = "joint", _("both parties")

    class Period(models.IntegerChoices):
        MONTH = 1, _("every month")
        QUARTER = 3, _("every three months")
        HALF = 6, _("every six months")
        YEAR = 12, _("every year")

    memorandum = ParentalKey(MemorandumPage, on_delete=models.CASCADE, related_name="obligations")
    reference = models.UUIDField(default=uuid.uuid4, editable=False)
    obligor = models.CharField(_("obligor"), max_length=10, choices=Obligor.choices)
    text = models.TextField(_("text"))
    clause = models.CharField(
        _("clause"),
        max_length=200,
        blank=True,
        help_text=_("The clause it follows from, as the text numbers it: «ماده ۲» or «بند ۱ ماده ۲»."),
    )
    indicator = models.CharField(
        _("indicator"), max_length=300, blank=True, help_text=_("By what one sees that it was done.")
    )
    owner = models.CharField(
        _("owner"), max_length=200, blank=True, help_text=_("The post or unit that answers for it.")
    )
    due_on = models.DateField(
        _("due"), null=True, blank=True, help_text=_("Of what is owed again and again, the first time.")
    )
    months = models.PositiveSmallIntegerField(_("again"), choices=Period.choices, null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("obligor"), FieldPanel("due_on"), FieldPanel("months")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("clause"), FieldPanel("owner"), FieldPanel("indicator")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")

    def __str__(self) -> str:
        return self.text[:80]

    def clean(self) -> None:
        """Refuse what is owed again and again from no day on."""
        super().clean()
        page = self.memorandum if self.memorandum_id else None
        if self.months and not self.due_on and not (page and page.signed_on):
            raise ValidationError({"due_on": _("Say when it is due for the first time.")})

    @property
    def sides(self) -> list[str]:
        """The sides that owe it: the obligor, or both."""
        return list(Evidence.Side.values) if self.obligor == self.Obligor.JOINT else [self.obligor]

    @property
    def anchor(self) -> str:
        """The fragment by which the page links to the obligation: its side, and its place in the list."""
        return f"obligation-{self.obligor}-{self.sort_order if self.sort_order is not None else self.pk}"
