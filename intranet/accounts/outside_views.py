"""Signing in by an OpenID Connect provider, and linking an identity there to one's account."""

import logging
from typing import Any

from authlib.integrations.base_client import OAuthError
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from joserfc.errors import JoseError
from requests import RequestException

from intranet.accounts import outside
from intranet.accounts.errors import Refused
from intranet.accounts.second_step_views import recently_confirmed
from intranet.accounts.sign_in import confirmed_recently, proceed, safe
from intranet.audit.actions import record

logger = logging.getLogger(__name__)
_NEXT = "outside_next"


def _away(request: HttpRequest) -> HttpResponse:
    """To the provider."""
    with override(settings.LANGUAGE_CODE):  # one address, which the provider knows
        back = f"{settings.SITE_URL}{reverse('accounts:outside_return')}"
    try:
        answer: HttpResponse = outside.client().authorize_redirect(request, back)
    except (OAuthError, RequestException, ValueError) as error:
        return _failed(request, error)
    return answer


def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.warning("the identity provider: %s: %s", type(error).__name__, error)
    messages.error(
        request, _("The provider did not let you in, or does not answer. Sign in with your password.")
    )
    return redirect("accounts:security" if request.user.is_authenticated else "accounts:login")


@login_not_required
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Go to the provider: to sign in, or, for whoever is signed in, to link the identity that he has there."""
    if not outside.is_configured():
        raise Http404
    if request.user.is_authenticated:
        return _link(request)
    request.session[_NEXT] = safe(request, request.GET.get("next", ""))
    return _away(request)


@recently_confirmed
def _link(request: HttpRequest) -> HttpResponse:
    return _away(request)


@login_not_required
@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """The provider's answer: its state, code, signature, audience and nonce are Authlib's to check."""
    if not outside.is_configured():
        raise Http404
    try:
        subject = outside.subject_in(outside.client().authorize_access_token(request))
    except (OAuthError, JoseError, RequestException, Refused, ValueError, KeyError) as error:
        return _failed(request, error)
    if request.user.is_authenticated:
        return _come_back_to_link(request, subject)
    user = outside.holder_of(subject)
    if user is None:
        record(None, "account.identity_unknown")
        messages.warning(
            request,
            _(
                "This identity is not linked to an account. Sign in with your name and password, "
                "and link it on the page of your account's safety."
            ),
        )
        return redirect("accounts:login")
    return proceed(request, user, request.session.pop(_NEXT, ""))


def _come_back_to_link(request: HttpRequest, subject: str) -> HttpResponse:
    user: Any = request.user
    try:
        if not confirmed_recently(request):
            raise Refused(_("This took too long. Try it once more."))
        outside.link(user, subject)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The identity is linked; from now on you sign in with it too."))
    return redirect("accounts:security")


@recently_confirmed
@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    """Part my identity from my account."""
    user: Any = request.user
    try:
        outside.unlink(user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is parted from your account."))
    return redirect("accounts:security")
