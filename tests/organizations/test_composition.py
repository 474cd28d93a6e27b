"""A body's rule of composition in the admin, and what it says of the members."""

import pytest
from django.core.exceptions import ValidationError

from organizations.composition import faults_of_body, rule_of_body
from organizations.models import Body, Membership, Nominee, Person, Seat
from tests import factories
from tests.organizations.conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(site):
    """A joint committee of 2 + 2 + 1, its members seated, one of three organisations chosen."""
    body = factories.make_body(kind=Body.Kind.COMMITTEE, quorum=4, majority="two_thirds")
    seats = [
        Seat.objects.create(body=body, name="ستاد", count=2),
        Seat.objects.create(body=body, name="معاونت", count=2),
        Seat.objects.create(body=body, name="سمن", count=1, names_asked=3),
    ]
    ngos = [factories.make_organization() for _ in range(3)]
    for ngo in ngos:
        Nominee.objects.create(body=body, organization=ngo, is_chosen=ngo == ngos[1])
    for number, seat in enumerate([seats[0], seats[0], seats[1], seats[1], seats[2]]):
        Membership.objects.create(
            person=Person.objects.create(name=f"عضو {number}"),
            body=body,
            seat=seat,
            on_behalf_of=ngos[1] if seat == seats[2] else None,
        )
    return body


def test_rule_of_body_counts_members_or_seats(committee):
    assert rule_of_body(committee).members == 5
    Membership.objects.filter(body=committee).first().delete()
    assert rule_of_body(committee).members == 5
    assert [fault.code for fault in faults_of_body(committee)] == ["vacant"]


def test_faults_of_body_takes_few_queries(committee, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert faults_of_body(committee) == []


def test_seat_takes_no_more_members_than_it_has(committee):
    seat = committee.seats.get(name="سمن")
    extra = Membership(person=Person.objects.create(name="دیگری"), body=committee, seat=seat)
    with pytest.raises(ValidationError) as refusal:
        extra.full_clean()
    assert list(refusal.value.error_dict) == ["seat"]


def test_seat_of_another_body_is_refused(committee):
    other = factories.make_body()
    extra = Membership(person=Person.objects.create(name="دیگری"), body=other, seat=committee.seats.first())
    with pytest.raises(ValidationError) as refusal:
        extra.full_clean()
    assert list(refusal.value.error_dict) == ["seat"]


def test_form_of_body_says_its_rule_and_its_faults(committee, client, staff):
    client.force_login(staff)
    html = client.get(url(Body, "edit", committee.pk)).content.decode()
    assert "رسمیت با حضور ۴ نفر از ۵ عضو" in html
    assert "دوسوم حاضران" in html
    assert "کرسی‌ها چنان پر شده‌اند" in html
    Membership.objects.filter(body=committee, seat__name="معاونت").first().delete()
    html = client.get(url(Body, "edit", committee.pk)).content.decode()
    assert "«معاونت»: ۱ کرسی از ۲ کرسی پر است" in html


def test_form_of_body_adds_a_seat(client, office, site):
    body = factories.make_body()
    data = {
        "seats-TOTAL_FORMS": "1",
        "seats-0-name": "کارشناسان",
        "seats-0-count": "3",
        "seats-0-names_asked": "0",
        "majority": "unanimity",
    }
    office(Body, body, **data)
    body.refresh_from_db()
    assert (body.majority, [(seat.name, seat.count) for seat in body.seats.all()]) == (
        "unanimity",
        [("کارشناسان", 3)],
    )
