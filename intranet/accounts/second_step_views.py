"""The second step of signing in, passkeys without a password, and showing once more that it is oneself."""

import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from intranet.accounts import lockouts, passkeys
from intranet.accounts.errors import Refused
from intranet.accounts.factors import check_code, factors_of
from intranet.accounts.forms import ConfirmForm, SecondStepForm, delayed
from intranet.accounts.limits import Rate, address_of, wait_of
from intranet.accounts.sign_in import CONFIRMED, complete, confirmed_recently, pending, safe
from intranet.audit.actions import record

View = Callable[..., HttpResponse]
ASKED = "passkey_asked"  # in the session: the challenge that a browser is answering
_PASSKEY_RATE = Rate(30)


def options_text(options: dict[str, Any]) -> str:
    """The options of a passkey for an attribute; two braces never meet, so that they look like no template's."""
    return json.dumps(options, indent=1) if options else ""


def answer_of(request: HttpRequest) -> dict[str, Any]:
    """What the browser's passkey answered; empty when that is no JSON object."""
    try:
        answer = json.loads(request.POST.get("credential", ""))
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask whoever has given his password for his second factor."""
    held = pending(request)
    if held is None:
        return redirect("accounts:login")
    user, next_url = held
    factors = factors_of(user)
    form = SecondStepForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        attempt = lockouts.begin_second(request, user)
        if attempt.wait:
            form.add_error(None, delayed(attempt.wait))
            status = 429
        elif factor := _shown(request, user, form):
            attempt.succeed()
            return complete(request, user, next_url, factor)
        else:
            status = 400
    options: dict[str, Any] = {}
    if factors.passkeys:
        options, request.session[ASKED] = passkeys.begin_asking(user)
    context = {"form": form, "factors": factors, "options": options_text(options), "person": user}
    response = render(request, "accounts/second_step.html", context, status=status)
    if status == 429:
        response["Retry-After"] = str(attempt.wait)
    return response


def _shown(request: HttpRequest, user: Any, form: SecondStepForm) -> str:
    """Which factor was shown; empty, with an error in the form, when none was."""
    if "credential" in request.POST:
        try:
            passkeys.check(request.session.pop(ASKED, None), answer_of(request), user)
        except Refused as error:
            passkeys.refused(user, error)
            form.add_error(None, str(error))
            return ""
        return "passkey"
    if not form.is_valid():
        return ""
    factor = check_code(user, form.cleaned_data["code"])
    if factor is None:
        record(None, "account.second_factor_failed", user)
        form.add_error(
            "code", _("This code does not fit, or has been used. The app shows another every half minute.")
        )
    return factor or ""


@login_not_required
@never_cache
@require_POST
def passkey_options(request: HttpRequest) -> HttpResponse:
    """A challenge for whatever passkey of this site the browser has. No page before it writes a session."""
    if wait := wait_of("passkey", address_of(request), _PASSKEY_RATE):
        return JsonResponse({}, status=429, headers={"Retry-After": str(wait)})
    options, request.session[ASKED] = passkeys.begin_asking(None)
    return JsonResponse(options)


@login_not_required
@never_cache
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Let in the holder of the passkey that answered: it is both factors, since the device knows its holder."""
    try:
        user = passkeys.check(request.session.pop(ASKED, None), answer_of(request))
    except Refused as error:
        passkeys.refused(None, error)
        messages.error(request, str(error))
        return redirect("accounts:login")
    return complete(request, user, request.POST.get("next", ""), "passkey")


def recently_confirmed(view: View) -> View:
    """Ask again who it is, before `view`, when that was shown too long ago."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if confirmed_recently(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else reverse("accounts:security")
        return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': back})}")

    return guarded


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Show once more that it is you, by password or code, before what concerns the account's safety."""
    user: Any = request.user
    form = ConfirmForm(request.POST if request.method == "POST" else None, user=user)
    next_url = safe(request, request.POST.get("next", request.GET.get("next", "")))
    if request.method == "POST" and form.is_valid():
        attempt = lockouts.begin(request, user.get_username(), user)
        if attempt.wait:
            form.add_error(None, delayed(attempt.wait))
        elif form.fits():
            attempt.succeed()
            request.session[CONFIRMED] = time.time()
            return redirect(next_url or "accounts:security")
        else:
            record(user, "account.confirmation_failed", user)
    context = {"form": form, "next": next_url}
    return render(request, "accounts/confirm.html", context, status=400 if form.errors else 200)
