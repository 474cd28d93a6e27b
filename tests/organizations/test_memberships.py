"""Plain memberships open private files too: one person files them, another approves."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from wagtail.log_actions import LogContext

from intranet.access.explanations import explain
from intranet.access.queries import can_see
from intranet.accounts.models import User
from intranet.audit.models import Event
from intranet.notifications.models import Notice
from organizations import letters, memberships
from organizations.models import Body, Membership, Person, Representative
from pages.members.models import MemberPage
from tests import factories

pytestmark = pytest.mark.django_db

State = Membership.State


def fresh(user):
    """The same user as the next request sees him."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def colleague(site):
    return factories.make_user("hq_staff")


@pytest.fixture
def person(site):
    return Person.objects.create(name="ندا راد", user=factories.make_user("ngo_member"))


@pytest.fixture
def private_page(site):
    organization = factories.make_organization(factories.make_district(3), name="انجمن یاران")
    return factories.add_page(factories.section("members"), MemberPage, organization=organization)


@pytest.fixture
def filed(office, person, private_page, colleague):
    """A membership that one member of staff added in the admin."""
    office(Membership, person=str(person.pk), organization=str(private_page.organization_id))
    return Membership.objects.get(person=person)


def test_add_in_the_admin_opens_nothing_until_a_colleague_approves(
    filed, person, private_page, staff, colleague
):
    assert (filed.state, filed.made_by) == (State.WAITING, staff)
    assert not can_see(fresh(person.user), private_page)
    memberships.approve(colleague, filed.pk)
    assert can_see(fresh(person.user), private_page)
    assert Event.objects.filter(verb="membership.approved", actor_id=colleague.pk).exists()


def test_add_tells_the_colleagues_and_not_who_filed_it(filed, staff, colleague):
    url = reverse("ngo:membership", args=[filed.pk])
    assert [notice.recipient for notice in Notice.objects.filter(url=url)] == [colleague]


def test_approve_by_who_filed_it_is_refused(filed, staff, person, private_page):
    with pytest.raises(letters.RefusedLetter):
        memberships.approve(staff, filed.pk)
    filed.state, filed.decided_by = State.APPROVED, staff
    with pytest.raises(IntegrityError):
        Membership.objects.bulk_update([filed], ["state", "decided_by"])


@pytest.mark.parametrize("role", ["editor", "administrator", "district_secretary", "auditor"])
def test_approve_by_another_role_is_refused(filed, role):
    with pytest.raises(letters.RefusedLetter):
        memberships.approve(factories.make_user(role), filed.pk)


def test_approve_ones_own_is_refused(filed, colleague):
    Person.objects.filter(pk=filed.person_id).update(user=colleague)
    with pytest.raises(letters.RefusedLetter):
        memberships.approve(colleague, filed.pk)


def test_refuse_needs_a_reason_and_opens_nothing(filed, colleague, person, private_page):
    with pytest.raises(letters.RefusedLetter):
        memberships.refuse(colleague, filed.pk, "  ")
    memberships.refuse(colleague, filed.pk, "عضو این انجمن نیست")
    assert not can_see(fresh(person.user), private_page)
    with pytest.raises(letters.RefusedLetter):
        memberships.approve(colleague, filed.pk)


def test_seat_in_a_districts_secretariat_waits_too(office, person, private_page, colleague):
    body = factories.make_body(kind=Body.Kind.SECRETARIAT, district=private_page.organization.district)
    office(Membership, person=str(person.pk), body=str(body.pk))
    seat = Membership.objects.get(body=body)
    assert not can_see(fresh(person.user), private_page)
    memberships.approve(colleague, seat.pk)
    assert can_see(fresh(person.user), private_page)


def test_change_that_gives_more_waits_again_and_one_that_gives_less_does_not(office, filed, colleague):
    memberships.approve(colleague, filed.pk)
    office(Membership, filed, valid_to="۱۴۱۰/۱/۱")
    filed.refresh_from_db()
    assert filed.state == State.APPROVED
    office(Membership, filed, valid_to="۱۴۱۱/۱/۱")
    filed.refresh_from_db()
    assert filed.state == State.WAITING


def test_account_joined_to_a_person_by_one_lets_his_places_wait(staff, private_page):
    person = Person.objects.create(name="بی‌حساب")
    seat = Membership.objects.create(person=person, organization=private_page.organization)
    letter = Representative.objects.create(
        person=person, organization=private_page.organization, state=Representative.State.APPROVED
    )
    stranger = factories.make_user("ngo_member")
    with LogContext(user=staff):
        person.user = stranger
        person.save()
    assert not can_see(fresh(stranger), private_page)
    seat.refresh_from_db()
    letter.refresh_from_db()
    assert (seat.state, seat.made_by, letter.state) == (State.WAITING, staff, State.WAITING)


def test_explanation_says_that_the_membership_waits(filed, person, private_page):
    said = explain(fresh(person.user), private_page)
    assert not said.reads
    assert any("در انتظار تأیید" in reason for reason in said.reasons)


def test_explanation_says_that_the_letter_waits(private_page):
    user = factories.make_representative(private_page.organization, state=Representative.State.WAITING)
    said = explain(fresh(user), private_page)
    assert not said.reads
    assert any("معرفی‌نامه" in reason and "در انتظار تأیید" in reason for reason in said.reasons)


def test_screen_of_what_waits_leads_to_the_approval(filed, colleague, client):
    client.force_login(colleague)
    address = reverse("ngo:membership", args=[filed.pk])
    assert address in client.get(reverse("ngo:letters")).content.decode()
    assert "ندا راد" in client.get(address).content.decode()
    assert client.post(address, {"approve": "1"})["Location"] == reverse("ngo:letters")
    filed.refresh_from_db()
    assert (filed.state, filed.decided_by) == (State.APPROVED, colleague)


def test_screen_of_who_filed_it_has_no_button(filed, staff, client):
    client.force_login(staff)
    shown = client.get(reverse("ngo:membership", args=[filed.pk])).content.decode()
    assert 'name="approve"' not in shown
    client.post(reverse("ngo:membership", args=[filed.pk]), {"approve": "1"})
    filed.refresh_from_db()
    assert filed.state == State.WAITING
