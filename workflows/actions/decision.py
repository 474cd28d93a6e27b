"""Approving, rejecting and voting."""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from intranet.ui.numerals import to_persian
from workflows import policies
from workflows.actions.submission import check, held
from workflows.models import CouncilVoteTask, SecretCount, Vote
from workflows.notices import settle
from workflows.policies import Refused
from workflows.queries import count_of, rule_of
from workflows.tally import Count, Outcome, outcome

logger = logging.getLogger(__name__)


def _held(task_state: TaskState) -> TaskState:
    """The step and its workflow, held until the transaction ends."""
    state = held(task_state.workflow_state)
    fresh = TaskState.objects.select_related("task", "revision").get(pk=task_state.pk)
    fresh.workflow_state = state
    return fresh


def _speak(state: TaskState, user: Any, choice: str, comment: str, in_place_of: Any) -> Vote:
    check(policies.why_not_decide(user, state, in_place_of))
    seat = in_place_of or policies.free_seats(user, state)[0]
    if state.task.specific.is_secret:
        _count(state, choice)
        choice = comment = ""  # what is written of the person is that he voted
    return Vote.objects.create(
        task_state=state, voter=user, seat=seat, choice=choice, comment=comment.strip()
    )


def _count(state: TaskState, choice: str) -> None:
    names = {
        Vote.Choice.FOR.value: "in_favour",
        Vote.Choice.AGAINST.value: "against",
        Vote.Choice.ABSTAIN.value: "abstained",
    }
    count, _made = SecretCount.objects.get_or_create(task_state=state)
    SecretCount.objects.filter(pk=count.pk).update(**{names[choice]: F(names[choice]) + 1})


def _log(verb: str, said: Vote, **detail: Any) -> None:
    state = said.task_state
    if said.in_place_of is not None:
        detail["in_place_of"] = Personal(said.seat, said.seat.get_username())
    if said.comment:
        detail["comment"] = Personal(said.voter, said.comment)
    text = policies.text_of(state.workflow_state)
    record(said.voter, verb, text, step=state.task.name, revision=state.revision_id, **detail)


def _check_manner(state: TaskState, *, by_vote: bool) -> None:
    if getattr(state.task.specific, "by_vote", False) is not by_vote:
        raise Refused(_("This step is decided in another manner."))


def approve(task_state: TaskState, user: Any, comment: str = "", in_place_of: Any = None) -> None:
    """Approve at a reviewer's step; at the last step this numbers and publishes the text."""
    with transaction.atomic():
        state = _held(task_state)
        _check_manner(state, by_vote=False)
        _log("workflow.approved", _speak(state, user, Vote.Choice.FOR, comment, in_place_of))
        state.approve(user=user, comment=comment.strip())


def reject(task_state: TaskState, user: Any, comment: str, in_place_of: Any = None) -> None:
    """Send a text back to its author with the reason, which is required."""
    with transaction.atomic():
        state = _held(task_state)
        _check_manner(state, by_vote=False)
        check(None if comment.strip() else _("Write the reason."))
        _log("workflow.rejected", _speak(state, user, Vote.Choice.AGAINST, comment, in_place_of))
        state.reject(user=user, comment=comment.strip())


def vote(
    task_state: TaskState, user: Any, choice: str, comment: str = "", in_place_of: Any = None
) -> Outcome:
    """Vote at a council's step; return what the votes now amount to. An open vote against needs its reason."""
    with transaction.atomic():
        state = _held(task_state)
        _check_manner(state, by_vote=True)
        if choice not in Vote.Choice.values:
            raise Refused(choice)
        secret = state.task.specific.is_secret
        if choice == Vote.Choice.AGAINST and not secret:
            check(None if comment.strip() else _("Write the reason."))
        said = _speak(state, user, choice, comment, in_place_of)
        settle(state, user)
        _log("workflow.voted", said, **({} if secret else {"choice": choice}))
        return _settle(state, None if secret else user)


def _settle(state: TaskState, user: Any, *, closed: bool = False) -> Outcome:
    count, rule, secret = count_of(state), rule_of(state), state.task.specific.is_secret
    if secret and not closed and count.cast < rule.members:
        return Outcome.OPEN  # decided by one vote more it would tell that vote
    result = outcome(rule, count, closed=closed)
    if result == Outcome.OPEN:
        return result
    record(
        user,
        "workflow.vote_decided",
        policies.text_of(state.workflow_state),
        outcome=result.value,
        in_favour=count.in_favour,
        against=count.against,
        abstained=count.abstained,
    )
    if result == Outcome.PASSED:
        state.approve(user=user)
    elif secret:
        state.reject(user=user, comment=_numbers_of(count))
    else:
        reasons = Vote.objects.filter(task_state=state).exclude(comment="").order_by("pk")
        state.reject(
            user=user, comment="\n".join(f"{said.voter.get_full_name()}: {said.comment}" for said in reasons)
        )
    return result


def _numbers_of(count: Count) -> str:
    return _(
        "Not passed by secret vote: %(for)s in favour, %(against)s against, %(abstained)s abstained."
    ) % {
        "for": to_persian(str(count.in_favour)),
        "against": to_persian(str(count.against)),
        "abstained": to_persian(str(count.abstained)),
    }


def close_due_votes() -> None:
    """Let the votes cast decide where the time to vote is over and the quorum is there. Run by the clock."""
    for task in CouncilVoteTask.objects.all():
        due = timezone.now() - timedelta(days=task.days)
        waiting = TaskState.objects.filter(
            task=task, status=TaskState.STATUS_IN_PROGRESS, started_at__lte=due
        )
        for task_state in waiting:
            try:
                with transaction.atomic():
                    state = _held(task_state)
                    if policies.is_running(state):
                        _settle(state, None, closed=True)
            except Exception:
                logger.exception("vote %d could not be closed", task_state.pk)
