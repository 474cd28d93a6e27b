"""Who reads an NGO's private page."""

import datetime

import pytest

from intranet.access.queries import can_see, visible_to
from intranet.accounts.models import User
from pages.members.models import MemberPage
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def page(site):
    district = factories.make_district(3)
    organization = factories.make_organization(district)
    return factories.add_page(factories.section("members"), MemberPage, organization=organization)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("editor", False),
        ("legal_reviewer", False),
        ("council_member", False),
        ("administrator", False),
        ("district_secretary", False),
        ("ngo_member", False),
        ("ngo_representative", False),
        ("hq_staff", True),
        ("auditor", True),
    ],
)
def test_view_by_role_without_membership(page, role, sees):
    user = factories.make_user(role)
    assert can_see(user, page) is sees
    assert visible_to(MemberPage.objects.all(), user).exists() is sees


def test_view_own_member_until_membership_ends(page):
    user = factories.make_member(page.organization)
    assert can_see(user, page)
    user.person.memberships.update(valid_to=datetime.date(2020, 1, 1))
    assert not can_see(fresh(user), page)


def test_view_own_districts_secretary_but_not_another(page):
    assert can_see(factories.make_secretary(page.organization.district), page)
    assert not can_see(factories.make_secretary(factories.make_district(4)), page)


def test_view_superuser_gets_nothing_special(page):
    user = factories.make_user(is_superuser=True)
    assert not can_see(user, page)


def test_view_granted_by_guardian_to_one_editor(page):
    from guardian.shortcuts import assign_perm, remove_perm

    user, other = factories.make_user("editor"), factories.make_user("editor")
    assign_perm("members.view_memberpage", user, page)
    assert can_see(fresh(user), page)
    assert not can_see(fresh(other), page)
    remove_perm("members.view_memberpage", user, page)
    assert not can_see(fresh(user), page)
