"""Whoever moves a place to another district opens private files to a secretariat: one files it, another approves."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.urls import reverse
from wagtail.log_actions import LogContext

from documents.models import Folder
from intranet.access.queries import can_see
from intranet.accounts.models import User
from intranet.audit.models import Event
from intranet.notifications.models import Notice
from organizations import letters, relocations
from organizations.mandates import Relocation
from organizations.models import Body, Membership, Organization
from pages.meetings.models import MeetingPage
from pages.members.models import MemberPage
from tests import factories
from tests.organizations.conftest import url

pytestmark = pytest.mark.django_db

SECRETARIAT = Body.Kind.SECRETARIAT


def fresh(user):
    """The same user as the next request sees him."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def colleague(site):
    return factories.make_user("hq_staff")


@pytest.fixture
def here(site):
    return factories.make_district(3)


@pytest.fixture
def there(site):
    return factories.make_district(4)


@pytest.fixture
def organization(here):
    return factories.make_organization(here, name="انجمن یاران")


@pytest.fixture
def private(organization):
    """What the organisation has of its own."""
    page = factories.add_page(factories.section("members"), MemberPage, organization=organization)
    return [page, Folder.objects.create(organization=organization, name="گزارش‌ها")]


@pytest.fixture
def filed(office, organization, there, colleague):
    """What one member of staff did in the admin."""
    office(Organization, organization, district=str(there.pk))
    return Relocation.objects.get(organization=organization)


def test_organization_moved_by_one_stays_and_opens_nothing(filed, organization, private, there, staff):
    organization.refresh_from_db()
    assert (organization.district.number, filed.state, filed.made_by) == (3, "waiting", staff)
    secretary = factories.make_secretary(there)
    assert not any(can_see(secretary, own) for own in private)


def test_approve_by_a_colleague_moves_it_and_its_readers(filed, private, here, there, colleague):
    organization = filed.organization
    before, after = factories.make_secretary(here), factories.make_secretary(there)
    relocations.approve(colleague, filed.pk)
    organization.refresh_from_db()
    assert organization.district == there
    assert all(can_see(fresh(after), own) for own in private)
    assert not any(can_see(fresh(before), own) for own in private)
    event = Event.objects.get(verb="relocation.approved")
    assert event.detail["changed"]["district"]["before"]["id"] == here.pk


def test_other_fields_of_the_form_are_saved_at_once(office, organization, there):
    office(Organization, organization, district=str(there.pk), field="آموزش")
    organization.refresh_from_db()
    assert (organization.field, organization.district_id != there.pk) == ("آموزش", True)


def test_approve_by_who_filed_it_is_refused(filed, staff):
    with pytest.raises(letters.RefusedLetter):
        relocations.approve(staff, filed.pk)
    with pytest.raises(IntegrityError):
        Relocation.objects.filter(pk=filed.pk).update(state="approved", decided_by=staff)


@pytest.mark.parametrize(
    "role", ["editor", "administrator", "district_secretary", "auditor", "ngo_representative"]
)
def test_approve_by_another_role_is_refused(filed, role):
    with pytest.raises(letters.RefusedLetter):
        relocations.approve(factories.make_user(role), filed.pk)


def test_approve_by_one_who_serves_in_that_district_is_refused(filed, colleague, there):
    seat = factories.make_body(kind=SECRETARIAT, district=there)
    Membership.objects.create(person=factories.person_of(colleague), body=seat)
    with pytest.raises(letters.RefusedLetter):
        relocations.approve(colleague, filed.pk)


def test_approve_twice_is_refused(filed, colleague):
    relocations.approve(colleague, filed.pk)
    with pytest.raises(letters.RefusedLetter):
        relocations.approve(factories.make_user("hq_staff"), filed.pk)


