"""One obligation: its turns, what was shown for it, showing more, judging it. The rules are in `policies`."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from documents.exceptions import RefusedFile
from documents.models import Document
from intranet.access.queries import visible_to
from pages.memoranda import actions, policies, tracking
from pages.memoranda.forms import AnswerForm, EvidenceForm
from pages.memoranda.models import Evidence, MemorandumPage, Obligation
from pages.memoranda.queries import parsed_source
from pages.memoranda.standing import KEPT


def _found(request: HttpRequest, page_id: int, reference: UUID) -> tuple[MemorandumPage, Obligation]:
    """The memorandum and its obligation, of a reader who follows them; nothing is there for any other."""
    pages = visible_to(MemorandumPage.objects.live().filter(withdrawn_on=None), request.user)
    parties = ("first_party__district", "second_party__district")
    page = get_object_or_404(pages.select_related(*parties), pk=page_id)
    if not tracking.follows(request.user, page):
        raise Http404
    return page, get_object_or_404(page.obligations, reference=reference)


@login_not_required  # of a memorandum that is open to everyone, what was accepted is too
@require_http_methods(["GET", "POST"])
def obligation(request: HttpRequest, page_id: int, reference: UUID) -> HttpResponse:
    """Read where an obligation stands and what was shown for it; show more."""
    page, row = _found(request, page_id, reference)
    evidence = list(
        tracking.evidence_for(request.user, page)
        .filter(reference=reference)
        .select_related("document", "page__locale", "reported_by", "decided_by")
    )
    for each in evidence:
        each.memorandum = page
    tracked = tracking.tracked(page, [row], evidence)[0]
    voice = policies.voice_of(request.user, page)
    form = _form(request, voice, row, tracked)
    if request.method == "POST":
        if form is None:
            messages.error(request, policies.why_not_show(voice, page, row) or "")
            return redirect("obligations:obligation", page_id, reference)
        if form.is_valid() and (done := _show(request, voice, row, form)):
            return done
    context = {
        "page": page,
        "obligation": row,
        "tracked": tracked,
        "number": _number(page, row),
        "clause": tracking.clause_of(parsed_source(page), row.clause) if row.clause else "",
        "party": policies.party_of(page, row.obligor) if row.obligor != Obligation.Obligor.JOINT else None,
        "evidence": [_shown(voice, each) for each in _with_readable(request, evidence)],
        "names": tracking.names_people(request.user, page),
        "form": form,
    }
    return render(request, "memoranda/obligation.html", context, status=400 if form and form.errors else 200)


def _number(page: MemorandumPage, row: Obligation) -> int:
    """Its place among what its side owes, from 1."""
    own = page.obligations.filter(obligor=row.obligor).values_list("pk", flat=True)
    return list(own).index(row.pk) + 1


def _form(
    request: HttpRequest, voice: policies.Voice, row: Obligation, tracked: tracking.Tracked
) -> EvidenceForm | None:
    sides = policies.sides_to_show(voice, row)
    if not sides:
        return None
    posted = request.method == "POST"
    waiting = next((turn.due for turn in tracked.turns if turn.stand not in KEPT), None)
    return EvidenceForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        user=request.user,
        turns=tracked.turns,
        by_letter=policies.needs_letter(voice, sides[0]),
        indicator=row.indicator,
        initial={"turn": waiting.isoformat() if waiting else ""},
    )


def _show(
    request: HttpRequest, voice: policies.Voice, row: Obligation, form: EvidenceForm
) -> HttpResponse | None:
    side = policies.sides_to_show(voice, row)[0]
    try:
        evidence = actions.show(request.user, row, side, form.report())
    except RefusedFile as refusal:
        form.add_error("file", str(refusal))
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _("It was entered, and waits for the other side."))
        return redirect(f"{_address(evidence)}#evidence-{evidence.pk}")
    return None


def _address(evidence: Evidence) -> str:
    return reverse("obligations:obligation", args=[evidence.memorandum_id, evidence.reference])


def _with_readable(request: HttpRequest, evidence: list[Evidence]) -> list[Evidence]:
    """The same rows, without the pages and files that the reader may not see. Two queries."""
    pages = visible_to(
        Page.objects.filter(pk__in=[each.page_id for each in evidence if each.page_id]), request.user
    )
    files = Document.objects.filter(pk__in=[each.document_id for each in evidence if each.document_id])
    open_pages = set(pages.values_list("pk", flat=True))
    open_files = set(visible_to(files, request.user).values_list("pk", flat=True))
    for each in evidence:
        if each.page_id not in open_pages:
            each.page = None
        if each.document_id not in open_files:
            each.document = None
    return evidence


def _shown(voice: policies.Voice, evidence: Evidence) -> dict[str, Any]:
    """A row of evidence and what the reader may do with it."""
    waits = evidence.state == Evidence.State.WAITING
    return {
        "row": evidence,
        "decides": waits and policies.why_not_decide(voice, evidence) is None,
        "needs_letter": policies.needs_letter(voice, evidence.other_side),
        "takes_back": waits and policies.why_not_take_back(voice, evidence) is None,
    }


@require_POST
def act(request: HttpRequest, page_id: int, reference: UUID, pk: int) -> HttpResponse:
    """Accept evidence, return it, or take it back."""
    page, _row = _found(request, page_id, reference)
    evidence = get_object_or_404(tracking.evidence_for(request.user, page).filter(reference=reference), pk=pk)
    name = request.POST.get("act", "")
    answer = AnswerForm(request.POST)
    if not answer.is_valid():
        messages.error(request, _("The answer is too long, or holds signs that cannot be kept."))
        return redirect(f"{_address(evidence)}#evidence-{evidence.pk}")
    try:
        if name == "take_back":
            actions.take_back(request.user, evidence.pk)
            messages.success(request, _("It was taken back."))
        elif name in {"accept", "return"}:
            actions.decide(request.user, evidence.pk, accept=name == "accept", **answer.cleaned_data)
            messages.success(request, _("Your answer was kept, and the other side told of it."))
        else:
            raise Http404
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{_address(evidence)}#evidence-{evidence.pk}")
