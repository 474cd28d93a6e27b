"""HQ staff share a page or a file with organisations, and see at once who that is."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from documents.models import Document
from intranet.access.queries import can_see, visible_to
from intranet.accounts.roles import Role, has_role
from intranet.ui.matching import matching
from organizations.models import District, Organization
from organizations.sharing import readers_by_organization, share, shared_with
from pages.members.area_views import sent
from pages.members.models import MemberIndexPage, MemberPage

FOUND = 30
_OWN = (Document.Audience.ORGANIZATION, Document.Audience.ATTACHED)


class ShareForm(forms.Form):
    """With whom: organisations one by one, or all those of a district, also those that come to it later."""

    organizations = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Organizations"),
        queryset=Organization.objects.order_by("name"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )
    districts = forms.ModelMultipleChoiceField(
        label=gettext_lazy("All organizations of these districts"),
        queryset=District.objects.order_by("number"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )


def why_not_share(user: Any, obj: Page | Document) -> str | None:
    """Why `user` may not share `obj`, or None: HQ staff share what they read and what is no organisation's own."""
    if not has_role(user, Role.HQ_STAFF) or not can_see(user, obj):
        return _("HQ staff do this.")
    if isinstance(obj, MemberPage) or (isinstance(obj, Document) and obj.audience in _OWN):
        return _("This is an organization's own and is not shared with others.")
    if isinstance(obj, MemberIndexPage) or getattr(obj, "openness", "open") == "closed":
        return _("This is not shared: by the rule of its kind organizations do not read it.")
    return None


@require_safe
def shared(request: HttpRequest) -> HttpResponse:
    """Find a page or a file to share."""
    if not has_role(request.user, Role.HQ_STAFF):
        raise PermissionDenied
    words = request.GET.get("q", "").strip()
    found: list[dict[str, Any]] = []
    if words:
        pages = matching(visible_to(Page.objects.live(), request.user), ("title",), words)[:FOUND]
        found = [{"kind": "page", "object": page.specific} for page in pages]
        files = Document.objects.exclude(audience__in=_OWN)
        files = matching(visible_to(files, request.user), ("title",), words)[:FOUND]
        found += [{"kind": "file", "object": document} for document in files]
        found = [row for row in found if why_not_share(request.user, row["object"]) is None]
    return render(request, "ngo/shared.html", {"words": words, "found": found})


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Choose with whom; see who that is before it is saved, and after."""
    model: Any = {"page": Page, "file": Document}[kind]
    obj = get_object_or_404(model, pk=pk)
    obj = obj.specific if isinstance(obj, Page) else obj
    if reason := why_not_share(request.user, obj):
        raise PermissionDenied(reason)
    organizations, districts = shared_with(obj)
    form = ShareForm(sent(request)[0], initial={"organizations": organizations, "districts": districts})
    previewed = False
    if request.method == "POST" and form.is_valid():
        organizations, districts = form.cleaned_data["organizations"], form.cleaned_data["districts"]
        if "save" in request.POST:
            share(request.user, obj, organizations, districts)
            messages.success(request, _("Saved. Those below read it from now on."))
            return redirect("ngo:share", kind, pk)
        previewed = True
    readers = readers_by_organization(organizations, districts)
    context = {
        "object": obj,
        "kind": kind,
        "form": form,
        "readers": readers,
        "count": len({person for people in readers.values() for person in people}),
        "previewed": previewed,
    }
    return render(request, "ngo/share.html", context, status=400 if form.errors else 200)
