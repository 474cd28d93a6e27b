"""What was shown for an obligation, by whom, and what the other side says of it."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from documents.models import Document


class Evidence(models.Model):
    """One thing that shows an obligation done (شاهد): words, and if there are any a number, a place, a page, a file.

    It counts once the other side has accepted it. `reference` is the obligation's, `turn` the last day of the turn it
    is for (None where the obligation has no day).
    """

    class Side(models.TextChoices):
        FIRST = "first", _("first party")
        SECOND = "second", _("second party")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for the other side")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")
        WITHDRAWN = "withdrawn", _("taken back")

    memorandum = models.ForeignKey(
        "memoranda.MemorandumPage", models.CASCADE, related_name="evidence", verbose_name=_("memorandum")
    )
    reference = models.UUIDField(_("obligation"), db_index=True, default=uuid.uuid4)
    turn = models.DateField(_("turn"), null=True, blank=True)
    words = models.TextField(_("what was done"), max_length=4000)
    done_on = models.DateField(_("done on"))
    amount = models.DecimalField(
        _("number"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("As much as the indicator counts."),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    page = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    fragment = models.CharField(max_length=200, blank=True, editable=False)
    document = models.OneToOneField(
        Document, models.SET_NULL, null=True, blank=True, related_name="evidence", verbose_name=_("file")
    )
    side = models.CharField(_("shown by"), max_length=10, choices=Side.choices)
    letter = models.CharField(
        _("letter"),
        max_length=80,
        blank=True,
        help_text=_("Number and day of the letter by which this side reported it."),
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )
    reported_at = models.DateTimeField(_("entered"), default=timezone.now, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    answer = models.TextField(_("answer"), blank=True)
    answer_letter = models.CharField(_("letter of the answer"), max_length=80, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-done_on", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def counts(self) -> bool:
        """Whether it is before the other side or accepted: it says something of where the obligation stands."""
        return self.state in {self.State.WAITING, self.State.ACCEPTED}

    @property
    def other_side(self) -> str:
        """The side that judges it."""
        return self.Side.SECOND if self.side == self.Side.FIRST else self.Side.FIRST

    @property
    def quantity(self) -> Decimal | None:
        """The number without zeros behind its point."""
        if self.amount is None:
            return None
        return self.amount.quantize(Decimal(1)) if self.amount % 1 == 0 else self.amount.normalize()

    @property
    def link(self) -> str:
        """The address of the page it points to, empty without one."""
        return f"{self.page.url}{'#' + self.fragment if self.fragment else ''}" if self.page else ""


class Reminder(models.Model):
    """A reminder that has gone out, so that it goes out once: of which turn, how many days after its day."""

    memorandum = models.ForeignKey("memoranda.MemorandumPage", models.CASCADE, related_name="+")
    reference = models.UUIDField()
    turn = models.DateField()
    days = models.SmallIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["memorandum", "reference", "turn", "days"], name="memoranda_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.turn} {self.days:+d}"
