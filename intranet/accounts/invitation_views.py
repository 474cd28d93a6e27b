"""The page of an invitation's link: choose a password, and the account is yours."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intranet.accounts import actions
from intranet.accounts.errors import Refused
from intranet.accounts.invitations import invitation_of


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, signed: str) -> HttpResponse:
    """Show who invites and ask for a password; to look at the page uses nothing up (mail scanners do)."""
    invitation = invitation_of(signed)
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=410)
    form = SetPasswordForm(invitation.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept(invitation, form.cleaned_data["new_password1"])
        except Refused:
            return render(request, "accounts/invitation_over.html", status=410)
        messages.success(
            request,
            _("The account is yours. Sign in with the name %(name)s and your password.")
            % {"name": user.get_username()},
        )
        address = reverse("accounts:login")
        return redirect(
            f"{address}?{urlencode({'next': invitation.next_url})}" if invitation.next_url else address
        )
    context = {"form": form, "invitation": invitation, "person": invitation.user}
    return render(request, "accounts/invitation.html", context, status=400 if form.errors else 200)
