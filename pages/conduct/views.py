"""Meetings in progress: the list, the invitation, one meeting, the secretary's screen."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intranet.access.queries import can_see, visible_to
from intranet.access.readings import note_reading
from intranet.ui.numerals import to_ascii
from organizations.composition import faults_of_body
from organizations.deciding_words import sentence_of_fault
from pages.conduct import actions, approving, corrections
from pages.conduct.exceptions import Refused
from pages.conduct.forms import AdditionsForm, AnswerForm, CallForm, CorrectionForm, said_in
from pages.conduct.freezing import is_intact
from pages.conduct.models import Correction, Meeting
from pages.conduct.policies import (
    AGENDA_OPEN,
    ROLL_OPEN,
    bodies_kept_by,
    keeps,
    next_moves,
    why_not_approve,
    why_not_correct,
    why_not_write,
)
from pages.conduct.queries import steps_of
from pages.conduct.recording import Change, Saved, save, text_at
from pages.conduct.results import sitting_of
from pages.conduct.room import Room

VALUE, SEEN = "f:", "w:"  # of each field what is written, and what its writer saw


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    """A meeting that the reader may see; one that is not there is refused alike."""
    rows = visible_to(Meeting.objects.select_related("body__district"), request.user)
    meeting = rows.filter(pk=pk).first()
    if meeting is None:
        raise Http404
    note_reading(request.user, meeting, "meeting.read")
    return meeting


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The meetings that the reader may see, the latest first."""
    rows = visible_to(Meeting.objects.select_related("body"), request.user).order_by("-day", "-pk")
    state = request.GET.get("state", "")
    state = state if state in Meeting.State.values else ""
    shown = rows.filter(state=state) if state else rows
    context = {
        "shown": Paginator(shown, 30).get_page(request.GET.get("page")),
        "states": Meeting.State.choices,
        "chosen": state,
        "calls": bodies_kept_by(request.user).exists(),
    }
    return render(request, "conduct/index.html", context)


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """Call a meeting."""
    if not bodies_kept_by(request.user).exists():
        raise PermissionDenied
    form = CallForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            meeting = actions.call(request.user, said.pop("body"), said.pop("agenda"), **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is called; the members were invited."))
            return redirect(meeting)
    return render(request, "conduct/call.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the invitation and the agenda, while it is open."""
    meeting = _meeting(request, pk)
    if why_not_write(request.user, meeting, AGENDA_OPEN):
        raise PermissionDenied
    form = CallForm(request.POST if request.method == "POST" else None, user=request.user, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            actions.change_call(request.user, pk, said.pop("agenda"), **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(meeting)
    context = {"form": form, "meeting": meeting}
    return render(request, "conduct/call.html", context, status=400 if form.errors else 200)


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: where it stands, who is there, what came of each item."""
    row = _meeting(request, pk)
    context = {
        "meeting": row,
        "sitting": sitting_of(row),
        "steps": steps_of(row),
        "moves": next_moves(request.user, row),
        "changes": why_not_write(request.user, row, AGENDA_OPEN) is None,
        "records": why_not_write(request.user, row, ROLL_OPEN) is None,
        **_minutes_context(request, row),
    }
    return render(request, "conduct/meeting.html", context)


def _minutes_context(request: HttpRequest, row: Meeting) -> dict[str, Any]:
    """What the meeting's page shows from the correction period on."""
    if row.state not in (Meeting.State.CORRECTION, Meeting.State.APPROVED, Meeting.State.NOTIFIED):
        return {}
    in_period = row.state == Meeting.State.CORRECTION
    page = row.page
    return {
        "corrections": corrections.shown(row),
        "places": corrections.places_of(row) if why_not_correct(request.user, row) is None else [],
        "decides": in_period and keeps(request.user, row.body),
        "approves": in_period and why_not_approve(request.user, row) is None,
        "why_not_approve": why_not_approve(request.user, row) if in_period else "",
        "intact": None if in_period else is_intact(row),
        "page_url": page.url if page is not None and can_see(request.user, page) else "",
    }


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring the meeting to its next state."""
    row = _meeting(request, pk)
    to = request.POST.get("to", "")
    try:
        if to == Meeting.State.NOTIFIED:
            row = approving.notify_minutes(request.user, pk)
        elif to == Meeting.State.APPROVED:
            row = approving.approve(request.user, pk)
        else:
            row = actions.move(request.user, pk, to)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("The meeting is now at «%(state)s».") % {"state": row.get_state_display()}
        messages.success(request, said)
    return redirect(row)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose other words for a place of the minutes, which `on` names."""
    row = _meeting(request, pk)
    key = request.GET.get("on", "")
    places = dict(corrections.places_of(row))
    if why_not_correct(request.user, row) or key not in places:
        raise PermissionDenied
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, initial={"now": text_at(row, key)}
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            corrections.propose(request.user, pk, key, said["now"], said["reason"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your proposal is with the secretary."))
            return redirect(row)
    context = {"meeting": row, "form": form, "place": places[key]}
    return render(request, "conduct/correct.html", context, status=400 if form.errors else 200)


@require_POST
def decide(request: HttpRequest, pk: int, correction_id: int) -> HttpResponse:
    """Accept or decline a proposed correction."""
    row = _meeting(request, pk)
    correction = get_object_or_404(Correction, pk=correction_id, meeting=row)
    try:
        corrections.decide(
            request.user,
            correction.pk,
            accept="accept" in request.POST,
            answer=said_in(AnswerForm(request.POST))["answer"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Decided. The proposer was told."))
    return redirect(row)


@require_http_methods(["GET", "POST"])
def room(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretary's screen. With scripts each field is sent by itself; without, all are sent at once."""
    row = _meeting(request, pk)
    if (why_not := why_not_write(request.user, row, ROLL_OPEN)) is not None:
        if _by_script(request):
            return JsonResponse({"refused": why_not}, status=409)
        raise PermissionDenied(why_not)
    if request.method == "POST":
        return _write(request, row)
    return _room(request, row, Room(sitting_of(row)))


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _write(request: HttpRequest, row: Meeting) -> HttpResponse:
    typed = {
        name.removeprefix(VALUE): str(text) for name, text in request.POST.items() if name.startswith(VALUE)
    }
    pairs = [Change(key, str(request.POST.get(SEEN + key, "")), now) for key, now in typed.items()]
    try:
        saved = save(request.user, row.pk, [each for each in pairs if _differs(each)])
        if not _by_script(request):
            _add(request, row)
    except Refused as refusal:
        if _by_script(request):
            return JsonResponse({"refused": str(refusal)}, status=409)
        messages.error(request, str(refusal))
        return _room(request, row, Room(sitting_of(row), typed), status=409)
    row.refresh_from_db()
    if _by_script(request):
        return JsonResponse(_told(row, saved))
    if saved.conflicts or saved.errors:
        messages.error(request, _("Some of it was not saved. Look at the marked fields."))
        return _room(request, row, Room(sitting_of(row), typed, saved), status=409)
    messages.success(request, _("Saved."))
    return redirect("conduct:room", row.pk)


def _differs(change: Change) -> bool:
    return to_ascii(change.was).replace("\r\n", "\n") != to_ascii(change.now).replace("\r\n", "\n")


def _add(request: HttpRequest, row: Meeting) -> None:
    said = said_in(AdditionsForm(request.POST))
    if name := said["guest"]:
        actions.add_guest(request.user, row.pk, name, said["guest_role"])
    if title := said["item"]:
        actions.add_item(request.user, row.pk, title, said["item_proposer"])


def _told(row: Meeting, saved: Saved) -> dict[str, Any]:
    sitting = sitting_of(row)
    return {
        "written": saved.written,
        "conflicts": saved.conflicts,
        "errors": saved.errors,
        "quorum": {"text": sitting.quorum, "reached": sitting.has_quorum},
        "results": {
            str(item.pk): {"label": result.label, "why": result.why, "outcome": result.outcome.value}
            for item, _chosen, result in sitting.items
        },
    }


def _room(request: HttpRequest, row: Meeting, shown: Room, status: int = 200) -> HttpResponse:
    faults = [sentence_of_fault(each) for each in faults_of_body(row.body, row.day)]
    context = {"meeting": row, "room": shown, "faults": faults, "moves": next_moves(request.user, row)}
    return render(request, "conduct/room.html", context, status=status)
