"""The control board, one resolution by itself, one follow-up."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intranet.access.queries import can_see, visible_to
from intranet.access.readings import note_reading
from pages.conduct.exceptions import Refused
from pages.conduct.forms import AnswerForm
from pages.following import actions, policies
from pages.following.forms import FollowUpForm, NotifyForm, ObjectForm, ReportForm, SettleForm
from pages.following.models import Evidence, FollowUp, binding_since, standing_of, state_of
from pages.following.queries import board_of, follow_ups_of, resolutions_for
from pages.following.readers import evidence_of
from pages.following.standing import weighted_progress
from pages.meetings.models import Resolution


@login_not_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """All resolutions that the reader may see, at a glance."""
    return render(request, "following/board.html", board_of(request))


def _resolution(request: HttpRequest, pk: int) -> Resolution:
    """A resolution of a meeting that the reader may see; one that is not there is answered alike."""
    row = resolutions_for(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _panels(request: HttpRequest, row: Resolution, bound: dict[str, Any] | None = None) -> dict[str, Any]:
    """The forms of what the reader may do with the resolution now; `bound` brings back one that was refused."""
    user, found = request.user, standing_of(row)
    if not user.is_authenticated:
        return {}
    forms: dict[str, Any] = {}
    if policies.why_not_notify(user, row) is None:
        forms["notify"] = NotifyForm()
    if policies.why_not_object(user, row) is None:
        forms["object"] = ObjectForm()
    if found is not None and policies.why_not_settle(user, row, found) is None:
        forms["settle"] = SettleForm()
    return forms | (bound or {})


@login_not_required
@require_safe
def resolution(request: HttpRequest, pk: int) -> HttpResponse:
    """A resolution by itself: its text, vote and actors, where it stands, what is done for it."""
    return _show(request, _resolution(request, pk))


def _show(request: HttpRequest, row: Resolution, bound: Any = None, status: int = 200) -> HttpResponse:
    rows = follow_ups_of(row, request.user)
    context = {
        "resolution": row,
        "meeting": row.meeting,
        "standing": standing_of(row),
        "state": state_of(row),
        "binding_since": binding_since(row),
        "follow_ups": rows,
        "progress": weighted_progress((each.weight, each.progress) for each in rows),
        "forms": _panels(request, row, bound),
        "adds": request.user.is_authenticated and policies.why_not_add(request.user, row) is None,
    }
    return render(request, "following/resolution.html", context, status=status)


ACTS = {"notify": NotifyForm, "object": ObjectForm, "settle": SettleForm}


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a notification, an objection, or how it was settled."""
    row = _resolution(request, pk)
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise PermissionDenied
    form = ACTS[name](request.POST)
    if not form.is_valid():
        return _show(request, row, {name: form}, status=400)
    said = form.cleaned_data
    try:
        if name == "notify":
            actions.notify_resolution(request.user, pk, said["on"])
        elif name == "object":
            actions.object_to(request.user, pk, said["objector"], said["reason"])
        else:
            actions.settle(request.user, pk, upheld=said["upheld"] == "yes", words=said["words"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect("following:resolution", pk)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a follow-up."""
    row = _resolution(request, pk)
    if policies.why_not_add(request.user, row):
        raise PermissionDenied
    form = FollowUpForm(request.POST if request.method == "POST" else None, initial={"due_on": row.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_follow_up(request.user, pk, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The follow-up is entered; its owner was told."))
            return redirect("following:resolution", pk)
    context = {"form": form, "resolution": row}
    return render(request, "following/add.html", context, status=400 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """One follow-up with its evidence; its owner reports here."""
    rows = FollowUp.objects.select_related(
        "resolution__meeting__body",
        "resolution__standing",
        "owner_body",
        "owner_organization",
        "owner_person",
    )
    row = visible_to(rows, request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    if request.user.is_authenticated:
        note_reading(request.user, row, "followup.read")
    reports = policies.why_not_report(request.user, row) is None
    if request.method == "POST" and not reports:
        raise PermissionDenied
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report(request.user, pk, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your report is entered and waits to be accepted."))
            return redirect(row)
    evidence = evidence_of(request.user, row)
    for each in evidence:
        each.follow_up = row
    context = {
        "row": row,
        "evidence": [
            (each, request.user.is_authenticated and policies.why_not_accept(request.user, each) is None)
            for each in evidence
        ],
        "form": form if reports else None,
        "reads_resolution": can_see(request.user, row.resolution.meeting),
    }
    return render(request, "following/follow_up.html", context, status=400 if form.errors else 200)


@require_POST
def decide(request: HttpRequest, pk: int, evidence_id: int) -> HttpResponse:
    """Accept or decline evidence."""
    row = visible_to(FollowUp.objects.all(), request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    evidence = get_object_or_404(Evidence, pk=evidence_id, follow_up=row)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["answer"][0]))
        return redirect(row)
    try:
        accept = "accept" in request.POST
        actions.decide(request.user, evidence.pk, accept=accept, answer=form.cleaned_data["answer"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Decided. The reporter was told."))
    return redirect(row)
