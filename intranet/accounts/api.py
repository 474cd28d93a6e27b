"""The door of the API: who asks (session, token or nobody), and how often he may."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from intranet.accounts.factors import factors_of, is_required_of
from intranet.accounts.limits import Rate, address_of, wait_of
from intranet.accounts.tokens import holder_of
from intranet.ui.problems import problem

View = Callable[..., HttpResponse]


def too_many(wait: int) -> HttpResponse:
    """Asked too often."""
    return problem(429, _("Too many requests. Wait a little and ask again."), {"Retry-After": str(wait)})


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return problem(405, _("This address only answers GET."), {"Allow": "GET, HEAD"})
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    address = f"address:{address_of(request)}"
    if scheme.lower() == "bearer":
        token = holder_of(secret.strip())
        if token is None:
            # Guesses are counted too.
            if wait := wait_of("api", address, Rate(settings.API_RATE_ANONYMOUS)):
                return too_many(wait)
            detail = _("This token is not known, has expired or was revoked.")
            return problem(401, detail, {"WWW-Authenticate": 'Bearer error="invalid_token"'})
        if is_required_of(token.user) and not factors_of(token.user).any:
            return problem(403, _("Your role needs a second factor. Set one up to go on."))
        request.user = token.user
    user = request.user
    if user.is_authenticated:
        wait = wait_of("api", f"user:{user.pk}", Rate(settings.API_RATE_SIGNED_IN))
    else:
        wait = wait_of("api", address, Rate(settings.API_RATE_ANONYMOUS))
    return too_many(wait) if wait else view(request, *args, **kwargs)


def api(view: View) -> View:
    """`view` as a door of the API: GET only, by session or `Authorization: Bearer`, or as nobody; rates hold.

    What it says of errors is in the language that the request prefers.
    """

    @login_not_required
    @never_cache
    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            response = _answer(view, request, *args, **kwargs)
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
        return response

    return door
