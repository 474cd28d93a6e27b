"""How a body decides, against a reading of the rule person by person."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organizations.deciding import (
    DECIDED,
    Count,
    Majority,
    Occupant,
    Outcome,
    Proposal,
    Rule,
    Seats,
    composition_faults,
    has_quorum,
    outcome,
    votes_needed,
)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
RULES = st.builds(
    Rule,
    members=st.integers(1, 60),
    quorum=st.none() | st.integers(1, 60),
    majority=st.sampled_from(list(Majority)),
)


@st.composite
def sessions(draw):
    """A rule, who is present, and the ballots of some of them."""
    rule = draw(RULES)
    present = draw(st.integers(0, rule.members))
    ballots = draw(st.lists(st.sampled_from("fax"), max_size=present))
    return rule, present, Count(ballots.count("f"), ballots.count("a"), ballots.count("x"))


def carries(rule, present, count):
    """The rule as a lawyer would read it."""
    others, absent = present - count.in_favour, rule.members - count.in_favour
    return (
        count.in_favour > 0
        and {
            Majority.OF_PRESENT: count.in_favour > others,
            Majority.OF_MEMBERS: count.in_favour > absent,
            Majority.TWO_THIRDS: count.in_favour >= 2 * others,
            Majority.TWO_THIRDS_OF_MEMBERS: count.in_favour >= 2 * absent,
            Majority.UNANIMITY: others == 0,
        }[rule.majority]
    )


@unhurried
@given(sessions(), st.sampled_from([Proposal.AS_IT_IS, Proposal.AMENDED]))
def test_outcome_is_the_rule_read_person_by_person(session, proposal):
    rule, present, count = session
    found = outcome(rule, present, count, proposal)
    if not has_quorum(rule, present):
        assert found == Outcome.NO_QUORUM
    elif carries(rule, present, count):
        assert found == (Outcome.AMENDED if proposal == Proposal.AMENDED else Outcome.PASSED)
    else:
        assert found == Outcome.REJECTED


@unhurried
@given(sessions())
def test_outcome_one_more_in_favour_never_turns_a_passed_text(session):
    rule, present, count = session
    if count.cast < present and outcome(rule, present, count) == Outcome.PASSED:
        more = Count(count.in_favour + 1, count.against, count.abstained)
        assert outcome(rule, present, more) == Outcome.PASSED


@unhurried
@given(sessions())
def test_votes_needed_is_the_least_that_carries(session):
    rule, present, _ = session
    needed = votes_needed(rule, present)
    assert carries(rule, max(present, needed), Count(needed, 0, 0)) or present == 0 or needed > present
    if needed > 1 and present:
        assert not carries(rule, present, Count(needed - 1, 0, 0))


@unhurried
@given(sessions(), st.sampled_from([Proposal.POSTPONE, Proposal.REFER]))
def test_outcome_put_off_or_referred_needs_no_quorum(session, proposal):
    rule, present, count = session
    expected = Outcome.POSTPONED if proposal == Proposal.POSTPONE else Outcome.REFERRED
    assert outcome(rule, present, None, proposal) == outcome(rule, 0, count, proposal) == expected


@unhurried
@given(RULES)
def test_quorum_left_out_is_more_than_half(rule):
    assert Rule(rule.members).least_present * 2 > rule.members
    assert (Rule(rule.members).least_present - 1) * 2 <= rule.members or rule.members == 0


def test_outcome_uncounted_is_open():
    assert outcome(Rule(5), 5, None) == Outcome.OPEN
    assert Outcome.OPEN not in DECIDED


@pytest.mark.parametrize("count", [Count(3, 2, 1), Count(-1, 0, 0)])
def test_outcome_of_an_impossible_count_is_refused(count):
    with pytest.raises(ValueError, match="votes of 5"):
        outcome(Rule(9), 5, count)


@pytest.mark.parametrize(
    ("majority", "in_favour", "expected"),
    [
        ("of_present", 3, "passed"),
        ("of_present", 2, "rejected"),
        ("of_members", 4, "rejected"),
        ("of_members", 5, "passed"),
        ("two_thirds", 4, "passed"),
        ("two_thirds", 3, "rejected"),
        ("two_thirds_of_members", 5, "rejected"),
        ("unanimity", 4, "rejected"),
        ("unanimity", 5, "passed"),
    ],
)
def test_outcome_of_nine_members_five_present(majority, in_favour, expected):
    rule = Rule(9, None, Majority(majority))
    assert outcome(rule, 5, Count(in_favour, 5 - in_favour, 0)) == expected


JOINT = [Seats("ستاد", 2), Seats("معاونت", 2), Seats("سمن", 1, names_asked=3)]
FULL = [
    Occupant("یک", "ستاد"),
    Occupant("دو", "ستاد"),
    Occupant("سه", "معاونت"),
    Occupant("چهار", "معاونت"),
    Occupant("پنج", "سمن", "انجمن ب"),
]
NAMED = ("انجمن الف", "انجمن ب", "انجمن پ")


def codes(*args, **more):
    return [fault.code for fault in composition_faults(*args, **more)]


def test_composition_two_two_one_as_in_the_memorandum_has_no_fault():
    assert codes(JOINT, FULL, NAMED, ("انجمن ب",)) == []


def test_composition_one_three_two_of_a_district_workgroup():
    seats = [Seats("معاون منطقه", 1), Seats("کارشناس", 3), Seats("شورای محله", 2)]
    people = [Occupant(str(n), seat.name) for seat in seats for n in range(seat.count)]
    assert codes(seats, people) == []
    assert codes(seats, people[1:]) == ["vacant"]
    assert codes(seats, [*people, Occupant("هفت", "شورای محله")]) == ["too_many"]


@pytest.mark.parametrize(
    ("named", "chosen", "expected"),
    [
        (NAMED[:2], ("انجمن ب",), ["names"]),
        (NAMED, (), ["choice", "not_chosen"]),
        (NAMED, NAMED[:2], ["choice"]),
        (NAMED, ("انجمن الف",), ["not_chosen"]),
        (NAMED, ("انجمن ت",), ["choice", "not_chosen"]),
    ],
)
def test_composition_of_a_seat_chosen_from_three_names(named, chosen, expected):
    assert codes(JOINT, FULL, named, chosen) == expected


def test_composition_member_without_a_seat_is_named():
    assert codes(JOINT, [*FULL, Occupant("شش")], NAMED, ("انجمن ب",)) == ["no_seat"]


def test_composition_term_is_over_on_its_last_anniversary():
    since = datetime.date(2020, 2, 29)
    people = [Occupant("یک", "رئیس", since=since)]
    asked = {"term_years": 2}
    assert codes([Seats("رئیس", 1)], people, **asked, on=datetime.date(2022, 2, 27)) == []
    assert codes([Seats("رئیس", 1)], people, **asked, on=datetime.date(2022, 2, 28)) == ["term_over"]


def test_composition_of_a_body_without_a_rule_is_anybodys():
    assert codes([], [Occupant("یک")]) == []
