"""Letters of appointment, memberships and moves before HQ staff: what waits, and the decision of a second person."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intranet.accounts.roles import Role, has_role
from organizations import letters, memberships, relocations
from organizations.mandates import Relocation
from organizations.models import Membership, Representative
from organizations.policies import moved, why_not_decide
from pages.members.area_forms import RefusalForm
from pages.members.models import LetterScan

MOST_SEATS = 100  # memberships that wait, on one screen; moves likewise
OF_A_MOVE = ("organization__district", "body__district", "district", "made_by", "decided_by")


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The letters that wait, the oldest first, and those that expire soon. HQ staff decide, auditors look on."""
    if not has_role(request.user, Role.HQ_STAFF, Role.AUDITOR):
        raise PermissionDenied
    rows = Representative.objects.waiting().select_related("person", "organization", "made_by", "succeeds")
    seats = Membership.objects.waiting().select_related("person", "organization", "body", "post", "made_by")
    moves = Relocation.objects.waiting().select_related(*OF_A_MOVE)
    context = {
        "shown": Paginator(rows, 30).get_page(request.GET.get("page")),
        "seats": seats[:MOST_SEATS],
        "moves": moves[:MOST_SEATS],
    }
    return render(request, "ngo/letters.html", context)


@require_http_methods(["GET", "POST"])
def membership(request: HttpRequest, pk: int) -> HttpResponse:
    """One membership that somebody filed: whom it lets in where, and the decision."""
    if not has_role(request.user, Role.HQ_STAFF, Role.AUDITOR):
        raise PermissionDenied
    rows = Membership.objects.select_related(
        "person__user", "organization", "body", "post", "made_by", "decided_by"
    )
    row = get_object_or_404(rows, pk=pk)
    said = (
        _("The membership is approved and counts from this hour."),
        _("The membership is refused; whoever filed it has been told why."),
    )
    form, decided = _decision(request, row, memberships, said, "ngo:membership")
    if decided:
        return decided
    context = {"row": row, "form": form, "why_not": why_not_decide(request.user, row)}
    return render(request, "ngo/membership.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def relocation(request: HttpRequest, pk: int) -> HttpResponse:
    """One move to another district: what it opens to whom, and the decision."""
    if not has_role(request.user, Role.HQ_STAFF, Role.AUDITOR):
        raise PermissionDenied
    row = get_object_or_404(Relocation.objects.select_related(*OF_A_MOVE), pk=pk)
    said = (
        _("The move is approved and counts from this hour."),
        _("The move is refused; whoever filed it has been told why."),
    )
    form, decided = _decision(request, row, relocations, said, "ngo:relocation")
    if decided:
        return decided
    context = {
        "row": row,
        "form": form,
        "becomes": moved(row),
        "why_not": why_not_decide(request.user, row),
    }
    return render(request, "ngo/relocation.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: what it gives to whom, its scan, the decision."""
    if not has_role(request.user, Role.HQ_STAFF, Role.AUDITOR):
        raise PermissionDenied
    rows = Representative.objects.select_related(
        "person__user", "organization__district", "made_by", "decided_by", "succeeds__person"
    )
    mandate = get_object_or_404(rows, pk=pk)
    said = (
        _("The letter is approved and counts from this hour."),
        _("The letter is refused; whoever filed it has been told why."),
    )
    form, decided = _decision(request, mandate, letters, said, "ngo:letter")
    if decided:
        return decided
    context = {
        "mandate": mandate,
        "form": form,
        "scan": LetterScan.objects.filter(mandate=mandate).select_related("document").first(),
        "why_not": why_not_decide(request.user, mandate),
    }
    return render(request, "ngo/letter.html", context, status=400 if form.errors else 200)


def _decision(
    request: HttpRequest, row: Any, room: Any, said: tuple[str, str], address: str
) -> tuple[RefusalForm, HttpResponse | None]:
    """The form of a refusal, and where to go next when the person has decided on `row`.

    `room` approves and refuses; `said` is what is then told, and `address` shows the row.
    """
    form = RefusalForm(request.POST if "refuse" in request.POST else None)
    if request.method != "POST":
        return form, None
    if not has_role(request.user, Role.HQ_STAFF):
        raise PermissionDenied
    approved, refused = said
    try:
        if "refuse" not in request.POST:
            room.approve(request.user, row.pk)
            messages.success(request, approved)
        elif form.is_valid():
            room.refuse(request.user, row.pk, form.cleaned_data["reason"])
            messages.success(request, refused)
        else:
            return form, None
    except letters.RefusedLetter as refusal:
        messages.error(request, str(refusal))
        return form, redirect(address, row.pk)
    return form, redirect("ngo:letters")
