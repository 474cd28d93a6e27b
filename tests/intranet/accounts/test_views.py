"""Coming in, passwords, and one's own account."""

import re

import pytest
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from intranet.accounts.actions import language_of
from intranet.accounts.models import User
from intranet.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"


def sign_in(client, name, password=PASSWORD, **more):
    return client.post(reverse("accounts:login"), {"username": name, "password": password, **more})


@pytest.mark.parametrize("name", ["sara", " sara ", "Sara@City.test", "sara@city.test"])
def test_sign_in_by_name_or_email(site, client, name):
    factories.make_user("editor", username="sara", email="sara@city.test")
    assert sign_in(client, name)["Location"] == "/"
    assert client.session["_auth_user_id"]


@pytest.mark.parametrize("name", ["كاربر۱۲", "کاربر12", "کاربر١٢", "کـاربر۱۲", "user۱۲@city.test"])
def test_sign_in_in_whatever_letters_and_digits(site, client, name):
    user = factories.make_user("editor", username="كاربر۱۲", email="user12@city.test")
    assert user.username == "کاربر12"
    assert sign_in(client, name).status_code == 302


def test_sign_in_by_the_name_of_an_account_with_an_at_sign(site, client):
    factories.make_user("editor", username="sara@hq", email="sara@city.test")
    assert sign_in(client, "sara@hq").status_code == 302


@pytest.mark.parametrize(
    "password",
    [
        "password123",
        "۱۲۳۴۵۶۷۸۹۰۱۲",
        "سلام سلام",
        "پرسپولیس۱۴۰۵",
        "aaaaaaaaaaaa",
        "tehran1405",
        "short۷",
        "شهرداری تهران",
    ],
)
def test_weak_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", ["Xq7", "1234567", "12345678901", "password123", "sara-of-the-city"])
def test_why_a_password_is_refused_is_said_in_persian_with_persian_digits(password):
    sara = User(username="sara", email="sara-of-the-city@city.test")
    with override("fa"), pytest.raises(ValidationError) as refusal:
        validate_password(password, sara)
    helps = [validator.get_help_text() for validator in get_default_password_validators()]
    for said in [*refusal.value.messages, *helps]:
        assert not any(letter.isascii() and letter.isalnum() for letter in said), said


def test_long_sentence_is_a_good_password():
    validate_password("ستاره‌های بلند شب یلدا")


@pytest.mark.parametrize("name", ["sara", "sara@city.test", "nobody@city.test", ""])
def test_sign_in_wrong_password_is_refused_in_persian(site, client, name):
    factories.make_user("editor", username="sara", email="sara@city.test")
    response = sign_in(client, name, "wrong")
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    if name:
        assert "این نام و گذرواژه با هم نمی‌خوانند" in response.content.decode()


def test_sign_in_closed_account_is_refused(site, client):
    factories.make_user("editor", username="sara", is_active=False)
    assert sign_in(client, "sara").status_code == 200
    assert "_auth_user_id" not in client.session


def test_sign_in_goes_on_to_the_page_asked_for_but_never_to_another_site(site, client):
    factories.make_user("editor", username="sara")
    assert sign_in(client, "sara", next="/accounts/")["Location"] == "/accounts/"
    client.logout()
    assert sign_in(client, "sara", next="https://evil.test/")["Location"] == "/"


def test_sign_out_by_post_only(site, client_of):
    client = client_of("editor")
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout"))["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_reset_password_by_email_in_persian(site, client, settings):
    settings.SITE_URL = "https://intranet.city.test"
    factories.make_user("editor", username="sara", email="sara@city.test", first_name="سارا")
    response = client.post(
        reverse("accounts:password_reset"), {"email": "Sara@City.test"}, headers={"host": "localhost"}
    )
    assert response["Location"] == reverse("accounts:password_reset_sent")
    (message,) = mail.outbox
    assert message.subject == "گذرواژه تازه برای شبکه داخلی ستاد"
    address = re.search(r"https://intranet\.city\.test(\S+)", message.body)[1]
    response = client.get(address, follow=True)
    assert "انتخاب گذرواژه تازه" in response.content.decode()
    new = {"new_password1": "ستاره‌های بلند ۷", "new_password2": "ستاره‌های بلند ۷"}
    response = client.post(response.redirect_chain[-1][0], new)
    assert response["Location"] == reverse("accounts:login")
    assert sign_in(client, "sara", "ستاره‌های بلند ۷").status_code == 302
    assert "دیگر کار نمی‌کند" in client.get(address, follow=True).content.decode()


def test_reset_password_unknown_address_answers_the_same_and_sends_nothing(site, client):
    response = client.post(reverse("accounts:password_reset"), {"email": "nobody@city.test"})
    assert response["Location"] == reverse("accounts:password_reset_sent")
    assert mail.outbox == []


def test_change_password_needs_the_old_one(site, client_of):
    user = factories.make_user("ngo_member")
    client = client_of(user)
    new = {"new_password1": "ستاره‌های بلند ۷", "new_password2": "ستاره‌های بلند ۷"}
    address = reverse("accounts:password_change")
    assert client.post(address, {"old_password": "wrong", **new}).status_code == 200
    assert client.post(address, {"old_password": PASSWORD, **new})["Location"] == reverse("accounts:profile")
    user.refresh_from_db()
    assert user.check_password("ستاره‌های بلند ۷")
    assert Event.objects.filter(verb="account.password_changed", actor_id=user.pk).exists()


def test_choose_language_opens_the_site_in_it(site, client):
    user = factories.make_user("ngo_member", username="sara")
    sign_in(client, "sara")
    response = client.post(reverse("accounts:profile"), {"language": "en"})
    assert response["Location"] == "/en/accounts/"
    assert language_of(user) == "en"
    client.logout()
    assert sign_in(client, "sara")["Location"] == "/en/"


def test_profile_shows_roles_in_persian(site, client_of):
    page = client_of("ngo_representative").get(reverse("accounts:profile")).content.decode()
    assert "نماینده سمن" in page


@pytest.mark.parametrize("name", ["login", "password_reset", "password_reset_sent"])
def test_open_anonymous_public_pages(site, client, name):
    assert client.get(reverse(f"accounts:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["profile", "password_change"])
def test_open_anonymous_is_asked_to_sign_in(site, client, name):
    assert client.get(reverse(f"accounts:{name}"))["Location"].startswith(reverse("accounts:login"))
