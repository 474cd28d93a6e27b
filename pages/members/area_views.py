"""An organisation's own area: the way in, and for which organisation one acts."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intranet.access.tokens import tokens_of
from intranet.accounts.roles import Role, has_role, role_token
from intranet.ui.matching import matching
from organizations.acting import act_for, acting_for
from organizations.models import Organization
from organizations.readers import reads_organization
from organizations.tokens import member_of, secretary_of

ALL_READERS = {role_token(Role.HQ_STAFF), role_token(Role.AUDITOR)}


def organization_for(request: HttpRequest, organization_id: int) -> Organization:
    """The organisation, for those who may read what is its own; the same refusal for one that is not there."""
    organization = Organization.objects.select_related("district").filter(pk=organization_id).first()
    if organization is None or not reads_organization(request.user, organization):
        raise PermissionDenied
    held = tokens_of(request.user)
    organization.reads_threads = bool(held & {*ALL_READERS, member_of(organization.pk)})  # type: ignore[attr-defined]
    return organization


def organizations_read_by(user: Any) -> QuerySet[Organization]:
    """The organisations whose area `user` may enter: the twin of `reads_organization`."""
    tokens = tokens_of(user)
    if tokens & ALL_READERS:
        return Organization.objects.all()
    found = Q(pk__in=[pk for pk in _numbers(tokens, "org") if member_of(pk) in tokens])
    districts = [number for number in _numbers(tokens, "district") if secretary_of(number) in tokens]
    return Organization.objects.filter(found | Q(district__number__in=districts))


def _numbers(tokens: frozenset[str], prefix: str) -> list[int]:
    parts = [token.split(":") for token in tokens]
    return [int(part[1]) for part in parts if part[0] == prefix and len(part) > 1]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's own organisation at once; a list for those who see several by their office."""
    if (own := acting_for(request)) is not None:
        return redirect("ngo:files", own.pk)
    rows = organizations_read_by(request.user).select_related("district")
    if not rows.exists():
        raise PermissionDenied
    words = request.GET.get("q", "").strip()
    rows = matching(rows, ("name", "field", "registration_number"), words) if words else rows
    context = {
        "shown": Paginator(rows.order_by("name"), 30).get_page(request.GET.get("page")),
        "words": words,
        "staff": has_role(request.user, Role.HQ_STAFF),
    }
    return render(request, "ngo/index.html", context)


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Act for another of one's organisations; back to where one was, if that is a page of ours."""
    number = request.POST.get("organization", "")
    organization = act_for(request, int(number)) if number.isdecimal() else None
    if organization is None:
        raise PermissionDenied
    messages.success(request, _("You now act for «%(name)s».") % {"name": organization.name})
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) and "/ngo/" not in back:
        return redirect(back)
    return redirect("ngo:files", organization.pk)


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was sent to a form, an empty one too; nothing for a form that is only shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
