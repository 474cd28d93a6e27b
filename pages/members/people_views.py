"""Who has access to an organisation and through what; inviting, ending, handing over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.exceptions import RefusedFile
from intranet.access.descriptions import describe_clauses
from intranet.accounts.roles import Role, has_role
from organizations import invitations, letters
from organizations.acting import act_for
from organizations.mandates import SCOPES
from organizations.models import Membership, Organization, Representative
from organizations.policies import why_not_end
from organizations.queries import leads, people_of
from organizations.readers import readers_of_organization
from pages.members.area_forms import HandOverForm, LetterForm
from pages.members.area_views import organization_for, sent
from pages.members.scans import add_scan


def _manages(request: HttpRequest, organization: Organization) -> bool:
    return has_role(request.user, Role.HQ_STAFF) or leads(request.user, organization)


@require_safe
def people(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Who has access now and through what, what waits, what is over."""
    organization = organization_for(request, organization_id)
    manages = _manages(request, organization)
    rows: dict[str, list[Any]] = {"now": [], "waiting": [], "past": []}
    found: list[Any] = [row for rows_of_kind in people_of(organization) for row in rows_of_kind]
    for row in found:
        row.may_end = (
            manages and row.ended_at is None and row.person.user_id != request.user.pk and row.when != "past"
        )
        user = row.person.user
        row.may_invite = (
            manages
            and isinstance(row, Representative)
            and row.when == "now"
            and bool(row.invite_to)
            and not (user and user.is_active)
        )
        row.end_url = reverse(
            "ngo:end_letter" if isinstance(row, Representative) else "ngo:end_seat",
            args=[organization.pk, row.pk],
        )
        place = {"now": "now", "future": "now", "waiting": "waiting"}.get(row.when, "past")
        rows[place].append(row)
    context = {
        "organization": organization,
        "tab": "people",
        "rows": rows,
        "manages": manages,
        "leads": leads(request.user, organization),
        "others": describe_clauses(readers_of_organization(organization)),
    }
    return render(request, "ngo/people.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, organization_id: int) -> HttpResponse:
    """File a letter: for one of the organisation's people, or for somebody new who is then invited."""
    organization = organization_for(request, organization_id)
    if not _manages(request, organization):
        raise PermissionDenied
    staff = has_role(request.user, Role.HQ_STAFF)
    form = LetterForm(*sent(request), organization=organization, staff=staff)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def file() -> Representative:
            return letters.file_letter(
                request.user,
                organization,
                said["person"] or said["name"],
                form.letter(form.scopes_given),
                invite_to="" if said["person"] else said["email"],
                as_representative=said.get("as_representative", False),
            )

        if _filed(request, form, file):
            return redirect("ngo:people", organization.pk)
    context = {"organization": organization, "tab": "people", "form": form, "staff": staff}
    return render(request, "ngo/invite.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Hand the role of representative to one of the organisation's people; HQ staff approve."""
    organization = organization_for(request, organization_id)
    mandate = (
        Representative.objects.current()
        .filter(person__user=request.user.pk, organization=organization, leads=True)
        .first()
    )
    if mandate is None:
        raise PermissionDenied
    form = HandOverForm(*sent(request), mandate=mandate)
    if request.method == "POST" and form.is_valid():
        scopes = frozenset(scope for scope in SCOPES if getattr(mandate, scope))

        def file() -> Representative:
            return letters.hand_over(
                request.user, organization, form.cleaned_data["successor"], form.letter(scopes)
            )

        if _filed(request, form, file):
            return redirect("ngo:people", organization.pk)
    context = {"organization": organization, "tab": "people", "form": form}
    return render(request, "ngo/hand_over.html", context, status=400 if form.errors else 200)


def _filed(request: HttpRequest, form: Any, file: Any) -> bool:
    """File the letter with its scan, or say in the form why not."""
    try:
        add_scan(file, form.cleaned_data["scan"], request.user)
    except letters.RefusedLetter as refusal:
        form.add_error(None, str(refusal))
        return False
    except RefusedFile as refusal:
        form.add_error("scan", str(refusal))
        return False
    messages.success(request, _("The letter has been filed and waits for the approval of the headquarters."))
    return True


@require_POST
def invite_again(request: HttpRequest, organization_id: int, pk: int) -> HttpResponse:
    """Send the invitation of an approved letter once more; the link before it ends."""
    organization = organization_for(request, organization_id)
    if not _manages(request, organization):
        raise PermissionDenied
    mandate = get_object_or_404(
        Representative.objects.select_related("person__user"), pk=pk, organization=organization
    )
    try:
        invitations.invite_again(request.user, mandate)
    except invitations.RefusedInvitation as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Another invitation is on its way; the link before it no longer works."))
    return redirect("ngo:people", organization.pk)


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take up a letter with the account in which one is signed in, by the link of the e-mail."""
    try:
        if request.method == "POST":
            mandate = invitations.take_up(request.user, token)
            act_for(request, mandate.organization_id)
            messages.success(
                request,
                _("You belong to «%(name)s» from this hour.") % {"name": mandate.organization.name},
            )
            return redirect("ngo:files", mandate.organization_id)
        context = {"mandate": invitations.of_link(token)}
    except invitations.RefusedInvitation as refusal:
        return render(request, "ngo/join.html", {"refusal": str(refusal)}, status=404)
    return render(request, "ngo/join.html", context)


@require_POST
def end(request: HttpRequest, organization_id: int, kind: str, pk: int) -> HttpResponse:
    """End an access at this hour, or withdraw a letter that waits."""
    organization = organization_for(request, organization_id)
    model: Any = {"letter": Representative, "seat": Membership}[kind]
    row = get_object_or_404(model, pk=pk, organization=organization)
    if not _manages(request, organization) or row.person.user_id == request.user.pk:
        raise PermissionDenied(why_not_end(request.user, row))
    try:
        letters.end(request.user, row)
    except letters.RefusedLetter as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The access of «%(name)s» ended at this hour.") % {"name": row.person.name}
        )
    return redirect("ngo:people", organization.pk)
