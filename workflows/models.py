"""The steps of moderation: legal review, a council's vote, and those who stand in for an absent approver."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from organizations.models import DatedQuerySet


class LegalReviewTask(Task):
    """A legal reviewer other than the author reads the text and approves it or sends it back."""

    class Meta:
        verbose_name = _("legal review")
        verbose_name_plural = _("legal reviews")


class CouncilVoteTask(Task):
    """Council members vote; the text passes when `quorum` members have voted and more than half of them are for it."""

    quorum = models.PositiveSmallIntegerField(
        _("quorum"), default=2, help_text=_("Votes without which nothing is decided.")
    )

    class Meta:
        verbose_name = _("council vote")
        verbose_name_plural = _("council votes")


class Vote(models.Model):
    """One member's vote on one text at one step."""

    class Choice(models.TextChoices):
        FOR = "for", _("for")
        AGAINST = "against", _("against")
        ABSTAIN = "abstain", _("abstains")

    task_state = models.ForeignKey(TaskState, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("voter")
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in place of"),
    )
    choice = models.CharField(_("vote"), max_length=10, choices=Choice.choices)
    comment = models.TextField(_("comment"), blank=True)
    cast_at = models.DateTimeField(_("cast"), auto_now_add=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["task_state", "voter"], name="workflows_one_vote_each"),
        ]

    def __str__(self) -> str:
        return f"{self.voter}: {self.get_choice_display()}"


class Substitution(models.Model):
    """Who stands in for an approver, from a day to a day."""

    absent = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="substitutions",
        verbose_name=_("absent approver"),
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="substitutes_for", verbose_name=_("substitute")
    )
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(absent=models.F("substitute")),
                name="workflows_substitute_is_another",
                violation_error_message=_("Nobody stands in for himself."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                name="workflows_substitution_dates",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} ← {self.absent}"
