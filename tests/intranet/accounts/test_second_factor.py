"""The second factor: set up, asked for, compulsory by role, and what stands in for it."""

import re
import time

import pyotp
import pytest
from django.core import mail
from django.urls import reverse

from intranet.accounts import factors, sealing
from intranet.accounts.models import AuthenticatorApp, RecoveryCode
from intranet.accounts.sign_in import CONFIRMED, PATIENCE, PENDING
from intranet.audit.models import Event
from intranet.outbox.actions import drain
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
HOME = "/"


@pytest.fixture
def secret():
    return factors.new_secret()


def code(secret, steps=0):
    """The code of now, or of so many half minutes from now."""
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * steps)


@pytest.fixture
def sara(site, secret):
    """An editor whose app shows the codes of `secret`; `sara.codes` are her recovery codes."""
    user = factories.make_user("editor", username="sara")
    user.codes = factors.set_up_app(user, secret, code(secret, -1))
    return user


def first_step(client, **more):
    return client.post(reverse("accounts:login"), {"username": "sara", "password": PASSWORD, **more})


def second_step(client, typed):
    return client.post(reverse("accounts:second_step"), {"code": typed})


def is_in(client):
    return "_auth_user_id" in client.session


def test_password_alone_does_not_let_in(client, sara):
    assert first_step(client)["Location"] == reverse("accounts:second_step")
    assert not is_in(client)
    assert client.get("/desk/").status_code == 302
    assert "گام دوم" in client.get(reverse("accounts:second_step")).content.decode()


def test_code_of_the_app_lets_in_and_goes_on(client, sara, secret):
    first_step(client, next="/desk/")
    assert second_step(client, code(secret))["Location"] == "/desk/"
    assert is_in(client)
    assert PENDING not in client.session


@pytest.mark.parametrize("shape", ["{}", "{} ", "persian", "spaced"])
def test_code_is_read_in_whatever_digits(client, sara, secret, shape):
    first_step(client)
    digits = code(secret)
    typed = {
        "persian": digits.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")),
        "spaced": f"{digits[:3]} {digits[3:]}",
    }.get(shape, shape.format(digits))
    second_step(client, typed)
    assert is_in(client)


def test_code_works_once(client, client_factory, sara, secret):
    first_step(client)
    once = code(secret)
    second_step(client, once)
    other = client_factory()
    first_step(other)
    assert second_step(other, once).status_code == 400
    assert not is_in(other)


@pytest.mark.parametrize("typed", ["000000", "", "12", "abc", "aaaaa-aaaaa"])
def test_wrong_code_is_refused(client, sara, secret, typed):
    first_step(client)
    if typed == code(secret):  # one in a million
        typed = "000001"
    assert second_step(client, typed).status_code == 400
    assert not is_in(client)


def test_old_code_is_refused(client, sara, secret):
    first_step(client)
    assert second_step(client, code(secret, -4)).status_code == 400


def test_guessing_codes_waits(client, sara, secret):
    first_step(client)
    assert [second_step(client, "000000").status_code for _ in range(6)] == [400] * 5 + [429]
    assert second_step(client, code(secret)).status_code == 429
    assert not is_in(client)


def test_second_step_without_the_first_is_sent_back(client, sara, secret):
    assert second_step(client, code(secret))["Location"] == reverse("accounts:login")
    assert not is_in(client)


def test_second_step_too_late_is_sent_back(client, sara, secret, monkeypatch):
    first_step(client)
    session = client.session
    session[PENDING] = {**session[PENDING], "at": time.time() - PATIENCE - 1}
    session.save()
    assert second_step(client, code(secret))["Location"] == reverse("accounts:login")


@pytest.mark.parametrize("change", ["password", "suspension"])
def test_second_step_after_a_change_of_the_account_is_sent_back(client, sara, secret, change):
    first_step(client)
    if change == "password":
        sara.set_password("another long password")
    else:
        sara.is_active = False
    sara.save()
    assert second_step(client, code(secret))["Location"] == reverse("accounts:login")
    assert not is_in(client)


def test_recovery_code_lets_in_once_and_its_owner_is_told(client, client_factory, sara):
    first_step(client)
    second_step(client, sara.codes[0].upper())
    assert is_in(client)
    other = client_factory()
    first_step(other)
    assert second_step(other, sara.codes[0]).status_code == 400
    drain()
    assert any("کد بازیابی" in message.body for message in mail.outbox)
    assert Event.objects.filter(verb="account.recovery_code_used").exists()


def test_another_persons_recovery_code_is_refused(client, sara, secret):
    other = factories.make_user("editor")
    foreign = factors.new_codes(other)
    first_step(client)
    assert second_step(client, foreign[0]).status_code == 400


def test_secrets_are_not_kept_readable(sara, secret):
    app = AuthenticatorApp.objects.get(user=sara)
    assert secret not in app.sealed_secret
    assert sealing.unseal(app.sealed_secret) == secret
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(plain.replace("-", "") in kept for plain in sara.codes)


