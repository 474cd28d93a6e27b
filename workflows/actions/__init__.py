"""The acts of moderation: check, act, log. Wagtail's admin, our own pages and commands all call these."""

from typing import Any

from workflows.actions.decision import approve, close_due_votes, reject, vote
from workflows.actions.publishing import publish_due
from workflows.actions.submission import cancel, recall, submit, withdraw
from workflows.actions.substitution import end_substitution, substitute
from workflows.actions.translation import submit_translation
from workflows.models import ABSTAIN, ACCEPT, AGAINST, FOR, REJECT, Vote
from workflows.policies import Refused

__all__ = [
    "Refused",
    "act",
    "approve",
    "cancel",
    "close_due_votes",
    "end_substitution",
    "publish_due",
    "recall",
    "reject",
    "submit",
    "submit_translation",
    "substitute",
    "vote",
    "withdraw",
]

_VOTES = {FOR: Vote.Choice.FOR, AGAINST: Vote.Choice.AGAINST, ABSTAIN: Vote.Choice.ABSTAIN}


def act(task_state: Any, user: Any, action: str, comment: str = "", in_place_of: Any = None) -> None:
    """Do the act that a button names. Raises `Refused` for an unknown one."""
    if action == ACCEPT:
        approve(task_state, user, comment, in_place_of)
    elif action == REJECT:
        reject(task_state, user, comment, in_place_of)
    elif action in _VOTES:
        vote(task_state, user, _VOTES[action], comment, in_place_of)
    else:
        raise Refused(action)
