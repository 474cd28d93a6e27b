"""Asking to be let in at a closed door, and answering."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intranet.access import asking
from intranet.access.addresses import path_of
from intranet.access.forms import AskForm
from intranet.access.models import AccessRequest


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Take a request for access to an address. What is said does not depend on what is there."""
    form = AskForm(request.POST)
    path = path_of(form.cleaned_data["path"]) if form.is_valid() else ""
    if not path:
        messages.error(request, _("The request names no address of this site."))
        return redirect("desk:desk")
    try:
        asking.ask(request.user, path, form.cleaned_data["message"])
    except asking.TooManyRequests:
        messages.error(
            request, _("You have asked very often today. Write to your secretariat, or ask tomorrow.")
        )
        return redirect("desk:desk")
    sent = _(
        "Your request is on its way. If there is something at this address and it is opened to you, "
        "you will be told."
    )
    messages.success(request, sent)
    return redirect("desk:desk")


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request to whoever may answer it, and take his answer; for the others there is none."""
    asked = get_object_or_404(AccessRequest.objects.select_related("asker", "answered_by"), pk=pk)
    obj = asking.specific(asked.target) if asked.object_id else None
    if obj is None or asked.asker_id == request.user.pk or not asking.may_answer(request.user, obj):
        raise Http404
    if request.method == "POST" and request.POST.get("answer") in ("give", "refuse"):
        try:
            done = asking.answer(asked, request.user, give=request.POST["answer"] == "give")
        except PermissionDenied as error:
            raise Http404 from error
        if done:
            messages.success(request, _("Your answer has been recorded."))
        else:
            messages.warning(request, _("Somebody has answered this request before."))
        return redirect("access:request", asked.pk)
    return render(request, "access/request.html", {"asked": asked, "object": obj})
