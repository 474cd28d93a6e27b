"""A mandate: the letter of appointment by which a person acts for an organisation, and what it lets him do.

A letter is filed by one person and approved by another, who is HQ staff; until then it gives nothing. So is a
membership that somebody adds by himself, for it opens private files as a letter does.
"""

import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.dated import Dated, EndableQuerySet


class MandateState(models.TextChoices):
    """Where a letter stands."""

    WAITING = "waiting", _("waits for approval")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class MandateQuerySet(EndableQuerySet):
    """Mandates that count: approved ones, between their days, until the hour at which they were ended."""

    def current(
        self, today: datetime.date | None = None, now: datetime.datetime | None = None
    ) -> "MandateQuerySet":
        """Those in force at this hour; what nobody approved never is."""
        return super().current(today, now).filter(state=MandateState.APPROVED)  # type: ignore[return-value]

    def waiting(self) -> "MandateQuerySet":
        """Those that wait for HQ staff, the oldest first."""
        return self.filter(state=MandateState.WAITING, ended_at=None).order_by("made_at", "pk")


class FiledQuerySet(models.QuerySet):
    """What one person filed."""

    def waiting(self) -> "FiledQuerySet":
        """What waits for HQ staff, the oldest first."""
        return self.filter(state=MandateState.WAITING).order_by("made_at", "pk")


class Filed(models.Model):
    """What one person files and another approves or refuses."""

    State = MandateState

    state = models.CharField(
        _("state of the letter"),
        max_length=10,
        choices=MandateState.choices,
        default=MandateState.WAITING,
        editable=False,
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("filed by"),
    )
    made_at = models.DateTimeField(_("filed"), auto_now_add=True, null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    refusal = models.TextField(_("refused because"), blank=True, editable=False)

    class Meta:
        abstract = True


class Approved(Dated, Filed):
    """What holds between its days once another person approved it; until then it gives nothing."""

    class Meta:
        abstract = True

    @property
    def when(self) -> str:
        """`now`, `past` or `future`; `waiting` or `refused` while no approval puts it in force."""
        found = super().when
        return found if self.state == MandateState.APPROVED or found == "past" else self.state


# What a letter can let a person do: the field, in the order in which people read them.
SCOPES = ("can_view", "can_submit", "can_sign", "sees_finance")


class AbstractMandate(Approved):
    """The letter, its scopes, and the two persons who put it in force."""

    can_view = models.BooleanField(_("views"), default=True)
    can_submit = models.BooleanField(_("submits"), default=True)
    can_sign = models.BooleanField(_("signs"), default=False)
    sees_finance = models.BooleanField(_("sees finance"), default=False)
    leads = models.BooleanField(
        _("is the representative"),
        default=True,
        help_text=_("Invites members, ends their access and hands the role over."),
    )
    letter_number = models.CharField(_("letter of appointment, number"), max_length=60, blank=True)
    letter_date = models.DateField(_("letter of appointment, date"), null=True, blank=True)
    succeeds = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="successors",
        verbose_name=_("takes the place of"),
    )
    invite_to = models.EmailField(_("invitation goes to"), blank=True, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scopes_in_words(self) -> str:
        """What the letter lets him do: «دیدن، ارسال»."""
        labels: dict[str, Any] = {field.name: field.verbose_name for field in self._meta.concrete_fields}
        return "، ".join(str(labels[name]) for name in SCOPES if getattr(self, name))


class Relocation(Filed):
    """An organisation's or body's move to another district or kind, which waits for a second person.

    The district's secretariat reads the private files of its organisations: whoever moves one, opens them.
    """

    organization = models.ForeignKey(
        "organizations.Organization", models.CASCADE, null=True, related_name="relocations"
    )
    body = models.ForeignKey("organizations.Body", models.CASCADE, null=True, related_name="relocations")
    district = models.ForeignKey("organizations.District", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)

    objects = FiledQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(organization=None) ^ Q(body=None), name="organizations_relocation_of_one"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(made_by=None) | ~Q(decided_by=F("made_by")),
                name="organizations_relocation_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} → {self.district}"

    @property
    def place(self) -> Any:
        """The organisation or the body, as it is now."""
        return self.organization or self.body
