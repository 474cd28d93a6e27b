"""What the site holds about me: to see, to take along, to have erased."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intranet.accounts import personal_data
from intranet.accounts.roles import Role, users_with
from intranet.accounts.second_step_views import recently_confirmed
from intranet.audit.actions import record
from intranet.notifications.actions import notify


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What can be done with my personal data."""
    return render(request, "accounts/data.html")


@recently_confirmed
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """All of it, as one file of JSON."""
    user: Any = request.user
    record(user, "account.data_exported", user)
    text = json.dumps(personal_data.export(user), ensure_ascii=False, indent=2, default=str)
    return HttpResponse(
        text,
        content_type="application/json; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="my-data.json"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@recently_confirmed
@require_POST
def ask_to_erase(request: HttpRequest) -> HttpResponse:
    """Ask the administrators to end my account and erase what names me; two of them do it."""
    user: Any = request.user
    record(user, "account.erasure_asked", user)
    administrators = users_with(Role.ADMINISTRATOR).exclude(pk=user.pk)
    notify([user, *administrators], "erasure_asked", {"user": user}, f"/accounts/people/{user.pk}/")
    messages.success(request, _("The administrators are asked; you hear from them."))
    return redirect("accounts:data")
