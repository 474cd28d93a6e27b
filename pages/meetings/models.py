"""Meetings with their agenda, attendance and minutes, and the resolutions they passed."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable

from intranet.access.clauses import EVERYONE, Clauses, any_of
from intranet.accounts.roles import Role, role_token
from intranet.ui.numerals import to_ascii
from organizations.models import Body, District
from organizations.tokens import on_body, secretary_of
from pages.base import IntranetPage
from pages.blocks import BodyBlock
from pages.listing import ListedPage
from pages.meetings.forms import MeetingForm
from pages.meetings.panels import SourceLinePanel, SourcePanel
from pages.plain_text import from_stream
from search.records import Passage

CLOSED_SESSION_ROLES = (
    Role.EDITOR,
    Role.LEGAL_REVIEWER,
    Role.COUNCIL_MEMBER,
    Role.HQ_STAFF,
    Role.AUDITOR,
)


class MeetingIndexPage(RoutablePageMixin, IntranetPage):
    """All meetings, by year and by body, and the register of all resolutions."""

    kind = "index"
    template = "meetings/meeting_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["meetings.MeetingPage"]

    class Meta:
        verbose_name = _("index of meetings")
        verbose_name_plural = _("indexes of meetings")

    @path("")
    def meetings(self, request: HttpRequest) -> HttpResponse:
        """The meetings that this reader may see."""
        from pages.meetings.queries import index_of_meetings

        return self.render(request, context_overrides=index_of_meetings(self, request))

    @path("resolutions/", name="resolutions")
    def resolutions(self, request: HttpRequest) -> HttpResponse:
        """The register of the resolutions that this reader may see."""
        from pages.meetings.queries import register_of_resolutions

        return self.render(
            request,
            context_overrides=register_of_resolutions(self, request),
            template="meetings/resolution_register.html",
        )


class MeetingPage(ListedPage):
    """A meeting of a body and its minutes (صورتجلسه)."""

    class Openness(models.TextChoices):
        OPEN = "open", _("open session")
        CLOSED = "closed", _("closed session")

    kind = "minutes"
    readers_depend_on = ("body__district",)
    personal_fields = ("attendances",)
    template = "meetings/meeting_page.html"
    parent_page_types = ["meetings.MeetingIndexPage"]
    subpage_types: list[str] = []
    register_code = "minutes"

    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("body")
    )
    number = models.CharField(_("number"), max_length=80, blank=True, editable=False)
    session_number = models.CharField(
        _("session"), max_length=40, blank=True, help_text=_("As the body counts its sessions.")
    )
    held_on = models.DateField(_("held on"), null=True, blank=True)
    begins_at = models.TimeField(_("began at"), null=True, blank=True)
    ends_at = models.TimeField(_("ended at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    openness = models.CharField(
        _("openness"),
        max_length=10,
        choices=Openness.choices,
        default=Openness.OPEN,
        help_text=_("The minutes of a closed session are read by the body and by those who work with it."),
    )
    minutes = StreamField(BodyBlock(), verbose_name=_("minutes"), blank=True)
    source = models.TextField(blank=True, editable=False)
    file_sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    content_panels = [
        SourcePanel(heading=_("Read from a file")),
        *IntranetPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("body"), FieldPanel("session_number"), FieldPanel("openness")]),
                FieldRowPanel([FieldPanel("held_on"), FieldPanel("begins_at"), FieldPanel("ends_at")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("theme")]),
            ],
            heading=_("Particulars"),
        ),
        InlinePanel("attendances", heading=_("Attendance"), label=_("person or post")),
        InlinePanel("agenda_items", heading=_("Agenda"), label=_("item")),
        FieldPanel("minutes"),
        InlinePanel("resolutions", heading=_("Resolutions"), label=_("resolution")),
        FieldPanel("erratum"),
    ]
    base_form_class = MeetingForm

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    @cached_property
    def source_lines(self) -> list[str]:
        """The lines of the file that the minutes were read from."""
        return self.source.splitlines()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save; a resolution is known by its number, so what follows from it stays when another revision comes."""
        from pages.meetings.keeping import keep_resolutions

        only = kwargs.get("update_fields")
        if only is None or "resolutions" in only:
            keep_resolutions(self)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a meeting that ended before it began."""
        super().clean()
        if self.begins_at and self.ends_at and self.ends_at < self.begins_at:
            raise ValidationError({"ends_at": _("A meeting cannot end before it begins.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Who was there, what was decided, and the meetings before and after."""
        from pages.meetings.queries import reading_of_meeting

        return {**super().get_context(request, *args, **kwargs), **reading_of_meeting(self, request)}

    def get_body(self) -> str:
        """Theme, place, agenda and minutes, for search."""
        agenda = [item.title for item in self.agenda_items.all()]
        body = [self.body.name] if self.body else []
        return "\n".join(filter(None, [*body, self.theme, self.place, *agenda, from_stream(self.minutes)]))

    def get_passages(self) -> Iterable[Passage]:
        """The minutes, then each resolution with its own number."""
        if self.withdrawn_on:
            yield self.page_passage(self.withdrawal_note, status="withdrawn")
            return
        yield self.page_passage(self.get_body())
        for resolution in self.resolutions.all():
            actors = filter(None, [resolution.core_actors, resolution.supporting_actors])
            yield Passage(
                anchor=resolution.anchor,
                kind="resolution",
                title=resolution.title,
                body="\n".join([resolution.text, *actors]),
                numbers=(resolution.canonical_number,) if resolution.number else (),
                status=resolution.outcome,
            )

    def live_readers(self) -> Clauses:
        """Everyone for an open session; for a closed one those who work with it and the body's own members."""
        return EVERYONE if self.openness == self.Openness.OPEN else self._closed_readers()

    def draft_readers(self) -> Clauses | None:
        """The readers of drafts; of a closed session its own readers and its author."""
        if self.openness == self.Openness.OPEN:
            return super().draft_readers()
        return self._closed_readers(*([f"user:{self.owner_id}"] if self.owner_id else []))

    def _closed_readers(self, *more: str) -> Clauses:
        tokens = [role_token(role) for role in CLOSED_SESSION_ROLES]
        if self.body_id:
            tokens.append(on_body(self.body_id))
        district = self.get_district()
        if district is not None:
            tokens.append(secretary_of(district.number))
        return any_of(*tokens, *more)

    def get_district(self) -> District | None:
        """The district of the body that met."""
        return self.body.district if self.body else None

    def get_body_id(self) -> int | None:
        """The body that met."""
        return self.body_id

    def get_date(self) -> datetime.date | None:
        """The day of the meeting."""
        return self.held_on

    def get_numbers(self) -> tuple[str, ...]:
        """The registry number of the minutes."""
        return (self.number,) if self.number else ()


