"""Letters of appointment and memberships before HQ staff: what waits, and the decision of a second person."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intranet.accounts.roles import Role, has_role
from organizations import letters, memberships
from organizations.models import Membership, Representative
from organizations.policies import why_not_decide
from pages.members.area_forms import RefusalForm
from pages.members.models import LetterScan

MOST_SEATS = 100  # memberships that wait, on one screen


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The letters that wait, the oldest first, and those that expire soon. HQ staff decide, auditors look on."""
    if not has_role(request.user, Role.HQ_STAFF, Role.AUDITOR):
        raise PermissionDenied
    rows = Representative.objects.waiting().select_related("person", "organization", "made_by", "succeeds")
    seats = Membership.objects.waiting().select_related("person", "organization", "body", "post", "made_by")
    context = {"shown": Paginator(rows, 30).get_page(request.GET.get("page")), "seats": seats[:MOST_SEATS]}
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
    form = RefusalForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST":
        if not has_role(request.user, Role.HQ_STAFF):
            raise PermissionDenied
        try:
            if "refuse" not in request.POST:
                memberships.approve(request.user, row.pk)
                messages.success(request, _("The membership is approved and counts from this hour."))
                return redirect("ngo:letters")
            if form.is_valid():
                memberships.refuse(request.user, row.pk, form.cleaned_data["reason"])
                messages.success(request, _("The membership is refused; whoever filed it has been told why."))
                return redirect("ngo:letters")
        except letters.RefusedLetter as refusal:
            messages.error(request, str(refusal))
            return redirect("ngo:membership", row.pk)
    context = {"row": row, "form": form, "why_not": why_not_decide(request.user, row)}
    return render(request, "ngo/membership.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: what it gives to whom, its scan, the decision."""
    if not has_role(request.user, Role.HQ_STAFF, Role.AUDITOR):
        raise PermissionDenied
    mandate = get_object_or_404(
        Representative.objects.select_related(
            "person__user", "organization__district", "made_by", "decided_by", "succeeds__person"
        ),
        pk=pk,
    )
    form = RefusalForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST":
        if not has_role(request.user, Role.HQ_STAFF):
            raise PermissionDenied
        try:
            if "refuse" not in request.POST:
                letters.approve(request.user, mandate.pk)
                messages.success(request, _("The letter is approved and counts from this hour."))
                return redirect("ngo:letters")
            if form.is_valid():
                letters.refuse(request.user, mandate.pk, form.cleaned_data["reason"])
                messages.success(request, _("The letter is refused; whoever filed it has been told why."))
                return redirect("ngo:letters")
        except letters.RefusedLetter as refusal:
            messages.error(request, str(refusal))
            return redirect("ngo:letter", mandate.pk)
    context = {
        "mandate": mandate,
        "form": form,
        "scan": LetterScan.objects.filter(mandate=mandate).select_related("document").first(),
        "why_not": why_not_decide(request.user, mandate),
    }
    return render(request, "ngo/letter.html", context, status=400 if form.errors else 200)
