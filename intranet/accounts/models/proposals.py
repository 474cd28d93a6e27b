"""What two administrators decide together: one proposes, another confirms."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.accounts.roles import Role


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by whether they wait."""

    def open(self) -> "ProposalQuerySet":
        """Those that another administrator can decide now."""
        return self.filter(outcome="", expires_at__gt=timezone.now())


class Proposal(models.Model):
    """An act upon an account that one administrator asks for and another one does, or declines, in time."""

    class Kind(models.TextChoices):
        """What is to be done."""

        GIVE_ROLE = "give_role", _("Give a role")
        TAKE_ROLE = "take_role", _("Take a role away")
        RESET_SECOND_FACTOR = "reset_second_factor", _("Reset the second factor")
        SUSPEND = "suspend", _("Suspend the account")
        ERASE = "erase", _("Erase the personal data")

    class Outcome(models.TextChoices):
        """What became of it."""

        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    kind = models.CharField(_("act"), max_length=30, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="proposals", verbose_name=_("user")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role, blank=True)
    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal of an administrator")
        verbose_name_plural = _("proposals of administrators")
        ordering = ["-id"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="confirmed") | ~Q(decided_by=models.F("proposed_by")),
                name="accounts_proposal_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(user=models.F("proposed_by")), name="accounts_proposal_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.user.get_full_name()}"

    @property
    def what(self) -> str:
        """The act, with the role it is about."""
        label = self.get_kind_display()
        return f"{label} ({self.get_role_display()})" if self.role else str(label)

    @property
    def is_open(self) -> bool:
        """Whether it waits for another administrator."""
        return not self.outcome and self.expires_at > timezone.now()
