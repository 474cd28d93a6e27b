"""The standing of a resolution, its follow-ups, and what shows that they were done."""

import datetime
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.models import Body, Organization, Person
from pages.following import standing
from pages.meetings.models import Resolution

IN_EFFECT = (Resolution.Outcome.PASSED, Resolution.Outcome.AMENDED)


def _user(label: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=label
    )


class StandingState(models.TextChoices):
    """Where a resolution stands, by the names that people read."""

    NO_EFFECT = standing.State.NO_EFFECT.value, _("not passed")
    NOT_NOTIFIED = standing.State.NOT_NOTIFIED.value, _("not notified yet")
    OBJECTION_PERIOD = standing.State.OBJECTION_PERIOD.value, _("in the objection period")
    STOPPED = standing.State.STOPPED.value, _("stopped by an objection")
    ANNULLED = standing.State.ANNULLED.value, _("annulled")
    BINDING = standing.State.BINDING.value, _("binding")


class Standing(models.Model):
    """When a resolution was notified, and what became of an objection. Where it stands follows from the dates."""

    resolution = models.OneToOneField(Resolution, models.CASCADE, related_name="standing")
    notified_on = models.DateField(_("notified on"))
    objection_days = models.PositiveSmallIntegerField(_("objection period, in days"))
    notified_by = _user(_("notified by"))
    objected_on = models.DateField(_("objected on"), null=True, blank=True)
    objector = models.CharField(_("who objects"), max_length=200, blank=True)
    objection = models.TextField(_("objection"), blank=True)
    objection_by = _user(_("objection recorded by"))
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    upheld = models.BooleanField(_("objection upheld"), default=False)
    settlement = models.TextField(_("how the objection was settled"), blank=True)
    settled_by = _user(_("settled by"))

    class Meta:
        verbose_name = _("standing of a resolution")
        verbose_name_plural = _("standings of resolutions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_by=None) | Q(objection_by=None) | ~Q(settled_by=models.F("objection_by")),
                name="following_settled_by_another",
            )
        ]

    def __str__(self) -> str:
        return str(self.resolution)

    @property
    def last_day(self) -> datetime.date:
        """The last day on which one may object."""
        return self.notified_on + datetime.timedelta(days=self.objection_days)


def standing_of(resolution: Resolution) -> Standing | None:
    """What was written down of the resolution, if anything."""
    return getattr(resolution, "standing", None)


def state_of(resolution: Resolution, day: datetime.date | None = None) -> StandingState:
    """Where `resolution` stands on a day (today)."""
    row = standing_of(resolution)
    found = standing.state_on(
        day or timezone.localdate(),
        passed=resolution.outcome in IN_EFFECT,
        notified_on=row.notified_on if row else None,
        days=row.objection_days if row else 0,
        objected_on=row.objected_on if row else None,
        settled_on=row.settled_on if row else None,
        upheld=row.upheld if row else False,
    )
    return StandingState(found.value)


def binding_since(resolution: Resolution) -> datetime.date | None:
    """The first day on which the resolution binds, as far as it is known."""
    row = standing_of(resolution)
    if row is None or resolution.outcome not in IN_EFFECT:
        return None
    dates = (row.notified_on, row.objection_days, row.objected_on, row.settled_on)
    return standing.binding_from(*dates, upheld=row.upheld)


class FollowUp(models.Model):
    """Something to be done for a resolution: whose it is, until when, how heavy it weighs, how far it is."""

    resolution = models.ForeignKey(
        Resolution, models.CASCADE, related_name="follow_ups", verbose_name=_("resolution")
    )
    title = models.CharField(_("what is to be done"), max_length=300)
    owner_body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("body")
    )
    owner_organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("organization"),
    )
    owner_person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name=_("person")
    )
    due_on = models.DateField(_("due"))
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    progress = models.PositiveSmallIntegerField(_("progress"), default=0, validators=[MaxValueValidator(100)])
    is_public = models.BooleanField(_("shown to everyone"), default=False)
    begun_on = models.DateField(_("begun"), default=timezone.localdate)
    done_on = models.DateField(_("done"), null=True, blank=True)
    last_evidence_on = models.DateField(_("last evidence"), null=True, blank=True)
    made_by = _user(_("entered by"))

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(owner_body__isnull=False, owner_organization=None, owner_person=None)
                    | Q(owner_body=None, owner_organization__isnull=False, owner_person=None)
                    | Q(owner_body=None, owner_organization=None, owner_person__isnull=False)
                ),
                name="following_one_owner",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="following_progress"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its own page."""
        return reverse("following:follow_up", args=[self.pk])

    @property
    def owner(self) -> Any:
        """The body, organisation or person whose it is."""
        return self.owner_body or self.owner_organization or self.owner_person

    @property
    def is_overdue(self) -> bool:
        """Whether it should be done by today and is not."""
        return standing.is_overdue(timezone.localdate(), self.due_on, self.done_on)

    @property
    def lacks_evidence(self) -> bool:
        """«بدون مدرک شش‌ماهه»."""
        dates = (self.begun_on, self.done_on, self.last_evidence_on)
        return standing.lacks_evidence(timezone.localdate(), *dates)


class Evidence(models.Model):
    """What shows that a follow-up goes on or is done; another person accepts it."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("evidence", "waits")
        ACCEPTED = "accepted", pgettext_lazy("evidence", "accepted")
        DECLINED = "declined", pgettext_lazy("evidence", "declined")

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="evidence")
    text = models.TextField(_("what was done"))
    number = models.CharField(_("number of the letter or document"), max_length=80, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    on = models.DateField(_("date"))
    progress = models.PositiveSmallIntegerField(_("progress"), validators=[MaxValueValidator(100)])
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_by = _user(_("reported by"))
    made_at = models.DateTimeField(auto_now_add=True)
    decided_by = _user(_("decided by"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("pieces of evidence")
        ordering = ["-on", "-pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(made_by=None) | ~Q(decided_by=models.F("made_by")),
                name="following_evidence_four_eyes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.follow_up} · {self.pk}"
