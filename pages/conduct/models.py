"""A meeting from its invitation to its notified minutes: who came, what was put to the vote, what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.deciding import Count
from organizations.deciding_words import Majority
from organizations.models import Body, Person
from pages.meetings.models import MeetingPage, Resolution


def _person(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=label
    )


class Meeting(models.Model):
    """A meeting of a body. When it is opened, the body's rule of that day is written down with it."""

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("state of a meeting", "invited")
        FINAL_AGENDA = "final_agenda", pgettext_lazy("state of a meeting", "final agenda")
        HELD = "held", pgettext_lazy("state of a meeting", "held")
        DRAFT_MINUTES = "draft_minutes", pgettext_lazy("state of a meeting", "draft minutes")
        CORRECTION = "correction", pgettext_lazy("state of a meeting", "correction period")
        APPROVED = "approved", pgettext_lazy("state of a meeting", "approved")
        NOTIFIED = "notified", pgettext_lazy("state of a meeting", "notified")

    body = models.ForeignKey(Body, models.PROTECT, related_name="conducted_meetings", verbose_name=_("body"))
    title = models.CharField(_("title"), max_length=200)
    session_number = models.CharField(_("session"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.INVITED)
    day = models.DateField(_("held on"))
    begins_at = models.TimeField(_("began at"), null=True, blank=True)
    ends_at = models.TimeField(_("ended at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    openness = models.CharField(
        _("openness"),
        max_length=10,
        choices=MeetingPage.Openness.choices,
        default=MeetingPage.Openness.OPEN,
    )
    minutes = models.TextField(_("course of the meeting"), blank=True)
    rule_members = models.PositiveSmallIntegerField(null=True)
    rule_quorum = models.PositiveSmallIntegerField(null=True)
    rule_majority = models.CharField(max_length=30, choices=Majority.choices, blank=True)
    called_by = _person(_("called by"))
    written_by = _person(_("minutes written by"))
    made_at = models.DateTimeField(auto_now_add=True)
    approvable_from = models.DateField(_("corrections until"), null=True)
    approved_by = _person(_("approved by"))
    approved_at = models.DateTimeField(_("approved on"), null=True)
    frozen = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    page = models.OneToOneField(
        MeetingPage, models.SET_NULL, null=True, related_name="conducted", verbose_name=_("published minutes")
    )
    notified_at = models.DateTimeField(_("notified on"), null=True)

    class Meta:
        verbose_name = _("meeting in progress")
        verbose_name_plural = _("meetings in progress")
        ordering = ["-day", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | models.Q(written_by=None)
                | ~models.Q(approved_by=models.F("written_by")),
                name="conduct_meeting_four_eyes",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("conduct:meeting", args=[self.pk])


class Attendee(models.Model):
    """Somebody who is expected, or came as a guest. Who sent a proxy counts as present."""

    class Presence(models.TextChoices):
        PRESENT = "present", _("present")
        PROXY = "proxy", _("by proxy")
        EXCUSED = "excused", _("absent, excused")
        ABSENT = "absent", _("absent")
        GUEST = "guest", _("guest")

    IN_THE_ROOM = (Presence.PRESENT, Presence.PROXY)

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("name or post"), max_length=200)
    role = models.CharField(_("role in the meeting"), max_length=100, blank=True)
    voting = models.BooleanField(_("has a vote"), default=False)
    presence = models.CharField(_("presence"), max_length=10, choices=Presence.choices, blank=True)
    proxy = models.CharField(_("proxy"), max_length=150, blank=True)
    came_at = models.TimeField(_("came at"), null=True, blank=True)
    left_at = models.TimeField(_("left at"), null=True, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def counts(self) -> bool:
        """Whether he counts for quorum and votes."""
        return self.voting and self.presence in self.IN_THE_ROOM


class Item(models.Model):
    """A point of the agenda and the decision on it. Of a secret vote there are numbers only (ADR 11)."""

    class Manner(models.TextChoices):
        NUMBER = "number", _("by number")
        NAME = "name", _("by name")
        SECRET = "secret", _("secret")

    class Proposal(models.TextChoices):
        AS_IT_IS = "as_it_is", _("vote on the text")
        AMENDED = "amended", _("vote on the text as amended")
        POSTPONE = "postpone", _("put off")
        REFER = "refer", _("refer")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=300)
    proposer = models.CharField(_("proposer"), max_length=150, blank=True)
    text = models.TextField(_("text of the decision"), blank=True)
    manner = models.CharField(
        _("manner of voting"), max_length=10, choices=Manner.choices, default=Manner.NUMBER
    )
    proposal = models.CharField(
        _("what is decided"), max_length=10, choices=Proposal.choices, default=Proposal.AS_IT_IS
    )
    in_favour = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    core_actors = models.CharField(_("core actors"), max_length=300, blank=True)
    supporting_actors = models.CharField(_("supporting actors"), max_length=300, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Resolution.Outcome.choices, blank=True, editable=False
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["order", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.title

    @property
    def counted(self) -> Count | None:
        """The numbers that were written down; None while none was."""
        numbers = (self.in_favour, self.against, self.abstained)
        return None if numbers == (None, None, None) else Count(*(number or 0 for number in numbers))


class Ballot(models.Model):
    """How one person voted, where the vote is by name."""

    class Choice(models.TextChoices):
        FOR = "for", _("for")
        AGAINST = "against", _("against")
        ABSTAIN = "abstain", _("abstains")

    item = models.ForeignKey(Item, models.CASCADE, related_name="ballots")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="ballots")
    choice = models.CharField(_("vote"), max_length=10, choices=Choice.choices)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["item", "attendee"], name="conduct_ballot_once")]

    def __str__(self) -> str:
        return f"{self.item_id}:{self.attendee_id}"


class Correction(models.Model):
    """Other words that somebody who was there proposes for the minutes: where, what stood there, what should."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the secretary")
        ACCEPTED = "accepted", pgettext_lazy("correction", "accepted")
        DECLINED = "declined", pgettext_lazy("correction", "declined")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    was = models.TextField(blank=True)
    now = models.TextField(blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    made_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("proposed correction")
        verbose_name_plural = _("proposed corrections")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("author")),
                name="conduct_correction_four_eyes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.key}"
