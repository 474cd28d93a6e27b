"""What was opened to a person one by one ends with the place for which it was opened."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.actions import add_document
from intranet.access.grants import grant_view, grants_on
from intranet.access.queries import can_see
from intranet.accounts import life
from intranet.accounts.models import User
from intranet.audit.models import Event
from intranet.outbox.registry import clock_jobs
from organizations import letters
from organizations.leaving import end_what_is_over
from organizations.models import Membership, Representative
from pages.members.models import MemberPage
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(user):
    """The same user as the next request sees him."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def staff(site):
    return factories.make_user("hq_staff")


@pytest.fixture
def organization(site):
    return factories.make_organization(name="انجمن یاران")


@pytest.fixture
def page(organization):
    return factories.add_page(factories.section("members"), MemberPage, organization=organization)


@pytest.fixture
def draft(site):
    return factories.add_page(
        factories.section("members"), MemberPage, organization=factories.make_organization()
    )


def reads(user, *objects):
    return [can_see(fresh(user), obj) for obj in objects]


def test_leave_ends_what_was_opened_to_the_person(staff, page):
    admin, person, successor = (
        factories.make_user("administrator"),
        factories.make_user("legal_reviewer"),
        factories.make_user("editor"),
    )
    grant_view(page, person, staff)
    assert reads(person, page) == [True]
    life.leave(admin, person, successor)
    assert grants_on(page) == []
    User.objects.filter(pk=person.pk).update(is_active=True)  # even were the account opened again by hand
    assert reads(person, page) == [False]
    event = Event.objects.get(verb="access.revoked")
    assert (event.actor_id, event.detail["to"]) == (admin.pk, person.username)


def test_end_of_a_letter_ends_what_was_opened_in_that_organisation(staff, organization, page, draft):
    user = factories.make_representative(organization)
    other = factories.make_organization()
    Membership.objects.create(person=user.person, organization=other)
    for obj in (page, draft):
        grant_view(obj, user, staff)
    letters.end(staff, Representative.objects.get(person=user.person))
    assert reads(user, page, draft) == [False, True]


def test_end_of_the_last_place_ends_all_that_was_opened(staff, organization, page, draft):
    user = factories.make_representative(organization)
    for obj in (page, draft):
        grant_view(obj, user, staff)
    letters.end(staff, Representative.objects.get(person=user.person))
    assert reads(user, page, draft) == [False, False]


def test_end_of_a_letter_beside_a_membership_ends_nothing_there(staff, organization, page):
    user = factories.make_representative(organization)
    Membership.objects.create(person=user.person, organization=organization)
    grant_view(page, user, staff)
    letters.end(staff, Representative.objects.get(person=user.person))
    assert len(grants_on(page)) == 1


def test_end_of_a_letter_leaves_what_an_office_of_ones_own_was_given(staff, organization, page, draft):
    user = factories.make_representative(organization)
    user.groups.add(*factories.make_user("legal_reviewer").groups.all())
    for obj in (page, draft):
        grant_view(obj, user, staff)
    letters.end(staff, Representative.objects.get(person=user.person))
    assert reads(user, page, draft) == [False, True]


def test_expiry_ends_the_grants_by_the_clock(staff, organization, page):
    user = factories.make_representative(organization)
    grant_view(page, user, staff)
    end_what_is_over()
    assert reads(user, page) == [True]
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Representative.objects.filter(person=user.person).update(valid_to=yesterday)
    end_what_is_over()
    assert reads(user, page) == [False]
    assert clock_jobs["organizations.end_grants"].run is end_what_is_over


def test_grants_to_those_who_never_had_a_place_stay(staff, page):
    reviewer = factories.make_user("legal_reviewer")
    factories.person_of(reviewer)
    grant_view(page, reviewer, staff)
    end_what_is_over()
    assert reads(reviewer, page) == [True]


def test_grants_on_files_end_too(staff, organization, media):
    user = factories.make_representative(organization)
    file = add_document(
        file=SimpleUploadedFile("a.txt", "متن".encode()),
        title="صورت",
        uploaded_by=None,
        audience="organization",
        organization=organization,
    )
    grant_view(file, user, staff)
    letters.end(staff, Representative.objects.get(person=user.person))
    assert reads(user, file) == [False]
