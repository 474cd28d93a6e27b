"""Tokens of the API: who makes and ends them, and what is kept of them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from intranet.accounts import tokens
from intranet.accounts.models import ApiToken
from intranet.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


@pytest.fixture
def owner(site):
    return factories.make_user("hq_staff")


def test_make_shows_the_secret_once_and_keeps_its_hash(client, owner):
    client.force_login(owner)
    page = client.post(reverse("accounts:tokens"), {"name": "گزارش‌ساز", "days": "30"})
    token = ApiToken.objects.get()
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert secret not in client.get(reverse("accounts:tokens")).content.decode()
    assert secret not in (token.digest, token.name)
    assert len(secret) > 40
    assert tokens.holder_of(secret) == token
    assert timedelta(days=29) < token.expires_at - timezone.now() <= MONTH
    event = Event.objects.get(verb="api_token.made")
    assert event.actor_id == owner.pk
    assert secret not in str(event.detail)


def test_make_with_an_odd_life_is_refused(client, owner):
    client.force_login(owner)
    assert client.post(reverse("accounts:tokens"), {"name": "x", "days": "9999"}).status_code == 400
    assert not ApiToken.objects.exists()


def test_make_more_than_the_most_is_refused(client, owner):
    for number in range(tokens.MOST):
        tokens.make(owner, str(number), MONTH)
    client.force_login(owner)
    assert client.post(reverse("accounts:tokens"), {"name": "x", "days": "30"}).status_code == 400
    assert ApiToken.objects.count() == tokens.MOST


def test_revoke_by_its_owner_ends_it(client, owner):
    token, secret = tokens.make(owner, "x", MONTH)
    client.force_login(owner)
    for _ in range(2):
        assert client.post(reverse("accounts:revoke_token", args=[token.pk])).status_code == 302
    assert tokens.holder_of(secret) is None
    assert Event.objects.filter(verb="api_token.revoked").count() == 1


def test_revoke_by_another_is_not_there(client, owner):
    token, secret = tokens.make(owner, "x", MONTH)
    client.force_login(factories.make_user("administrator"))
    assert client.post(reverse("accounts:revoke_token", args=[token.pk])).status_code == 404
    assert tokens.holder_of(secret) == token


def test_expired_token_counts_for_nothing(owner):
    _token, secret = tokens.make(owner, "x", MONTH)
    ApiToken.objects.update(expires_at=timezone.now())
    assert tokens.holder_of(secret) is None


def test_token_of_an_inactive_owner_counts_for_nothing(owner):
    _token, secret = tokens.make(owner, "x", MONTH)
    owner.is_active = False
    owner.save()
    assert tokens.holder_of(secret) is None


def test_last_use_is_noted(owner):
    token, secret = tokens.make(owner, "x", MONTH)
    tokens.holder_of(secret)
    token.refresh_from_db()
    assert timezone.now() - token.last_used_at < timedelta(minutes=1)


@pytest.mark.parametrize("secret", ["", "ngo_", "x" * 10_000, "\ud800", "توکن"])
def test_odd_secret_is_nobodys(owner, secret):
    assert tokens.holder_of(secret) is None
