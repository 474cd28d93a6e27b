"""A body of five with a secretary, and its meeting."""

import datetime

import pytest

from organizations.models import Membership
from pages.conduct import actions
from pages.conduct.models import Meeting
from tests import factories

DAY = datetime.date(2026, 11, 20)


@pytest.fixture
def secretary(site):
    return factories.make_user("council_member", first_name="دبیر", last_name="شورا")


@pytest.fixture
def members(site):
    """Four members with an account each."""
    return [factories.make_user("council_member", first_name=f"عضو {n}") for n in range(1, 5)]


@pytest.fixture
def body(secretary, members):
    body = factories.make_body(quorum=3)
    Membership.objects.create(person=factories.person_of(secretary), body=body, is_secretary=True)
    for user in members:
        Membership.objects.create(person=factories.person_of(user), body=body)
    return body


@pytest.fixture
def meeting(body, secretary):
    """An invited meeting with two items."""
    agenda = [("طرح نخست", "دبیرخانه"), ("طرح دوم", "")]
    return actions.call(secretary, body, agenda, title="جلسه آزمون", session_number="7", day=DAY)


@pytest.fixture
def opened(meeting, secretary):
    """The same meeting, open, all five there."""
    for state in (Meeting.State.FINAL_AGENDA, Meeting.State.HELD):
        actions.move(secretary, meeting.pk, state)
    meeting.attendees.update(presence="present")
    meeting.refresh_from_db()
    return meeting
