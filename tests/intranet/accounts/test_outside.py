"""Signing in by an OpenID Connect provider that really runs, and what links an identity to an account."""

import os
import re
import subprocess
import sys
import time
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from django.urls import reverse

from intranet.accounts import factors
from intranet.accounts.models import Identity
from intranet.accounts.sign_in import CONFIRMED
from intranet.audit.models import Event
from tests import factories, oidc_provider

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
BACK = f"{SITE}/accounts/outside/return/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """The issuer of a provider that serves in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    people = ["sara:sara@city.test:outside", "neda:neda@city.test:outside"]
    command = [
        sys.executable,
        "-m",
        "tests.oidc_provider",
        str(tmp_path_factory.mktemp("provider")),
        BACK,
        *people,
    ]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


@pytest.fixture(autouse=True)
def _configured(settings, provider, site):
    settings.OIDC_ISSUER, settings.OIDC_LABEL = provider, "حساب شهر"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = oidc_provider.CLIENT, oidc_provider.SECRET
    settings.SITE_URL = SITE


@pytest.fixture
def sara():
    """An account with the very address that the provider knows."""
    return factories.make_user("editor", username="sara", email="sara@city.test")


def at_provider(address, name):
    """Sign in there as `name`, as a browser does; the address to which it sends the person back."""
    with requests.Session() as browser:
        page = browser.get(address, timeout=20)
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
        data = {"username": name, "password": "outside", "csrfmiddlewaretoken": token}
        data["next"] = parse_qs(urlsplit(page.url).query)["next"][0]
        answer = browser.post(page.url, data, allow_redirects=False, timeout=20)
        there = requests.compat.urljoin(page.url, answer.headers["Location"])
        return browser.get(there, allow_redirects=False, timeout=20).headers["Location"]


def go(client, name="sara", **query):
    """From our page to the provider and back; the address of the return, not yet asked for."""
    away = client.get(reverse("accounts:outside"), query)["Location"]
    back = at_provider(away, name)
    assert back.startswith(BACK)
    return back.removeprefix(SITE)


def link(client, user, name="sara"):
    client.force_login(user)
    response = client.get(go(client, name))
    assert response["Location"] == reverse("accounts:security")


def is_in(client):
    return "_auth_user_id" in client.session


def test_unknown_identity_is_not_linked_by_its_address(client, sara):
    response = client.get(go(client), follow=True)
    assert not is_in(client)
    assert not Identity.objects.exists()
    assert "به حسابی پیوند نخورده" in response.content.decode()
    assert Event.objects.filter(verb="account.identity_unknown").exists()


def test_linked_identity_signs_in_and_goes_on(client, client_factory, sara):
    link(client, sara)
    other = client_factory()
    assert "حساب شهر" in other.get(reverse("accounts:login")).content.decode()
    assert other.get(go(other, next="/desk/"))["Location"] == "/desk/"
    assert int(other.session["_auth_user_id"]) == sara.pk


def test_linked_identity_still_takes_the_second_step(client, client_factory, sara):
    link(client, sara)
    secret = factors.new_secret()
    factors.set_up_app(sara, secret, factors.pyotp.TOTP(secret).now())
    other = client_factory()
    assert other.get(go(other))["Location"] == reverse("accounts:second_step")
    assert not is_in(other)


def test_identity_of_a_suspended_account_is_refused(client, client_factory, sara):
    link(client, sara)
    sara.is_active = False
    sara.save()
    other = client_factory()
    other.get(go(other))
    assert not is_in(other)


def test_identity_of_another_account_is_not_taken_over(client, client_factory, sara):
    link(client, sara)
    thief = factories.make_user("editor")
    other = client_factory()
    other.force_login(thief)
    other.get(go(other))
    assert Identity.objects.get().user == sara


def test_linking_asks_who_it_is_after_a_while(client, sara):
    client.force_login(sara)
    session = client.session
    session[CONFIRMED] = time.time() - 10_000
    session.save()
    assert client.get(reverse("accounts:outside"))["Location"].startswith(reverse("accounts:confirm"))


@pytest.mark.parametrize("change", ["state", "code", "both lost", "another browser"])
def test_answer_that_does_not_fit_is_refused(client, client_factory, sara, change):
    link(client, sara)
    other = client_factory()
    back = urlsplit(go(other))
    given = {name: values[0] for name, values in parse_qs(back.query).items()}
    if change == "another browser":
        other = client_factory()
    elif change == "both lost":
        given = {}
    else:
        given[change] = "forged"
    response = other.get(f"{back.path}?{urlencode(given)}")
    assert response["Location"] == reverse("accounts:login")
    assert not is_in(other)


def test_answer_works_once(client, client_factory, sara):
    link(client, sara)
    other = client_factory()
    back = go(other)
    other.get(back)
    other.post(reverse("accounts:logout"))
    other.get(back)
    assert not is_in(other)


def test_error_of_the_provider_is_said_in_persian(client, sara):
    response = client.get(reverse("accounts:outside_return"), {"error": "access_denied"}, follow=True)
    assert "راه نداد" in response.content.decode()


def test_provider_that_does_not_answer_is_said_in_persian(client, settings, sara):
    settings.OIDC_ISSUER = "http://localhost:9"
    response = client.get(reverse("accounts:outside"), follow=True)
    assert "راه نداد" in response.content.decode()


def test_unlink(client, client_factory, sara):
    link(client, sara)
    client.post(reverse("accounts:unlink_outside"))
    other = client_factory()
    other.get(go(other))
    assert not is_in(other)


def test_unlink_without_a_password_is_refused(client, sara):
    sara.set_unusable_password()
    sara.save()
    link(client, sara)
    client.post(reverse("accounts:unlink_outside"))
    assert Identity.objects.filter(user=sara).exists()


def test_no_provider_no_door(client, settings, sara):
    settings.OIDC_ISSUER = ""
    assert client.get(reverse("accounts:outside")).status_code == 404
    assert client.get(reverse("accounts:outside_return")).status_code == 404