def test_sealed_secret_is_read_after_a_change_of_the_key(sara, secret, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-the-site"
    assert sealing.unseal(AuthenticatorApp.objects.get(user=sara).sealed_secret) == secret


def test_set_up_by_the_pages(client, site):
    user = factories.make_user("ngo_member")
    client.force_login(user)
    page = client.get(reverse("accounts:app")).content.decode()
    shown = re.search(r'entry__key" dir="ltr">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert client.post(reverse("accounts:app"), {"code": "000000"}).status_code == 400
    done = client.post(reverse("accounts:app"), {"code": code(shown)}).content.decode()
    assert len(re.findall(r"<li><code>", done)) == factors.CODES
    assert "no-store" in client.get(reverse("accounts:app"))["Cache-Control"]
    assert factors.factors_of(user).any
    drain()
    assert "افزوده شد" in mail.outbox[0].body
    assert client.post(reverse("accounts:remove_factor"))["Location"] == reverse("accounts:security")
    assert not factors.factors_of(user).any
    assert not RecoveryCode.objects.filter(user=user).exists()


def test_what_concerns_safety_asks_again_after_a_while(client, sara, secret):
    client.force_login(sara)
    session = client.session
    session[CONFIRMED] = time.time() - 10_000
    session.save()
    asked = client.post(reverse("accounts:new_codes"))
    assert asked["Location"].startswith(reverse("accounts:confirm"))
    assert RecoveryCode.objects.filter(user=sara).count() == factors.CODES
    address = f"{reverse('accounts:confirm')}?next={reverse('accounts:app')}"
    assert client.post(address, {"secret": "wrong"}).status_code == 400
    good = {"secret": PASSWORD, "next": reverse("accounts:app")}
    assert client.post(address, good)["Location"] == reverse("accounts:app")
    assert client.post(reverse("accounts:new_codes")).status_code == 200


def test_confirmation_never_leads_to_another_site(client, sara):
    client.force_login(sara)
    response = client.post(reverse("accounts:confirm"), {"secret": PASSWORD, "next": "https://evil.test/"})
    assert response["Location"] == reverse("accounts:security")


@pytest.mark.parametrize(
    "role",
    [
        "editor",
        "legal_reviewer",
        "council_member",
        "hq_staff",
        "auditor",
        "administrator",
        "district_secretary",
    ],
)
def test_staff_without_a_second_factor_do_nothing_where_it_is_compulsory(client, site, settings, role):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(factories.make_user(role))
    for address in ("/desk/", "/admin/", "/", "/accounts/", "/accounts/tokens/", "/search/?q=x"):
        assert client.get(address)["Location"] == reverse("accounts:security"), address
    assert client.post("/accounts/tokens/", {"name": "x", "days": "30"}).status_code == 302
    assert client.get(reverse("accounts:security")).status_code == 200
    assert client.get(reverse("accounts:app")).status_code == 200
    assert client.post(reverse("accounts:logout"))["Location"] == "/"


@pytest.mark.parametrize("role", ["ngo_member", "ngo_representative"])
def test_ngo_people_are_offered_it_only(client, site, settings, role):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(factories.make_user(role))
    assert client.get("/desk/").status_code == 200


def test_staff_with_a_second_factor_go_on(client, sara, secret, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    first_step(client)
    second_step(client, code(secret))
    assert client.get("/desk/").status_code == 200
    response = client.post(reverse("accounts:remove_factor"), follow=True)
    assert "پیش از برداشتن" in response.content.decode()
    assert factors.factors_of(sara).any


def test_setting_one_up_opens_the_site_at_once(client, site, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(factories.make_user("editor"))
    page = client.get(reverse("accounts:app")).content.decode()
    shown = re.search(r'entry__key" dir="ltr">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    client.post(reverse("accounts:app"), {"code": code(shown)})
    assert client.get("/desk/").status_code == 200


def test_everybody_reads_the_public_site_where_it_is_compulsory(client, site, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert client.get("/").status_code == 200


def test_sessions_are_listed_and_ended_by_their_owner(client, client_factory, site):
    user = factories.make_user("ngo_member", username="sara")
    elsewhere, foreign = client_factory(), client_factory()
    elsewhere.post(
        reverse("accounts:login"),
        {"username": "sara", "password": PASSWORD},
        headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/143.0"},
    )
    foreign.force_login(factories.make_user("ngo_member"))
    client.force_login(user)
    page = client.get(reverse("accounts:security")).content.decode()
    assert "فایرفاکس در ویندوز" in page
    assert elsewhere.session.session_key not in page
    foreign_handle = foreign.session["origin"]["handle"]
    client.post(reverse("accounts:end_sessions"), {"session": foreign_handle})
    assert foreign.get("/desk/").status_code == 200
    client.post(reverse("accounts:end_sessions"), {"session": elsewhere.session["origin"]["handle"]})
    assert elsewhere.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code == 200


def test_sessions_elsewhere_end_with_the_password_and_with_the_roles(client, client_factory, site):
    user = factories.make_user("ngo_member")
    elsewhere = client_factory()
    elsewhere.force_login(user)
    client.force_login(user)
    new = {"old_password": PASSWORD, "new_password1": "ستاره‌های بلند ۷", "new_password2": "ستاره‌های بلند ۷"}
    client.post(reverse("accounts:password_change"), new)
    assert elsewhere.get("/desk/").status_code == 302
    assert client.get("/desk/").status_code == 200
    user.groups.clear()
    assert client.get("/desk/").status_code == 302


def test_security_page_asks_the_same_few_queries(client, sara, django_assert_max_num_queries):
    client.force_login(sara)
    client.get(reverse("accounts:security"))
    with django_assert_max_num_queries(14):
        client.get(reverse("accounts:security"))


def test_every_form_of_the_security_page_carries_its_token(client_factory, sara):
    browser = client_factory(enforce_csrf_checks=True)
    browser.force_login(sara)
    page = browser.get(reverse("accounts:security")).content.decode()
    assert page.count("csrfmiddlewaretoken") == page.count('method="post"') > 2