def test_refuse_needs_a_reason_and_moves_nothing(filed, organization, colleague, here, staff):
    with pytest.raises(letters.RefusedLetter):
        relocations.refuse(colleague, filed.pk, " ")
    relocations.refuse(colleague, filed.pk, "در منطقه ۳ است")
    organization.refresh_from_db()
    assert organization.district == here
    assert "در منطقه ۳ است" in Notice.objects.filter(recipient=staff).latest("pk").body


def test_a_later_move_takes_the_place_of_the_one_that_waits(office, filed, organization, colleague):
    office(Organization, organization, district=str(factories.make_district(5).pk))
    filed.refresh_from_db()
    assert filed.state == "refused"
    assert organization.relocations.waiting().get().district.number == 5


def test_leaving_every_district_needs_one_person(office, organization):
    office(Organization, organization, district="")
    organization.refresh_from_db()
    assert organization.district is None
    assert not Relocation.objects.exists()


def test_secretariat_moved_by_one_reads_nothing_more(office, private, here, there, colleague):
    user = factories.make_secretary(there)
    body = Body.objects.get(district=there)
    office(Body, body, district=str(here.pk))
    assert not can_see(fresh(user), private[0])
    relocations.approve(colleague, body.relocations.get().pk)
    assert can_see(fresh(user), private[0])


def test_body_made_a_secretariat_by_one_reads_nothing_more(office, private, here, colleague):
    body = factories.make_body(kind=Body.Kind.WORKGROUP, district=here)
    user = factories.make_user("district_secretary")
    Membership.objects.create(person=factories.person_of(user), body=body)
    office(Body, body, kind=SECRETARIAT)
    assert not can_see(fresh(user), private[0])
    relocations.approve(colleague, body.relocations.get().pk)
    assert can_see(fresh(user), private[0])


def test_body_that_is_no_secretariat_keeps_its_closed_sessions(office, here, there):
    body = factories.make_body(kind=Body.Kind.COUNCIL, district=here)
    minutes = factories.add_page(factories.section("meetings"), MeetingPage, body=body, openness="closed")
    secretary = factories.make_secretary(there)
    office(Body, body, district=str(there.pk))
    assert not can_see(fresh(secretary), minutes)


def test_kind_that_opens_nothing_needs_one_person(office, here):
    body = factories.make_body(kind=Body.Kind.COUNCIL, district=here)
    office(Body, body, kind=Body.Kind.COMMITTEE)
    body.refresh_from_db()
    assert body.kind == Body.Kind.COMMITTEE


@pytest.mark.parametrize("place", ["organization", "body"])
def test_no_other_screen_moves_it(place, staff, organization, here, there):
    row = organization if place == "organization" else factories.make_body(district=here)
    row.district = there
    with LogContext(user=staff), pytest.raises(PermissionDenied):
        row.save()


def test_page_of_an_organization_is_not_given_to_another(client, private):
    page, other = private[0], factories.make_organization()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.force_login(factories.make_user("hq_staff"))
    assert client.get(address).context["form"].fields["organization"].disabled
    page.organization = other
    with pytest.raises(ValidationError):
        page.save()


def test_screen_tells_whom_it_opens_to_and_decides(filed, organization, there, colleague, client):
    client.force_login(colleague)
    address = reverse("ngo:relocation", args=[filed.pk])
    assert address in client.get(reverse("ngo:letters")).content.decode()
    assert there.name in client.get(address).content.decode()
    assert client.post(address, {"refuse": "1", "reason": ""}).status_code == 400
    assert client.post(address, {"approve": "1"})["Location"] == reverse("ngo:letters")
    organization.refresh_from_db()
    assert organization.district == there


def test_screen_of_who_filed_it_says_that_it_waits(filed, organization, staff, client):
    client.force_login(staff)
    shown = client.get(reverse("ngo:relocation", args=[filed.pk])).content.decode()
    assert 'name="approve"' not in shown
    client.post(reverse("ngo:relocation", args=[filed.pk]), {"approve": "1"})
    filed.refresh_from_db()
    assert filed.state == "waiting"
    assert client.get(url(Organization, "edit", organization.pk)).status_code == 200