class Attendance(Orderable):
    """Somebody's presence or absence, by name or by post."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")
        EXCUSED = "excused", _("absent, excused")
        ABSENT = "absent", _("absent")
        GUEST = "guest", _("guest")

    meeting = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="attendances")
    name = models.CharField(_("name or post"), max_length=200)
    role = models.CharField(_("role in the meeting"), max_length=100, blank=True)
    presence = models.CharField(
        _("presence"), max_length=10, choices=Presence.choices, default=Presence.PRESENT
    )
    source_line = models.PositiveIntegerField(null=True, blank=True, editable=False)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("role"), FieldPanel("presence")]),
        SourceLinePanel(),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")

    def __str__(self) -> str:
        return self.name


class AgendaItem(Orderable):
    """A point of the agenda."""

    meeting = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="agenda_items")
    title = models.CharField(_("title"), max_length=300)
    proposer = models.CharField(_("proposer"), max_length=150, blank=True)
    source_line = models.PositiveIntegerField(null=True, blank=True, editable=False)

    panels = [FieldPanel("title"), FieldPanel("proposer"), SourceLinePanel()]

    class Meta(Orderable.Meta):
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")

    def __str__(self) -> str:
        return self.title


class Resolution(Orderable):
    """A decision that the meeting took (مصوبه)."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("passed")
        AMENDED = "amended", _("passed as amended")
        REJECTED = "rejected", _("rejected")
        POSTPONED = "postponed", _("postponed")
        REFERRED = "referred", _("referred")

    meeting = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="resolutions")
    number = models.CharField(
        _("number"), max_length=40, help_text=_("As the body numbers its resolutions; once in a meeting.")
    )
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, default=Outcome.PASSED)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    core_actors = models.CharField(
        _("core actors"), max_length=300, blank=True, help_text=_("Separate names with «،».")
    )
    supporting_actors = models.CharField(
        _("supporting actors"), max_length=300, blank=True, help_text=_("Separate names with «،».")
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    source_line = models.PositiveIntegerField(null=True, blank=True, editable=False)

    panels = [
        SourceLinePanel(),
        FieldRowPanel([FieldPanel("number"), FieldPanel("outcome"), FieldPanel("due_on")]),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("votes_for"), FieldPanel("votes_against"), FieldPanel("abstentions")]),
        FieldRowPanel([FieldPanel("core_actors"), FieldPanel("supporting_actors")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def canonical_number(self) -> str:
        """Its number in ASCII digits, without spaces."""
        return re.sub(r"\s+", "", to_ascii(self.number))

    @property
    def anchor(self) -> str:
        """The fragment by which the page links to the resolution: its number, which stays through corrections."""
        return "resolution-" + (
            re.sub(r"[^\w]+", "-", self.canonical_number).strip("-") or str(self.sort_order)
        )

    @property
    def has_votes(self) -> bool:
        """Whether a count of votes was written down."""
        return self.votes_for is not None or self.votes_against is not None or self.abstentions is not None

    @property
    def core_actor_list(self) -> list[str]:
        """The core actors, one by one."""
        return _names(self.core_actors)

    @property
    def supporting_actor_list(self) -> list[str]:
        """The supporting actors, one by one."""
        return _names(self.supporting_actors)


def _names(text: str) -> list[str]:
    return [name.strip() for name in re.split(r"[،؛;\n]", text) if name.strip()]
