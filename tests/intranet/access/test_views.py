"""The page that shows who can read another, and opens it to one more."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from intranet.access.queries import can_see
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role
from intranet.audit.models import Event
from pages.bylaws.models import BylawPage
from pages.members.models import MemberPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site):
    organization = factories.make_organization(factories.make_district(3), name="یاران")
    return factories.add_page(factories.section("members"), MemberPage, organization=organization)


def address(page, name="page"):
    return reverse(f"access:{name}", args=[page.pk])


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_open_staff_sees_who_can_read_in_words(page, client_of):
    shown = client_of("hq_staff").get(address(page)).content.decode()
    for words in ("اعضای «یاران»", "نمایندگان «یاران»", "دبیرخانه منطقه ۳", "کارشناس ستاد", "بازرس"):
        assert words in shown


def test_open_public_page_says_everyone(site, client_of):
    bylaw = factories.add_page(factories.section("bylaws"), BylawPage)
    assert "همه، بدون ورود" in client_of("editor").get(address(bylaw)).content.decode()


@pytest.mark.parametrize("by", ["username", "email"])
def test_grant_staff_opens_the_page_to_a_person_and_takes_it_back(page, client_of, by):
    staff, person = factories.make_user("hq_staff"), factories.make_user("legal_reviewer")
    client = client_of(staff)
    assert client.post(address(page), {"person": getattr(person, by)})["Location"] == address(page)
    assert can_see(fresh(person), page)
    assert Event.objects.filter(verb="access.granted", actor_id=staff.pk).count() == 1
    assert person.label in client.get(address(page)).content.decode()
    client.post(address(page, "revoke"), {"grant": f"user:{person.pk}"})
    assert not can_see(fresh(person), page)
    assert Event.objects.filter(verb="access.revoked", actor_id=staff.pk).count() == 1


def test_grant_staff_opens_the_page_to_a_group(page, client_of):
    group = Group.objects.get(name=GROUP_NAMES[Role.COUNCIL_MEMBER])
    member, client = factories.make_user("council_member"), client_of("hq_staff")
    client.post(address(page), {"group": group.pk})
    assert can_see(fresh(member), page)
    client.post(address(page, "revoke"), {"grant": f"group:{group.pk}"})
    assert not can_see(fresh(member), page)


@pytest.mark.parametrize("data", [{}, {"person": "nobody"}, {"person": "سارا", "group": 1}])
def test_grant_to_nobody_or_both_is_refused(page, client_of, data):
    assert client_of("hq_staff").post(address(page), data).status_code == 400


def test_revoke_what_was_never_granted_does_nothing(page, client_of):
    client = client_of("hq_staff")
    for key in ("", "user:", "user:x", "role:hq_staff", "user:999999", "group:999999"):
        assert client.post(address(page, "revoke"), {"grant": key}).status_code == 302
    assert not Event.objects.filter(verb="access.revoked").exists()


@pytest.mark.parametrize(
    "who", ["editor", "legal_reviewer", "council_member", "auditor", "administrator", "ngo_member"]
)
def test_grant_others_are_refused_on_a_private_page(page, client_of, who):
    user = factories.make_user(who)
    client = client_of(user)
    reads = who == "auditor"  # and so he sees who reads; to the others it does not exist
    assert client.get(address(page)).status_code == (200 if reads else 404)
    assert client.post(address(page), {"person": user.username}).status_code == (403 if reads else 404)
    assert can_see(fresh(user), page) is (who == "auditor")


def test_grant_editor_opens_a_draft_that_he_may_edit(site, client_of):
    draft = factories.add_page(factories.section("bylaws"), BylawPage, live=False)
    other = factories.make_member(factories.make_organization())
    assert not can_see(other, draft, "draft")
    assert client_of("editor").post(address(draft), {"person": other.username}).status_code == 302
    assert can_see(fresh(other), draft, "draft")
