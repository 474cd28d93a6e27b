"""What the votes of a meeting amount to, by the rule of its body."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from organizations import deciding
from organizations.composition import rule_of_body
from organizations.deciding import DECIDED, Count, Majority, Outcome, Rule
from organizations.deciding_words import sentence_of_quorum, sentence_of_rule, sentence_of_vote
from pages.conduct.models import Attendee, Ballot, Item, Meeting
from pages.meetings.models import Resolution
from workflows.models import FEWEST_IN_SECRET


def rule_of(meeting: Meeting) -> Rule:
    """The body's rule as it was when the meeting was opened; until then as it is on the day."""
    if meeting.rule_members is None:
        return rule_of_body(meeting.body, meeting.day)
    return Rule(meeting.rule_members, meeting.rule_quorum, Majority(meeting.rule_majority))


def present_of(attendees: Iterable[Attendee]) -> int:
    """How many with a vote are in the room, proxies too."""
    return sum(each.counts for each in attendees)


@dataclass(frozen=True)
class Result:
    """What came of an item: its outcome, the count, and the sentence that says why."""

    outcome: Outcome
    count: Count | None
    why: str

    @property
    def is_decided(self) -> bool:
        """Whether the meeting may go on from here."""
        return self.outcome in DECIDED

    @property
    def label(self) -> str:
        """The outcome for people."""
        if self.outcome == Outcome.OPEN:
            return _("not decided yet")
        if self.outcome == Outcome.NO_QUORUM:
            return _("no quorum")
        return str(Resolution.Outcome(self.outcome.value).label)


def result_of(item: Item, rule: Rule, attendees: list[Attendee], ballots: list[Ballot]) -> Result:
    """What came of `item`; `attendees` and `ballots` are the meeting's and the item's."""
    present = present_of(attendees)
    proposal = deciding.Proposal(item.proposal)
    count = item.counted
    if item.manner == Item.Manner.NAME:
        counting = {each.pk for each in attendees if each.counts}
        cast = [each.choice for each in ballots if each.attendee_id in counting]
        count = _count(cast) if cast else None
    try:
        outcome = deciding.outcome(rule, present, count, proposal)
    except ValueError:
        return Result(Outcome.OPEN, count, _("There are more votes than people present who have one."))
    if outcome in (Outcome.POSTPONED, Outcome.REFERRED):
        return Result(outcome, None, _("Decided without a vote."))
    if count is None:
        return Result(outcome, None, sentence_of_rule(rule))
    if item.manner == Item.Manner.SECRET and min(present, count.cast) < FEWEST_IN_SECRET:
        return Result(Outcome.OPEN, None, _too_few())
    if outcome == Outcome.NO_QUORUM:
        return Result(outcome, count, sentence_of_quorum(rule, present))
    return Result(outcome, count, sentence_of_vote(rule, present, count))


def _too_few() -> str:
    return _(
        "Of a secret vote of fewer than three the numbers tell who voted how. Vote by number or by name, or put it off."
    )


def _count(choices: list[str]) -> Count:
    return Count(
        choices.count(Ballot.Choice.FOR),
        choices.count(Ballot.Choice.AGAINST),
        choices.count(Ballot.Choice.ABSTAIN),
    )


@dataclass(frozen=True)
class Sitting:
    """A meeting as it stands, read in four queries: its rule, its people, its items with what came of each."""

    meeting: Meeting
    rule: Rule
    attendees: list[Attendee]
    items: list[tuple[Item, dict[int, str], Result]]

    @property
    def present(self) -> int:
        """How many with a vote are in the room."""
        return present_of(self.attendees)

    @property
    def quorum(self) -> str:
        """Whether there is a quorum, as a sentence."""
        return sentence_of_quorum(self.rule, self.present)

    @property
    def has_quorum(self) -> bool:
        """Whether there is one."""
        return deciding.has_quorum(self.rule, self.present)

    @property
    def rule_sentence(self) -> str:
        """The rule for people."""
        return sentence_of_rule(self.rule)


def sitting_of(meeting: Meeting) -> Sitting:
    """The meeting as it stands."""
    rule, attendees = rule_of(meeting), list(meeting.attendees.all())
    items = []
    for item in meeting.items.prefetch_related("ballots"):
        ballots = list(item.ballots.all())
        chosen = {each.attendee_id: each.choice for each in ballots}
        items.append((item, chosen, result_of(item, rule, attendees, ballots)))
    return Sitting(meeting, rule, attendees, items)
