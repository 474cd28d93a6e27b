"""Turns, where they stand, and the score: plain functions of days."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.ui.calendar import gregorian
from pages.memoranda.standing import KEPT, Shown, Stand, Term, due_days, score, turn_of, turns_of, whole

TODAY = gregorian(1404, 6, 15)
days = st.dates(gregorian(1380, 1, 1), gregorian(1420, 1, 1))


def day(month, number, year=1404):
    return gregorian(year, month, number)


@pytest.mark.parametrize(
    ("due", "shown", "stand"),
    [
        (day(7, 20), [], Stand.RUNNING),
        (day(7, 10), [], Stand.SOON),
        (TODAY, [], Stand.SOON),
        (day(6, 14), [], Stand.OVERDUE),
        (None, [], Stand.OPEN),
        (day(6, 14), [(day(6, 14), False)], Stand.WAITING),
        (day(6, 14), [(day(6, 14), True)], Stand.MET),
        (day(6, 14), [(day(6, 15), True)], Stand.LATE),
        (day(6, 14), [(day(6, 15), True), (day(6, 1), True)], Stand.MET),
        (None, [(day(6, 1), True)], Stand.MET),
    ],
)
def test_where_one_turn_stands(due, shown, stand):
    turns = turns_of(Term(due), [Shown(due, *each) for each in shown], TODAY)
    assert [turn.stand for turn in turns] == [stand]


def test_turns_go_by_jalali_months_and_end_with_the_whole():
    term = Term(day(1, 31), 1, ends=day(6, 20))
    assert due_days(term, TODAY) == [day(1, 31), day(2, 31), day(3, 31), day(4, 31), day(5, 31), day(6, 20)]


def test_last_day_of_a_month_does_not_wander():
    term = Term(gregorian(1403, 6, 31), 6)
    assert due_days(term, gregorian(1404, 7, 1)) == [
        gregorian(1403, 6, 31),
        gregorian(1403, 12, 30),
        gregorian(1404, 6, 31),
        gregorian(1404, 12, 29),
    ]


def test_first_turn_without_its_day_is_a_period_after_the_beginning():
    assert due_days(Term(None, 3, begins=day(1, 15)), day(2, 1)) == [day(4, 15)]
    assert due_days(Term(None, 3), TODAY) == [None]


def test_evidence_belongs_to_its_turn_when_the_days_were_moved():
    turns = [day(3, 31), day(6, 31), day(9, 30)]
    assert turn_of(day(6, 20), turns) == day(6, 31)
    assert turn_of(day(12, 1), turns) == day(9, 30)
    assert turn_of(None, turns) == day(3, 31)
    assert turn_of(day(6, 20), [None]) is None


def test_obligation_stands_as_its_gravest_turn():
    term = Term(gregorian(1403, 6, 31), 6)
    shown = [Shown(gregorian(1403, 6, 31), gregorian(1403, 6, 1), accepted=True)]
    assert whole(turns_of(term, shown, gregorian(1404, 1, 1))) is Stand.OVERDUE


def test_score_counts_what_fell_due_and_what_was_done_before():
    def turns(due, *shown):
        return turns_of(Term(due), [Shown(due, *each) for each in shown], TODAY)

    counted = score(
        [
            turns(day(1, 1), (day(1, 1), True)),
            turns(day(1, 1), (day(2, 1), True)),
            turns(day(1, 1), (day(1, 1), False)),
            turns(day(9, 1), (day(6, 1), True)),
            turns(day(9, 1)),
            turns(None),
        ],
        TODAY,
    )
    assert (counted.counted, counted.kept, counted.in_time) == (4, 3, 2)
    assert (counted.ahead, counted.without_day, counted.percent) == (1, 1, 75)
    assert score([turns(None)], TODAY).percent is None


@settings(deadline=None)
@given(
    st.builds(
        Term, st.none() | days, st.sampled_from([None, 1, 3, 6, 12]), st.none() | days, st.none() | days
    ),
    st.lists(st.builds(Shown, st.none() | days, days, st.booleans()), max_size=6),
    days,
)
def test_turns_are_in_order_and_the_score_is_honest(term, shown, today):
    turns = turns_of(term, shown, today)
    dated = [turn.due for turn in turns if turn.due]
    assert turns
    assert dated == sorted(set(dated))
    assert sum(turn.due > today for turn in turns if turn.due) <= 1 or not term.months
    counted = score([turns], today)
    assert 0 <= counted.in_time <= counted.kept <= counted.counted <= len(turns)
    assert counted.counted + counted.ahead + counted.without_day == len(turns)
    if not any(each.accepted for each in shown):
        assert counted.kept == 0
    assert (whole(turns) in KEPT) == (counted.kept == len(turns))
