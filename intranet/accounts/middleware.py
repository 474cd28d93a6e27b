"""Nobody goes on without signing in, nor staff without a second factor where the profile says so."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from intranet.accounts.factors import is_required_of
from intranet.accounts.sign_in import PASSED
from intranet.ui.problems import is_for_programs, problem

# What it takes to set one up, and to leave.
_OPEN = frozenset(
    f"accounts:{name}"
    for name in ("security", "app", "add_passkey", "confirm", "logout", "login", "second_step")
) | {"set_language", "healthz"}


class SignInRequired(LoginRequiredMiddleware):
    """Django's own, which tells a program what is missing in place of sending it to a form."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        """Send a person to sign in; answer a program."""
        if is_for_programs(request):
            return problem(401, _("Sign in first, or send a token."), {"WWW-Authenticate": "Bearer"})
        return super().handle_no_permission(request, view_func)


class SecondFactorRequired:
    """Send who must have a second factor, and came in without, to the page where it is set up. No query of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Let the request through, or send the person on."""
        if not settings.SECOND_FACTOR_REQUIRED:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in _OPEN:
            return None
        if request.session.get(PASSED) or not is_required_of(request.user):
            return None
        if is_for_programs(request):
            return problem(403, _("Your role needs a second factor. Set one up to go on."))
        if request.method == "GET":
            messages.warning(request, _("Your role needs a second factor. Set one up to go on."))
        return redirect("accounts:security")
