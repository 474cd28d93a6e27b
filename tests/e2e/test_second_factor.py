"""Signing in with a passkey (Chromium's virtual authenticator) and with the code of an app, in a real browser."""

import re
import time

import pyotp
import pytest

from tests.e2e.conftest import PASSWORD

pytestmark = pytest.mark.browser
DESK_PAGE = re.compile(r"^[^?]*/desk/$")  # the page itself, not the way to it


def plug_in(page, *, verified=True):
    """Give the browser an authenticator that keeps passkeys and knows its holder; the number that removes it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def refusals(page):
    """What the browser's content policy refused, as it is said."""
    said = []
    page.on(
        "console",
        lambda message: said.append(message.text) if "Content Security Policy" in message.text else None,
    )
    return said


def sign_out(page):
    page.goto("/desk/")
    menu = page.locator("details.account", has=page.locator("form[action$='/logout/']"))
    menu.locator("summary").click()
    menu.locator("form[action$='/logout/'] button").click()
    page.wait_for_url("**/")


def remove_everything(page):
    """Leave the account as it was: the site is shared by all tests of the run."""
    page.goto("/accounts/security/")
    while page.locator("details.confirm").count():
        page.locator("details.confirm summary").first.click()
        page.locator("details.confirm button").first.click()
        page.wait_for_selector(".messages")


def test_passkey_is_made_and_signs_in_without_a_password(open_as):
    page = open_as("ngo2-member")
    refused = refusals(page)
    session, number = plug_in(page)
    page.goto("/accounts/security/passkeys/add/")
    page.fill("input[name=name]", "رایانه من")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_selector(".entry__codes")
    codes = page.locator(".entry__codes li").all_inner_texts()
    assert len(codes) == 10
    page.click(".entry a.button--primary")
    assert page.locator(".doc-item__title", has_text="رایانه من").count() == 1
    assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]) == 1

    sign_out(page)
    page.goto("/accounts/login/?next=/desk/")
    page.click("form[data-passkey=get] button")
    page.wait_for_url(DESK_PAGE)

    # As the second step, after the password.
    sign_out(page)
    page.goto("/accounts/login/?next=/desk/")
    page.fill("input[name=username]", "ngo2-member")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/login/second/")
    page.click("form[data-passkey=get] button")
    page.wait_for_url(DESK_PAGE)

    # A browser that has no such key is told so and stays out.
    sign_out(page)
    session.send("WebAuthn.clearCredentials", {"authenticatorId": number})
    page.goto("/accounts/login/")
    page.click("form[data-passkey=get] button")
    page.wait_for_function("document.querySelector('[data-said]').textContent.length > 0")
    assert "/accounts/login/" in page.url

    page.fill("input[name=username]", "ngo2-member")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/login/second/")
    page.fill("input[name=code]", codes[0])
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    remove_everything(page)
    assert refused == []


def test_code_of_an_app_is_the_second_step(open_as):
    page = open_as("ngo1-member")
    refused = refusals(page)
    page.goto("/accounts/security/")
    page.click("a[href$='/security/app/']")
    assert page.evaluate("document.querySelector('.entry__qr').naturalWidth") > 0
    page.click("details.disclosure summary")
    totp = pyotp.TOTP(page.inner_text(".entry__key").replace(" ", ""))
    page.fill(
        "input[name=code]", totp.at(int(time.time()) - 30)
    )  # so that the newest is left for the next step
    page.press("input[name=code]", "Enter")
    page.wait_for_selector(".entry__codes")
    code = re.sub(r"\s", "", page.locator(".entry__codes li").first.inner_text())

    sign_out(page)
    page.goto("/accounts/login/?next=/desk/")
    page.fill("input[name=username]", "ngo1-member")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/login/second/")
    page.fill("input[name=code]", "000000")
    page.press("input[name=code]", "Enter")
    assert "درست نیست" in page.inner_text(".field--invalid")
    page.fill("input[name=code]", totp.now())
    page.press("input[name=code]", "Enter")
    page.wait_for_url(DESK_PAGE)

    sign_out(page)
    page.goto("/accounts/login/?next=/desk/")
    page.fill("input[name=username]", "ngo1-member")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.fill("input[name=code]", code)
    page.press("input[name=code]", "Enter")
    page.wait_for_url(DESK_PAGE)
    remove_everything(page)
    assert refused == []
