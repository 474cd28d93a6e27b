"""The steps of moderation: a review, a council's vote, and those who stand in for an absent approver."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Task, TaskState

from intranet.accounts.roles import Role
from organizations.dated import DatedQuerySet
from workflows.tally import Majority

# Names of the buttons. Not Wagtail's own "approve": whoever has that may also cancel, with no word of why.
ACCEPT, REJECT = "accept", "reject"
FOR, AGAINST, ABSTAIN = "vote_for", "vote_against", "vote_abstain"
FEWEST_IN_SECRET = 3  # of two each knows the other's vote by his own


class ApprovalTask(Task):
    """A step at which people other than the author decide. The rules are in `policies`, the acts in `actions`."""

    roles: tuple[Role, ...] = ()
    by_vote = False

    class Meta:
        abstract = True

    @property
    def is_secret(self) -> bool:
        """Whether nobody may ever know who decided how."""
        return False

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Begin the step, or the first one before it that has not approved this revision.

        A text that comes back after a rejection is a new revision: it goes through all the steps again. Whoever
        hands it in is its submitter from then on.
        """
        if user is not None and workflow_state.current_task_state is None:
            workflow_state.requested_by = user
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Do what a button of Wagtail's admin asks, by the same acts as our own pages."""
        from workflows.actions import act

        if self.is_secret:
            raise PermissionDenied  # the address of an admin's button names the choice, and servers keep addresses
        act(task_state, user, action_name, comment=kwargs.get("comment", ""))

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """The buttons for `user`, none when he may not decide on `obj` now."""
        from workflows import policies

        task_state = obj.current_workflow_task_state
        if task_state is None or task_state.task_id != self.pk or self.is_secret:
            return []  # a secret vote is cast on the review page only
        if policies.why_not_decide(user, task_state) is not None:
            return []
        return self.buttons()

    def buttons(self) -> list[tuple[str, Any, bool]]:
        """Name, label and whether the button asks for a comment."""
        return [(REJECT, _("Reject"), True), (ACCEPT, _("Approve"), True)]

    def get_form_for_action(self, action: str) -> Any:
        """The admin's form of the comment: whoever decides against a text says why."""
        from workflows.forms import RequiredCommentForm

        return RequiredCommentForm if action in (REJECT, AGAINST) else super().get_form_for_action(action)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Nobody changes a text while it is under review: what is read is what is decided on."""
        return True

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """The texts that wait for `user` at this step."""
        from workflows.queries import queue_of

        return queue_of(user).filter(task=self)

    @classmethod
    def get_description(cls) -> str:
        """One sentence for the administrator who builds a workflow."""
        return ""


class LegalReviewTask(ApprovalTask):
    """A legal reviewer other than the author reads the text and approves it or sends it back."""

    roles = (Role.LEGAL_REVIEWER,)

    class Meta:
        verbose_name = _("legal review")
        verbose_name_plural = _("legal reviews")

    @classmethod
    def get_description(cls) -> Any:
        """Who decides."""
        return _("A legal reviewer other than the author approves the text or sends it back.")


class EditorialReviewTask(ApprovalTask):
    """Somebody else among the editors, the HQ staff or the district's own secretariat reads the page."""

    roles = (Role.EDITOR, Role.HQ_STAFF)

    class Meta:
        verbose_name = _("editorial review")
        verbose_name_plural = _("editorial reviews")

    @classmethod
    def get_description(cls) -> Any:
        """Who decides."""
        return _("An editor or a member of staff other than the author, or the district's secretary.")


class CouncilVoteTask(ApprovalTask):
    """Council members vote; quorum, majority and whether the vote is secret are the step's own."""

    roles = (Role.COUNCIL_MEMBER,)
    by_vote = True

    quorum = models.PositiveSmallIntegerField(
        _("quorum"), default=2, help_text=_("Votes without which nothing is decided.")
    )
    majority = models.CharField(
        _("majority"), max_length=20, choices=Majority.choices, default=Majority.OF_VOTES
    )
    days = models.PositiveSmallIntegerField(
        _("days to vote"),
        default=14,
        help_text=_("After these days the votes cast decide, when they make the quorum."),
    )

    secret = models.BooleanField(
        _("secret vote"),
        default=False,
        help_text=_("Only that somebody voted is ever recorded; the result comes when all have voted."),
    )

    admin_form_fields = [*Task.admin_form_fields, "quorum", "majority", "days", "secret"]

    class Meta:
        verbose_name = _("council vote")
        verbose_name_plural = _("council votes")

    @property
    def is_secret(self) -> bool:
        """As the step says."""
        return self.secret

    def clean(self) -> None:
        """Refuse a secret vote of so few that each knows the other's, and another manner while people vote."""
        super().clean()
        if self.secret and self.quorum < FEWEST_IN_SECRET:
            raise ValidationError({"quorum": _("A secret vote needs a quorum of three at least.")})
        before = CouncilVoteTask.objects.filter(pk=self.pk).values_list("secret", flat=True).first()
        running = TaskState.objects.filter(task=self.pk, status=TaskState.STATUS_IN_PROGRESS)
        if before is not None and before != self.secret and running.exists():
            raise ValidationError(
                {"secret": _("Texts are being voted on; change this when the votes are over.")}
            )

    def buttons(self) -> list[tuple[str, Any, bool]]:
        """The three votes."""
        return [
            (FOR, _("Vote for"), True),
            (AGAINST, _("Vote against"), True),
            (ABSTAIN, _("Abstain"), True),
        ]

    @classmethod
    def get_description(cls) -> Any:
        """Who decides."""
        return _("The members of the council vote; the author does not.")


class Vote(models.Model):
    """What one person decided on one text at one step: a member's vote, or a reviewer's decision.

    `seat` is the approver whose voice it is: the person himself, or the absent one he stands in for. A seat has
    one voice at a step, and so has a person.
    """

    class Choice(models.TextChoices):
        FOR = "for", pgettext_lazy("vote", "for")
        AGAINST = "against", pgettext_lazy("vote", "against")
        ABSTAIN = "abstain", pgettext_lazy("vote", "abstains")

    task_state = models.ForeignKey(TaskState, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("voter")
    )
    seat = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("seat")
    )
    choice = models.CharField(
        _("vote"),
        max_length=10,
        choices=Choice.choices,
        blank=True,
        help_text=_("Empty for a secret vote, which is counted and nothing more."),
    )
    comment = models.TextField(_("comment"), blank=True)
    cast_at = models.DateTimeField(_("cast"), auto_now_add=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["task_state", "voter"], name="workflows_one_vote_each"),
            models.UniqueConstraint(fields=["task_state", "seat"], name="workflows_one_vote_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.voter}: {self.get_choice_display()}"

    @property
    def in_place_of(self) -> Any:
        """The absent approver for whom it was cast, or None."""
        return self.seat if self.seat_id != self.voter_id else None


class SecretCount(models.Model):
    """How many voted how in a secret vote: numbers alone, with no time, no order and no person."""

    task_state = models.OneToOneField(TaskState, models.CASCADE, related_name="secret_count")
    in_favour = models.PositiveSmallIntegerField(default=0)
    against = models.PositiveSmallIntegerField(default=0)
    abstained = models.PositiveSmallIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.task_state_id}"


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
        default_permissions = ("view",)
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
        return f"{self.valid_from} – {self.valid_to}"  # it is in the record, which names people sealed
