"""What administrators do with other people's accounts, and what two of them decide together."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.accounts import life, proposals
from intranet.accounts.actions import invite_again
from intranet.accounts.errors import Refused
from intranet.accounts.factors import factors_of
from intranet.accounts.models import AccountState, Proposal, User
from intranet.accounts.people_forms import LeaveForm, ProposalForm, ReasonForm
from intranet.accounts.policies import why_not_administer, why_not_decide
from intranet.accounts.roles import GROUP_NAMES, Role, has_role

_RECENT = 30


def _administrator(request: HttpRequest) -> Any:
    """Who asks, when he is one of those who keep accounts; auditors look."""
    if not has_role(request.user, Role.ADMINISTRATOR):
        raise PermissionDenied
    return request.user


@never_cache
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for a second administrator, and what became of the last ones."""
    if not has_role(request.user, Role.ADMINISTRATOR, Role.AUDITOR):
        raise PermissionDenied
    rows = Proposal.objects.select_related("user", "proposed_by", "decided_by")
    waiting: list[dict[str, Any]] = [
        {
            "row": row,
            "why_not": why_not_decide(request.user, row),
            "own": row.proposed_by_id == request.user.pk,
            "declines": why_not_decide(request.user, row, own_too=True) is None,
        }
        for row in rows.open()
    ]
    numbers = [each["row"].pk for each in waiting]
    context = {"waiting": waiting, "recent": rows.exclude(pk__in=numbers)[:_RECENT]}
    return render(request, "accounts/proposals.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, decline or take back a proposal."""
    actor = _administrator(request)
    proposal = get_object_or_404(Proposal, pk=pk)
    try:
        if request.POST.get("decision") == "confirm":
            proposals.confirm(actor, proposal)
            messages.success(request, _("Confirmed and done; those concerned are told."))
        else:
            proposals.decline(actor, proposal)
            messages.success(request, _("It will not be done."))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("accounts:proposals")


def _person(request: HttpRequest, pk: int) -> User:
    user = get_object_or_404(User, pk=pk)
    if why_not_administer(_administrator(request), user) is not None:
        raise PermissionDenied
    return user


@never_cache
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: where it stands, and what an administrator may do with it alone or with another."""
    user = _person(request, pk)
    form = ProposalForm(request.POST if request.method == "POST" else None, user=user)
    if request.method == "POST" and form.is_valid():
        kind, role = form.act
        try:
            proposals.propose(request.user, user, kind, form.cleaned_data["reason"], role)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Proposed; another administrator is asked to confirm it."))
            return redirect("accounts:proposals")
    names = set(user.groups.values_list("name", flat=True))
    context = {
        "person": user,
        "state": user.state,
        "tone": _TONES[user.state],
        "roles": sorted(role.label for role, name in GROUP_NAMES.items() if name in names),
        "factors": factors_of(user),
        "waiting": user.proposals.open(),
        "form": form,
        "reason_form": ReasonForm(prefix="suspend"),
        "leave_form": LeaveForm(prefix="leave", user=user),
        "can_end": user.state != AccountState.LEFT,
    }
    return render(request, "accounts/person.html", context, status=400 if form.errors else 200)


_TONES = {
    AccountState.ACTIVE: "good",
    AccountState.INVITED: "brand",
    AccountState.SUSPENDED: "warn",
    AccountState.LEFT: "plain",
}


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend, open again, invite again, or end an account with a successor."""
    user = _person(request, pk)
    acts = {"suspend": _suspend, "resume": _resume, "invite": _invite, "leave": _leave}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        return HttpResponse(status=400)
    try:
        messages.success(request, act(request, user))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("accounts:person", user.pk)


def _valid(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return form.cleaned_data


def _suspend(request: HttpRequest, user: User) -> str:
    reason = _valid(ReasonForm(request.POST, prefix="suspend"))["reason"]
    life.suspend(request.user, user, reason)
    return _("The account is suspended; its sessions have ended.")


def _resume(request: HttpRequest, user: User) -> str:
    life.resume(request.user, user)
    return _("The account is open again.")


def _invite(request: HttpRequest, user: User) -> str:
    invite_again(request.user, user)
    return _("Another invitation is on its way; the one before no longer works.")


def _leave(request: HttpRequest, user: User) -> str:
    successor = _valid(LeaveForm(request.POST, prefix="leave", user=user))["successor"]
    life.leave(request.user, user, successor)
    return _("The account has ended; what it owned is now in the hands of %(name)s.") % {
        "name": successor.get_full_name()
    }
