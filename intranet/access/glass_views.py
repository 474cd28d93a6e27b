"""Breaking the glass, and who broke it when and why."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access import glass as breaking
from intranet.access.addresses import find, path_of
from intranet.access.asking import specific
from intranet.access.forms import GlassForm
from intranet.access.models import Opening
from intranet.accounts.roles import Role, has_role
from intranet.audit.actions import record
from intranet.audit.sealing import Personal


@require_http_methods(["GET", "POST"])
def glass(request: HttpRequest) -> HttpResponse:
    """The openings that this person may read about; an administrator breaks the glass here."""
    breaks = breaking.may_break(request.user)
    if not breaks and (request.method == "POST" or not has_role(request.user, Role.AUDITOR)):
        raise Http404
    form = GlassForm(
        request.POST if request.method == "POST" else None, initial={"address": request.GET.get("for", "")}
    )
    if request.method == "POST" and form.is_valid():
        path = path_of(form.cleaned_data["address"])
        obj = specific(find(path)) if path else None
        if obj is not None and breaking.stands_behind_glass(obj):
            breaking.break_glass(request.user, obj, form.cleaned_data["reason"], path)
            messages.success(request, _("It is open to you for an hour. The organisation has been told."))
            return redirect(path)
        # Also recorded: whoever tries addresses leaves a trace.
        record(
            request.user,
            "access.glass_missed",
            None,
            path=path,
            reason=Personal(request.user, form.cleaned_data["reason"]),
        )
        form.add_error("address", _("At this address there is no private page or file of an organisation."))
    shown = Paginator(breaking.openings_for(request.user).select_related("user"), 20)
    context = {"form": form if breaks else None, "page": shown.get_page(request.GET.get("page"))}
    return render(request, "access/glass.html", context, status=400 if form.errors else 200)


@require_safe
def opening(request: HttpRequest, pk: int) -> HttpResponse:
    """One opening: for him who made it, for auditors, and for those whose object it is."""
    found = get_object_or_404(Opening.objects.select_related("user"), pk=pk)
    if not breaking.may_read_about(request.user, found):
        raise Http404
    return render(request, "access/opening.html", {"opening": found})
