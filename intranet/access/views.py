"""Who can read a page and through what; opening it to one more."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from intranet.access.descriptions import describe_clauses
from intranet.access.forms import GrantForm
from intranet.access.grants import grant_view, grants_on, revoke_view
from intranet.access.models import State
from intranet.access.policies import MANAGE_ACCESS, abilities
from intranet.access.queries import can_see, clauses_of


def _page(request: HttpRequest, page_id: int) -> Any:
    page = get_object_or_404(Page, pk=page_id).specific
    if not can_see(request.user, page, State.DRAFT) or MANAGE_ACCESS not in abilities(request.user, page):
        raise PermissionDenied
    return page


@require_http_methods(["GET", "POST"])
def page_access(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show who can read the page as it is published and as a draft; open it to one more."""
    page = _page(request, page_id)
    form = GrantForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        grant_view(page, form.to, request.user)
        messages.success(request, _("The page is open to %(name)s.") % {"name": form.to})
        return redirect("access:page", page.pk)
    states = [(State(state).label, clauses_of(page, state)) for state in State.values]
    context = {
        "page": page,
        "form": form,
        "grants": grants_on(page),
        "readers": [
            {
                "state": label,
                "nobody": clauses is None,
                "conditions": describe_clauses(clauses or frozenset()),
            }
            for label, clauses in states
        ],
    }
    return render(request, "access/page.html", context, status=400 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take one grant back."""
    page = _page(request, page_id)
    if revoke_view(page, request.POST.get("grant", ""), request.user):
        messages.success(request, _("The access has been taken back."))
    return redirect("access:page", page.pk)
