"""Counting a vote. Plain rules on plain numbers: what is decided, and whether it can still turn."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.deciding import Count

__all__ = ["Count", "Majority", "Outcome", "Rule", "outcome"]


class Majority(models.TextChoices):
    """How many votes carry a text."""

    OF_VOTES = "of_votes", _("more than half of the votes cast")
    OF_MEMBERS = "of_members", _("more than half of the members")
    TWO_THIRDS = "two_thirds", _("two thirds of the votes cast")


class Outcome(models.TextChoices):
    """What the votes cast so far amount to."""

    OPEN = "open", pgettext_lazy("outcome of a vote", "open")
    PASSED = "passed", pgettext_lazy("outcome of a vote", "passed")
    FAILED = "failed", pgettext_lazy("outcome of a vote", "not passed")


@dataclass(frozen=True)
class Rule:
    """`members` who may vote, the `quorum` of votes cast (abstentions too), and the majority."""

    members: int
    quorum: int
    majority: str = Majority.OF_VOTES


def _carries(rule: Rule, in_favour: int, cast: int) -> bool:
    if rule.majority == Majority.OF_MEMBERS:
        return 2 * in_favour > rule.members
    if rule.majority == Majority.TWO_THIRDS:
        return 3 * in_favour >= 2 * cast and in_favour > 0
    return 2 * in_favour > cast


def outcome(rule: Rule, count: Count, *, closed: bool = False) -> Outcome:
    """What is decided: as soon as no vote still to come can turn it, and at the latest when all have voted.

    When the time is over (`closed`) the votes cast decide, provided that they make the quorum. A tie does not
    carry. A council that can no longer make its quorum waits for its members, it does not decide.
    """
    to_come = 0 if closed else max(rule.members - count.cast, 0)
    if count.cast < rule.quorum:
        return Outcome.OPEN
    all_against = _carries(rule, count.in_favour, count.cast + to_come)
    all_in_favour = _carries(rule, count.in_favour + to_come, count.cast + to_come)
    if all_against:
        return Outcome.PASSED
    return Outcome.OPEN if all_in_favour else Outcome.FAILED
