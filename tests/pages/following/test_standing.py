"""Where a resolution stands on a day, against a reading of the dates."""

import datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.following.standing import (
    State,
    binding_from,
    is_overdue,
    lacks_evidence,
    state_on,
    weighted_progress,
)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAY = datetime.date(2026, 1, 1)
DAYS = st.integers(0, 400).map(lambda days: DAY + datetime.timedelta(days=days))


def after(days):
    return DAY + datetime.timedelta(days=days)


def state(days, **more):
    return state_on(after(days), **{"passed": True, "notified_on": DAY, "days": 14, **more})


def test_state_binds_by_itself_on_the_day_after_the_period():
    assert [state(days) for days in (0, 14, 15)] == [
        State.OBJECTION_PERIOD,
        State.OBJECTION_PERIOD,
        State.BINDING,
    ]


def test_state_stops_on_an_objection_until_it_is_settled():
    objected = {"objected_on": after(3)}
    assert state(100, **objected) == State.STOPPED
    assert state(100, **objected, settled_on=after(40), upheld=True) == State.ANNULLED
    assert state(100, **objected, settled_on=after(40)) == State.BINDING
    assert state(10, **objected, settled_on=after(5)) == State.OBJECTION_PERIOD


def test_state_without_notification_or_majority_never_binds():
    assert state(900, notified_on=None) == State.NOT_NOTIFIED
    assert state(900, passed=False) == State.NO_EFFECT


STANDINGS = st.fixed_dictionaries(
    {
        "notified_on": DAYS,
        "days": st.integers(0, 60),
        "objected_on": st.none() | DAYS,
        "settled_on": st.none() | DAYS,
        "upheld": st.booleans(),
    }
)


@unhurried
@given(STANDINGS, DAYS)
def test_state_is_binding_from_the_first_day_on(standing, today):
    first = binding_from(**standing)
    found = state_on(today, passed=True, **standing)
    assert (found == State.BINDING) == (first is not None and today >= first)
    assert first is None or first > standing["notified_on"] + datetime.timedelta(days=standing["days"])


def test_overdue_begins_the_day_after_and_ends_when_done():
    assert [is_overdue(after(days), after(5), None) for days in (5, 6)] == [False, True]
    assert not is_overdue(after(90), after(5), after(80))


def test_no_evidence_counts_six_months_from_the_last_or_the_beginning():
    assert [lacks_evidence(after(days), DAY, None, None) for days in (183, 184)] == [False, True]
    assert not lacks_evidence(after(300), DAY, None, after(200))
    assert not lacks_evidence(after(900), DAY, after(10), None)


@unhurried
@given(st.lists(st.tuples(st.integers(1, 10), st.integers(0, 100)), min_size=1))
def test_progress_lies_between_the_least_and_the_most(parts):
    found = weighted_progress(parts)
    assert min(part for _, part in parts) <= found <= max(part for _, part in parts)
    assert weighted_progress([]) is None
