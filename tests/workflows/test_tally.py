"""Counting a vote, against a brute-force reading of the rule."""

import itertools

import pytest

from workflows.tally import Count, Majority, Outcome, Rule, outcome


def carries(rule, ballots):
    """The rule as a person would read it, over all ballots that were cast."""
    in_favour = ballots.count("f")
    if rule.majority == Majority.OF_MEMBERS:
        return in_favour > rule.members / 2
    if rule.majority == Majority.TWO_THIRDS:
        return in_favour > 0 and in_favour / len(ballots) >= 2 / 3
    return in_favour > len(ballots) / 2


@pytest.mark.parametrize("majority", Majority.values)
@pytest.mark.parametrize(("members", "quorum"), [(3, 2), (4, 3), (5, 3), (5, 1)])
def test_outcome_is_decided_only_when_no_vote_to_come_can_turn_it(members, quorum, majority):
    rule = Rule(members, quorum, majority)
    for size in range(members + 1):
        for cast in itertools.product("fax", repeat=size):
            count = Count(cast.count("f"), cast.count("a"), cast.count("x"))
            found = outcome(rule, count)
            ends = {
                carries(rule, cast + rest)
                for more in ([members - size])
                for rest in itertools.product("fax", repeat=more)
            }
            if size < quorum or ends == {True, False}:
                assert found == Outcome.OPEN, cast
            else:
                assert found == (Outcome.PASSED if ends == {True} else Outcome.FAILED), cast


@pytest.mark.parametrize(
    ("in_favour", "against", "closed", "expected"),
    [
        (2, 0, False, "passed"),
        (1, 1, False, "open"),
        (1, 1, True, "failed"),
        (1, 0, True, "open"),
        (2, 1, False, "passed"),
        (0, 2, False, "failed"),
    ],
)
def test_outcome_of_three_members_with_a_quorum_of_two(in_favour, against, closed, expected):
    assert outcome(Rule(3, 2), Count(in_favour, against, 0), closed=closed) == expected


def test_outcome_tie_of_all_members_fails():
    assert outcome(Rule(2, 2), Count(1, 1, 0)) == Outcome.FAILED


def test_outcome_abstentions_make_the_quorum_but_carry_nothing():
    assert outcome(Rule(3, 2), Count(1, 0, 2)) == Outcome.FAILED
