"""Invited, and the account made one's own by a link that works once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from intranet.accounts import actions
from intranet.accounts.errors import Refused
from intranet.accounts.invitations import link_of
from intranet.accounts.models import AccountState, Invitation, User
from intranet.accounts.roles import Role, roles_of
from intranet.accounts.signals import invitation_accepted
from intranet.audit.models import Event
from intranet.outbox.actions import drain
from tests import factories

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "ستاره‌های بلند ۷", "new_password2": "ستاره‌های بلند ۷"}


@pytest.fixture
def inviter(site):
    return factories.make_user("administrator", first_name="مدیر", last_name="یکم")


def invite(by, **more):
    return actions.invite(by, email="Sara@City.test", first_name="سارا", **more)


def path_of(invitation):
    return re.sub(r"^https?://[^/]+", "", link_of(invitation))


def test_invite_makes_an_account_that_cannot_sign_in(client, inviter):
    user = invite(inviter, roles=[Role.NGO_MEMBER]).user
    assert user.state == AccountState.INVITED
    assert not user.has_usable_password()
    assert user.username == "sara"
    assert Event.objects.filter(verb="account.invited", actor_id=inviter.pk, target_id=user.pk).exists()
    user.is_active = True  # a role counts once the account does
    assert roles_of(user) == {Role.NGO_MEMBER}


def test_invite_sends_a_link_in_persian_from_the_outbox(inviter, settings):
    settings.SITE_URL = "https://intranet.city.test"
    invitation = invite(inviter, note="برای انجمن یاران")
    assert mail.outbox == []
    drain()
    (message,) = mail.outbox
    assert message.to == [invitation.user.email]
    assert link_of(invitation) in message.body
    assert "مدیر یکم شما را به شبکه داخلی دعوت کرده است" in message.body
    assert "برای انجمن یاران" in message.body
    actions.send_invitations([])
    assert len(mail.outbox) == 1


def test_accept_lets_the_person_in_with_his_own_password(client, inviter):
    heard = []

    def hear(sender, invitation, user, **kwargs):
        heard.append((invitation.pk, user.pk))

    invitation_accepted.connect(hear)
    invitation = invite(inviter, next_url="/members/")
    address = path_of(invitation)
    page = client.get(address)
    assert "خوش آمدید، سارا" in page.content.decode()
    assert client.post(address, NEW)["Location"] == "/accounts/login/?next=%2Fmembers%2F"
    user = User.objects.get(pk=invitation.user_id)
    assert user.state == AccountState.ACTIVE
    assert heard == [(invitation.pk, user.pk)]
    signed_in = client.post(
        reverse("accounts:login"), {"username": "sara", "password": NEW["new_password1"], "next": "/desk/"}
    )
    assert signed_in["Location"] == "/desk/"
    invitation_accepted.disconnect(hear)


def test_accept_works_once(client, inviter):
    address = path_of(invite(inviter))
    client.get(address)
    client.get(address)  # looking at it uses nothing up
    assert client.post(address, NEW).status_code == 302
    again = client.post(address, {"new_password1": "another long word", "new_password2": "another long word"})
    assert again.status_code == 410
    assert "دیگر کار نمی‌کند" in again.content.decode()
    assert User.objects.get(username="sara").check_password(NEW["new_password1"])


@pytest.mark.parametrize("end", ["too_old", "withdrawn", "suspended"])
def test_accept_after_its_end_is_refused(client, inviter, end):
    invitation = invite(inviter)
    if end == "too_old":
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif end == "withdrawn":
        actions.withdraw_invitations(invitation.user)
    else:
        User.objects.filter(pk=invitation.user_id).update(left_at=timezone.now())
    assert client.post(path_of(invitation), NEW).status_code == 410
    with pytest.raises(Refused):
        actions.accept(invitation, NEW["new_password1"])


def test_accept_weak_password_is_refused_and_the_link_lives_on(client, inviter):
    address = path_of(invite(inviter))
    weak = client.post(address, {"new_password1": "password12", "new_password2": "password12"})
    assert weak.status_code == 400
    assert client.post(address, NEW).status_code == 302


def test_accept_link_with_another_signature_opens_nothing(client, inviter):
    address = path_of(invite(inviter))
    assert client.get(f"{address[:-2]}x/").status_code == 410


def test_invite_again_ends_the_first_link(client, inviter):
    first = invite(inviter)
    second = actions.invite_again(inviter, first.user)
    assert client.get(path_of(first)).status_code == 410
    assert client.get(path_of(second)).status_code == 200
    actions.accept(second, NEW["new_password1"])
    with pytest.raises(Refused):
        actions.invite_again(inviter, first.user)


@pytest.mark.parametrize("email", ["sara@city.test", "SARA@CITY.TEST"])
def test_invite_known_address_is_refused(inviter, email):
    """Nobody's account is taken for his by an address."""
    factories.make_user("editor", email="sara@city.test")
    with pytest.raises(Refused, match="ایمیل"):
        actions.invite(inviter, email=email)


def test_invite_names_do_not_collide(inviter):
    factories.make_user("editor", username="sara", email="other@city.test")
    assert invite(inviter).user.username == "sara-2"


@pytest.mark.parametrize("role", ["hq_staff", "auditor", "administrator", "district_secretary"])
def test_invite_with_a_role_that_reads_private_files_is_refused(inviter, role):
    with pytest.raises(Refused, match="دو مدیر"):
        invite(inviter, roles=[Role(role)])
    assert not User.objects.filter(email__iexact="sara@city.test").exists()
