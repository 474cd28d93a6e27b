"""The steps of signing in: the password or an outside identity, then the second factor, then one is in."""

import time
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import override

from intranet.accounts import lockouts
from intranet.accounts.actions import language_of
from intranet.accounts.factors import factors_of
from intranet.accounts.models import User

BACKEND = "intranet.accounts.backends.NameOrEmailBackend"
PENDING = "second_step"
PASSED = "second_factor"  # in the session: by which second factor its holder came in
CONFIRMED = "confirmed_at"  # in the session: when its holder last showed that it is he, seconds since 1970
PATIENCE = 600  # seconds for the second step
RECENT = 900  # seconds for which nobody is asked again


def proceed(request: HttpRequest, user: User, next_url: str = "") -> HttpResponse:
    """After the first step: on to the second, or in."""
    if not factors_of(user).any:
        return complete(request, user, next_url)
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "at": time.time(),
        "next": next_url,
    }
    return redirect("accounts:second_step")


def pending(request: HttpRequest) -> tuple[User, str] | None:
    """(who has done the first step in this session, where he wanted to go), or None when nobody has, just now."""
    held = request.session.get(PENDING)
    if not held or time.time() - held["at"] > PATIENCE:
        return None
    user = User.objects.filter(pk=held["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != held["password"]:
        return None
    return user, held["next"]


def complete(request: HttpRequest, user: User, next_url: str = "", factor: str = "") -> HttpResponse:
    """Let `user` in, by `factor` when he showed one; his browser remembers that he was here."""
    request.session.pop(PENDING, None)
    login(request, user, backend=BACKEND)
    if factor:
        request.session[PASSED] = factor
    response = redirect(safe(request, next_url) or front_page_of(user))
    lockouts.know_device(request, response, user)
    return response


def safe(request: HttpRequest, url: str) -> str:
    """`url` when it is this site's, else nothing."""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if ours else ""


def front_page_of(user: Any) -> str:
    """The front page in the person's own language."""
    with override(language_of(user)):
        return reverse("wagtail_serve", args=[""])


def confirmed_recently(request: HttpRequest) -> bool:
    """Whether the holder of this session showed a moment ago that it is he."""
    return bool(time.time() - request.session.get(CONFIRMED, 0) < RECENT)
