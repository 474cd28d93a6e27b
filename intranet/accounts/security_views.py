"""A person's own safety: second factors, recovery codes, sessions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.accounts import factors, outside, passkeys, qr, sealing, sessions
from intranet.accounts.browsers import name_of_browser
from intranet.accounts.errors import Refused
from intranet.accounts.forms import CodeForm, PasskeyForm
from intranet.accounts.second_step_views import answer_of, options_text, recently_confirmed
from intranet.accounts.sign_in import PASSED
from intranet.audit.actions import record

_SETTING_UP = "app_secret"  # in the session: the sealed secret of an app that is being set up
_ADDING = "passkey_adding"


@never_cache
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """My second factors and where I am signed in."""
    user: Any = request.user
    rows = [
        {"row": row, "browser": name_of_browser(row.browser), "here": row.pk == request.session.session_key}
        for row in sessions.sessions_of(user)
    ]
    context = {
        "factors": factors.factors_of(user),
        "required": factors.is_required_of(user),
        "sessions": rows,
        "outside": outside.label(),
        "identity": outside.identity_of(user) if outside.is_configured() else None,
        "others": sum(not row["here"] for row in rows),
    }
    return render(request, "accounts/security.html", context)


@recently_confirmed
@require_http_methods(["GET", "POST"])
def app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app: a QR code, then the first code of it."""
    user: Any = request.user
    if request.method == "GET" or _SETTING_UP not in request.session:
        request.session[_SETTING_UP] = sealing.seal(factors.new_secret())
    secret = sealing.unseal(request.session[_SETTING_UP])
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = factors.set_up_app(user, secret, form.cleaned_data["code"])
        except Refused as error:
            form.add_error("code", str(error))
        else:
            del request.session[_SETTING_UP]
            return _after_adding(request, codes, "app", _("The authenticator app is set up."))
    context = {
        "form": form,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "picture": qr.picture(factors.address_for_app(user, secret)),
    }
    return render(request, "accounts/app.html", context, status=400 if form.errors else 200)


@recently_confirmed
@require_http_methods(["GET", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Make a passkey on this device or on a security key."""
    user: Any = request.user
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            state = request.session.pop(_ADDING, None)
            codes = passkeys.add(user, form.cleaned_data["name"], state, answer_of(request))
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _after_adding(request, codes, "passkey", _("The passkey is kept."))
    options, request.session[_ADDING] = passkeys.begin_adding(user)
    context = {"form": form, "options": options_text(options)}
    return render(request, "accounts/add_passkey.html", context, status=400 if form.errors else 200)


def _after_adding(request: HttpRequest, codes: list[str], factor: str, said: str) -> HttpResponse:
    """The session counts as one with a second factor; the first recovery codes are shown, this once."""
    request.session[PASSED] = factor
    messages.success(request, said)
    if codes:
        return render(request, "accounts/recovery_codes.html", {"codes": codes})
    return redirect("accounts:security")


@recently_confirmed
@require_POST
def new_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown in this one answer."""
    user: Any = request.user
    if not factors.factors_of(user).any:
        messages.error(request, _("Set up a second factor first; recovery codes stand in for it."))
        return redirect("accounts:security")
    return render(request, "accounts/recovery_codes.html", {"codes": factors.new_codes(user)})


@recently_confirmed
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Take the app, or the passkey whose number is given, away."""
    user: Any = request.user
    number = request.POST.get("passkey", "")
    try:
        if number.isdecimal():
            factors.remove_passkey(user, int(number))
        else:
            factors.remove_app(user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is removed."))
    return redirect("accounts:security")


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one of my sessions, or all but this one."""
    user: Any = request.user
    handle = request.POST.get("session", "")
    if handle:
        ended = int(sessions.end_session(user, handle))
    else:
        ended = sessions.end_sessions(user, but=request.session.session_key)
    if ended:
        record(user, "account.sessions_ended", user, count=ended)
        messages.success(request, _("Signed out there."))
    return redirect("accounts:security")
