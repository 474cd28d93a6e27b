"""A person's own tokens of the API."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from intranet.accounts import tokens
from intranet.accounts.forms import TokenForm
from intranet.accounts.models import ApiToken


@never_cache
@require_http_methods(["GET", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """My tokens, and a new one, whose secret is shown in this one answer and never again."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        life = timedelta(days=int(form.cleaned_data["days"]))
        try:
            _token, secret = tokens.make(request.user, form.cleaned_data["name"], life)  # type: ignore[arg-type]
            form = TokenForm()
        except tokens.TooManyTokensError as error:
            form.add_error(None, str(error))
    rows = ApiToken.objects.filter(user=request.user.pk, revoked_at=None)
    context = {"form": form, "rows": rows, "secret": secret, "most": tokens.MOST}
    return render(request, "accounts/tokens.html", context, status=400 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token of mine."""
    token = get_object_or_404(ApiToken, pk=pk, user=request.user.pk)
    tokens.revoke(request.user, token)  # type: ignore[arg-type]
    messages.success(request, _("The token is revoked; programs that used it are refused from now on."))
    return redirect("accounts:tokens")
