"""Inviting whom a letter names: a new account by its own link, a known one by a link and never by its address."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from intranet.accounts.models import Invitation, User
from organizations import invitations, letters
from organizations.models import Membership, Representative
from organizations.readers import reads_organization
from tests import factories
from tests.organizations.test_letters import letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization(site):
    return factories.make_organization(factories.make_district(3))


@pytest.fixture
def head(organization):
    return factories.make_representative(organization)


@pytest.fixture
def staff(site):
    return factories.make_user("hq_staff")


def invited(head, staff, organization, address):
    mandate = letters.file_letter(head, organization, "ندا راد", letter(), invite_to=address)
    letters.approve(staff, mandate.pk)
    call_command("worker", once=True, verbosity=0)
    mandate.refresh_from_db()
    return mandate


def link_to(address):
    [letter] = [letter for letter in mail.outbox if letter.to == [address]]
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]


def test_invite_new_address_makes_an_account_that_opens_nothing_before_it_is_accepted(
    head, staff, organization, client
):
    mandate = invited(head, staff, organization, "neda@test.invalid")
    user = mandate.person.user
    assert not user.is_active
    assert not reads_organization(user, organization)
    link = link_to("neda@test.invalid")
    client.post(
        link, {"new_password1": "a long enough Password 7", "new_password2": "a long enough Password 7"}
    )
    user.refresh_from_db()
    assert user.is_active
    assert reads_organization(user, organization)
    assert not Invitation.objects.open().exists()


def test_invite_known_address_links_nobody_until_the_holder_of_the_link_takes_it_up(
    head, staff, organization, client_of
):
    known = factories.make_user("ngo_member", email="known@test.invalid")
    mandate = invited(head, staff, organization, "known@test.invalid")
    assert mandate.person.user is None
    assert not reads_organization(known, organization)
    other = factories.make_user(
        "ngo_member", username="دیگری"
    )  # whoever holds the link, with whatever account
    link = link_to("known@test.invalid")
    client = client_of(other)
    assert organization.name in client.get(link).content.decode()
    assert client.post(link)["Location"] == reverse("ngo:files", args=[organization.pk])
    assert reads_organization(User.objects.get(pk=other.pk), organization)
    assert not reads_organization(User.objects.get(pk=known.pk), organization)
    assert client_of(known).post(link).status_code == 404  # it works once


@pytest.mark.parametrize("broken", ["ended", "expired", "forged", "maker"])
def test_take_up_of_a_link_that_does_not_count_is_refused(broken, head, staff, organization):
    factories.make_user(email="known@test.invalid")
    mandate = invited(head, staff, organization, "known@test.invalid")
    token = invitations.link_of(mandate).rstrip("/").rpartition("/")[2]
    user = factories.make_user("ngo_member")
    if broken == "ended":
        letters.end(head, Representative.objects.get(pk=mandate.pk))
    elif broken == "expired":
        Representative.objects.filter(pk=mandate.pk).update(valid_to="2020-01-01")
    elif broken == "forged":
        token = token[:-2] + ("aa" if token[-2:] != "aa" else "bb")
    else:
        user = head
    with pytest.raises(invitations.RefusedInvitation):
        invitations.take_up(user, token)
    assert Representative.objects.get(pk=mandate.pk).person.user is None


def test_invite_again_ends_the_first_link(head, staff, organization, client_of):
    mandate = invited(head, staff, organization, "neda@test.invalid")
    first = Invitation.objects.open().get()
    client_of(head).post(reverse("ngo:invite_again", args=[organization.pk, mandate.pk]))
    assert Invitation.objects.open().get() != first


def test_end_before_acceptance_withdraws_the_invitation(head, staff, organization):
    mandate = invited(head, staff, organization, "neda@test.invalid")
    letters.end(head, mandate)
    assert not Invitation.objects.open().exists()


def test_act_for_another_of_ones_organizations_shows_in_the_header_and_widens_nothing(
    organization, client_of
):
    user = factories.make_member(organization)
    second = factories.make_organization(name="انجمن دوم")
    foreign = factories.make_organization(name="انجمن بیگانه")
    Membership.objects.create(person=factories.person_of(user), organization=second)
    client = client_of(user)
    assert client.post(reverse("ngo:act"), {"organization": foreign.pk}).status_code == 403
    assert client.post(reverse("ngo:act"), {"organization": second.pk}).status_code == 302
    header = client.get(reverse("ngo:files", args=[organization.pk])).context["acting"]
    assert header["organization"] == second
    assert client.get(reverse("ngo:index"))["Location"] == reverse("ngo:files", args=[second.pk])
    assert client.get(reverse("ngo:files", args=[foreign.pk])).status_code == 403
    Membership.objects.filter(organization=second).update(valid_to="2020-01-01")
    assert client.get(reverse("ngo:index"))["Location"] == reverse("ngo:files", args=[organization.pk])
