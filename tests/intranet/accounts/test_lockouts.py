"""Guessing is made slow, and nobody is locked out by another for long."""

import pytest
from django.urls import reverse

from intranet.accounts import lockouts
from intranet.accounts.models import Attempts
from intranet.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD, WRONG = "a long enough password", "wrong"
STRANGER = "203.0.113.9"


@pytest.fixture
def sara(site):
    return factories.make_user("editor", username="sara", email="sara@city.test")


@pytest.fixture
def clock(monkeypatch):
    """The time that counts, which the test moves."""

    class Clock:
        now = 1_800_000_000.0

    monkeypatch.setattr(lockouts.time, "time", lambda: Clock.now)
    return Clock


def sign_in(client, name="sara", *, password=WRONG, address=STRANGER):
    return client.post(
        reverse("accounts:login"), {"username": name, "password": password}, REMOTE_ADDR=address
    )


def fail(client, times, **more):
    return [sign_in(client, **more).status_code for _ in range(times)]


def test_sixth_try_waits_and_is_told_how_long(client, sara, clock):
    assert fail(client, 5) == [200] * 5
    response = sign_in(client, password=PASSWORD)
    assert response.status_code == 429
    assert response["Retry-After"] == "15"
    assert "۱۵ ثانیه دیگر" in response.content.decode()
    assert "_auth_user_id" not in client.session
    assert Event.objects.filter(verb="account.sign_in_delayed").exists()


def test_waiting_is_over_by_itself_and_grows_with_each_failure(client, sara, clock):
    fail(client, 5)
    waits = []
    for _ in range(9):
        wait = int(sign_in(client)["Retry-After"])
        waits.append(wait)
        clock.now += wait
        assert sign_in(client).status_code == 200
    assert waits == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert "۱۵ دقیقه دیگر" in sign_in(client).content.decode()
    clock.now += 900
    assert sign_in(client, password=PASSWORD).status_code == 302


def test_tries_that_wait_do_not_lengthen_the_wait(client, sara, clock):
    fail(client, 5)
    fail(client, 20)
    clock.now += 15
    assert sign_in(client, password=PASSWORD).status_code == 302


def test_owner_at_another_address_is_not_locked(client, sara, clock):
    fail(client, 25)
    assert sign_in(client, password=PASSWORD, address="198.51.100.7").status_code == 302


def test_owner_on_a_known_device_is_not_locked_by_his_neighbour(client, client_factory, sara, clock):
    assert sign_in(client, password=PASSWORD).status_code == 302
    client.post(reverse("accounts:logout"))
    neighbour = client_factory()
    fail(neighbour, 25)
    assert sign_in(neighbour, password=PASSWORD).status_code == 429
    assert sign_in(client, password=PASSWORD).status_code == 302


def test_known_device_may_not_guess_for_ever(client, sara, clock):
    sign_in(client, password=PASSWORD)
    client.post(reverse("accounts:logout"))
    assert fail(client, 6) == [200] * 5 + [429]


def test_device_is_forgotten_with_the_password(client, sara, clock):
    sign_in(client, password=PASSWORD)
    client.post(reverse("accounts:logout"))
    sara.set_password("another long password")
    sara.save()
    fail(client, 5)
    assert sign_in(client, password="another long password", address="198.51.100.7").status_code == 302


def test_many_addresses_against_one_account_wait_a_minute_at_most(client, sara, clock):
    for number in range(60):
        sign_in(client, address=f"203.0.{number}.1")
    response = sign_in(client, address="203.0.99.1", password=PASSWORD)
    assert response.status_code == 429
    assert int(response["Retry-After"]) <= 60


def test_one_address_against_many_accounts_waits(client, sara, clock):
    for number in range(30):
        sign_in(client, name=f"nobody{number}")
    assert sign_in(client, name="another").status_code == 429
    assert sign_in(client, password=PASSWORD, address="198.51.100.7").status_code == 302


def test_unknown_name_is_treated_as_a_known_one(client, sara, clock):
    """Whether an account is there cannot be told by how one is locked."""
    assert fail(client, 6, name="nobody") == fail(client, 6, address="198.51.100.8")


def test_password_typed_for_a_name_is_not_kept_in_the_record(client, sara, clock):
    fail(client, 6, name="my secret sentence")
    events = Event.objects.filter(verb__startswith="account.sign_in")
    assert {event.verb for event in events} == {"account.sign_in_failed", "account.sign_in_delayed"}
    assert {event.detail["name"] for event in events} == {"my… (18)"}


def test_success_forgets_the_failures_of_this_place(client, sara, clock):
    fail(client, 4)
    sign_in(client, password=PASSWORD)
    client.post(reverse("accounts:logout"))
    client.cookies.clear()
    assert fail(client, 4) == [200] * 4


def test_counts_name_nobody_and_are_removed(client, sara, clock):
    fail(client, 2)
    assert not Attempts.objects.filter(key__contains="sara").exists()
    clock.now += 3 * lockouts.FORGET
    lockouts.forget_old()
    assert not Attempts.objects.exists()


def test_forged_cookie_is_no_known_device(client, sara, clock):
    client.cookies[lockouts.COOKIE] = "eyI1IjoiYSJ9:forged"
    assert fail(client, 6) == [200] * 5 + [429]
