"""Invited, active, suspended, left: what an account can do in each, and what becomes of what it made."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from intranet.accounts import factors, life, personal_data, proposals, tokens
from intranet.accounts.actions import choose_language, invite
from intranet.accounts.errors import Refused
from intranet.accounts.models import AccountState, ApiToken, Proposal, User
from intranet.accounts.roles import Role, roles_of
from intranet.audit.models import Event
from organizations.models import Membership, Person
from pages.bylaws.models import BylawPage
from search.models import SavedSearch
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(site):
    return factories.make_user("administrator")


@pytest.fixture
def sara(site):
    return factories.make_user("editor", username="sara", email="sara@city.test", first_name="سارا")


def now(user):
    return User.objects.get(pk=user.pk)


def test_suspend_ends_sessions_at_once_and_resume_lets_in_again(client, admin, sara):
    client.force_login(sara)
    life.suspend(admin, sara, "آزمون")
    assert now(sara).state == AccountState.SUSPENDED
    assert client.get("/desk/").status_code == 302
    life.resume(admin, sara)
    assert now(sara).state == AccountState.ACTIVE
    assert (
        Event.objects.filter(verb__in=["account.suspended", "account.resumed"], actor_id=admin.pk).count()
        == 2
    )


def test_leave_hands_over_what_is_owned_and_ends_the_rest(client, admin, sara):
    page = factories.add_page(factories.section("bylaws"), BylawPage, live=False, owner=sara)
    successor = factories.make_user("ngo_member")
    factors.new_codes(sara)
    tokens.make(sara, "برنامه", tokens.LONGEST_LIFE)
    client.force_login(successor)
    assert client.get(reverse("workflows:history", args=[page.pk])).status_code == 404
    assert life.leave(admin, sara, successor)["pages"] == 1
    page.refresh_from_db()
    assert page.owner == successor
    assert (
        client.get(reverse("workflows:history", args=[page.pk])).status_code == 200
    )  # the draft opened to him
    gone = now(sara)
    assert gone.state == AccountState.LEFT
    assert not gone.groups.exists()
    assert not gone.has_usable_password()
    assert not factors.factors_of(gone).codes_left
    assert not ApiToken.objects.filter(user=gone, revoked_at=None).exists()
    with pytest.raises(Refused):
        life.resume(admin, gone)


@pytest.mark.parametrize("who", ["himself", "inactive"])
def test_leave_without_a_fit_successor_is_refused(admin, sara, who):
    successor = sara if who == "himself" else factories.make_user("editor", is_active=False)
    with pytest.raises(Refused, match="جانشین"):
        life.leave(admin, sara, successor)
    assert now(sara).is_active


@pytest.mark.parametrize("role", ["editor", "hq_staff", "auditor"])
def test_change_by_others_is_refused(client, sara, role):
    client.force_login(factories.make_user(role))
    address = reverse("accounts:change_person", args=[sara.pk])
    assert client.post(address, {"act": "suspend", "suspend-reason": "x"}).status_code == 403
    assert now(sara).is_active


def test_change_of_oneself_is_refused(client, admin):
    client.force_login(admin)
    address = reverse("accounts:change_person", args=[admin.pk])
    assert client.post(address, {"act": "suspend", "suspend-reason": "x"}).status_code == 403


def test_pages_of_an_account_in_each_state(client, admin, sara):
    successor = factories.make_user("editor", last_name="راد")
    client.force_login(admin)
    address, change = (reverse(f"accounts:{name}", args=[sara.pk]) for name in ("person", "change_person"))
    assert "فعال" in client.get(address).content.decode()
    client.post(change, {"act": "suspend", "suspend-reason": ""})
    assert now(sara).is_active
    client.post(change, {"act": "suspend", "suspend-reason": "آزمون"})
    assert "معلق" in client.get(address).content.decode()
    client.post(change, {"act": "resume"})
    client.post(change, {"act": "leave", "leave-successor": successor.pk})
    assert now(sara).state == AccountState.LEFT
    assert "رفته" in client.get(address).content.decode()


def test_admin_screen_invites_and_sets_no_password(client, admin):
    client.force_login(admin)
    address = reverse("wagtailusers_users:add")
    assert "password" not in client.get(address).content.decode()
    data = {
        "username": "neda",
        "email": "neda@city.test",
        "first_name": "ندا",
        "last_name": "راد",
        "title": "",
    }
    assert client.post(address, data).status_code == 302
    neda = User.objects.get(username="neda")
    assert neda.state == AccountState.INVITED
    client.post(reverse("accounts:change_person", args=[neda.pk]), {"act": "invite"})
    assert neda.invitations.count() == 2


def test_export_holds_what_is_kept_and_no_secret(client, sara):
    client.force_login(sara)
    SavedSearch.objects.create(user=sara, name="سمن‌ها", digest="x")
    _token, secret = tokens.make(sara, "برنامه", tokens.LONGEST_LIFE)
    response = client.get(reverse("accounts:data_download"))
    found = json.loads(response.content)
    assert found["account"]["email"] == "sara@city.test"
    assert found["saved_searches"][0]["name"] == "سمن‌ها"
    assert found["tokens"][0]["name"] == "برنامه"
    assert any(act["act"] == "api_token.made" for act in found["acts"])
    text = response.content.decode()
    assert secret not in text
    assert sara.password not in text
    assert "attachment" in response["Content-Disposition"]


def test_erase_by_two_makes_the_name_unreadable_and_keeps_the_chain(admin, sara):
    second = factories.make_user("administrator")
    person = Person.objects.create(name="سارا راد", user=sara)
    Membership.objects.create(person=person, body=factories.make_body())
    SavedSearch.objects.create(user=sara, name="سمن‌ها", digest="x")
    choose_language(sara, "en")
    log(instance=sara, action="wagtail.edit", user=admin)
    with pytest.raises(Refused, match="جانشین"):
        proposals.propose(admin, sara, Proposal.Kind.ERASE, "خواست خود او")
    life.leave(admin, sara, second)
    invited = Event.objects.get(verb="account.left", target_id=str(sara.pk))
    assert "sara" in invited.target_name or "سارا" in invited.target_name
    proposals.confirm(second, proposals.propose(admin, sara, Proposal.Kind.ERASE, "خواست خود او"))
    gone = now(sara)
    assert personal_data.is_erased(gone)
    assert (gone.email, gone.first_name, gone.last_name) == ("", "", "")
    assert not SavedSearch.objects.exists()
    assert not UserProfile.objects.filter(user=sara).exists()
    assert ModelLogEntry.objects.for_instance(gone).get().label == gone.username
    person.refresh_from_db()
    assert person.user is None
    assert person.name == "سارا راد"  # who held a seat is official record
    unreadable = Event.objects.get(pk=invited.pk)
    assert "سارا" not in unreadable.target_name
    assert "sara" not in unreadable.target_name


def test_asking_for_erasure_tells_the_administrators(client, admin, sara):
    client.force_login(sara)
    client.post(reverse("accounts:ask_to_erase"))
    assert admin.notices.filter(url=reverse("accounts:person", args=[sara.pk])).exists()
    assert now(sara).is_active


def test_appoint_makes_the_first_two_administrators_and_no_third(site, capsys):
    for name in ("first", "second"):
        call_command("appoint", f"{name}@city.test", first_name=name)
        assert "/accounts/invitation/" in capsys.readouterr().out
    user = User.objects.get(email="first@city.test")
    assert user.state == AccountState.INVITED
    user.is_active = True
    assert roles_of(user) == {Role.ADMINISTRATOR}
    assert not user.is_superuser
    with pytest.raises(CommandError, match="two administrators"):
        call_command("appoint", "third@city.test")


def test_invited_account_is_erased_without_having_been_active(admin):
    second = factories.make_user("administrator")
    user = invite(admin, email="neda@city.test").user
    proposals.confirm(second, proposals.propose(admin, user, Proposal.Kind.ERASE, "اشتباه بود"))
    assert personal_data.is_erased(now(user))
