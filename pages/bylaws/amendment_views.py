"""The work list of amendments, and the page of one: what it would change. The rules are in `amendment_policies`."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.structure.provisions import parse
from intranet.access.models import State
from intranet.access.readings import note_reading
from intranet.accounts.roles import Role, has_role
from pages.bylaws import amendment_actions as actions
from pages.bylaws import citing
from pages.bylaws.amendment_policies import amendable, why_not_apply
from pages.bylaws.comparing import compared
from pages.bylaws.forms import AmendmentForm
from pages.bylaws.links import both_ends, unknown_works
from pages.bylaws.models import Amendment, BylawPage
from pages.bylaws.receiving import make_stub

WAITING = (Amendment.State.OPEN, Amendment.State.DRAFTED)


def _readable(request: HttpRequest) -> QuerySet[Amendment]:
    """The amendments on which this person works; all others do not exist for him."""
    return Amendment.objects.filter(bylaw__in=amendable(request.user).values("pk")).select_related("bylaw")


def _works_on_bylaws(request: HttpRequest) -> bool:
    return has_role(request.user, Role.EDITOR, Role.HQ_STAFF, Role.DISTRICT_SECRETARY)


def _names(page: BylawPage, source: str) -> dict[str, str]:
    return citing.names(parse(source).provisions, page.locale.language_code)


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """What is to be carried out, the earliest first, and the bylaws to which one may be entered."""
    if not _works_on_bylaws(request):
        raise Http404
    found = _readable(request).filter(state__in=WAITING).order_by("on", "pk")
    rows = [(row, citing.plain_name(row.eid)) for row in found]
    bylaws = amendable(request.user).only("title", "path", "depth").order_by("sort_key")
    context = {"amendments": rows, "bylaws": bylaws, "unknown": unknown_works(amendable(request.user))}
    return render(request, "bylaws/amendments.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, page_id: int) -> HttpResponse:
    """Enter an amendment of a bylaw; `?eid=` names the provision."""
    page = get_object_or_404(amendable(request.user), pk=page_id)
    provisions = _names(page, actions.draft_of(page).source)
    note_reading(request.user, page, "draft.read", State.DRAFT)
    user: Any = request.user
    amendment = Amendment(bylaw=page, entered_by=user)
    data = request.POST if request.method == "POST" else None
    initial = {"eid": request.GET.get("eid", "")}
    form = AmendmentForm(data, instance=amendment, initial=initial, provisions=provisions)
    if form.is_valid():
        form.save()
        messages.success(request, _("The amendment was entered. See what it changes, then carry it out."))
        return redirect("amendments:amendment", amendment.pk)
    status = 200 if data is None else 400
    return render(request, "bylaws/amendment_form.html", {"page": page, "form": form}, status=status)


@require_GET
def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    """What the amendment changes in the newest text, and what stands against carrying it out."""
    row = get_object_or_404(_readable(request), pk=pk)
    page = row.bylaw
    note_reading(request.user, page, "draft.read", State.DRAFT)
    draft = actions.draft_of(page)
    parsed = parse(draft.source)
    language = page.locale.language_code
    called = citing.names(parsed.provisions, language)
    context: dict[str, Any] = {
        "amendment": row,
        "page": page,
        "name": called.get(row.eid, citing.plain_name(row.eid)),
        "stands": actions.stands_in(row, parsed, draft.source),
        "reason": why_not_apply(request.user, row) if row.waits else None,
        "course_url": reverse("workflows:history", args=[page.pk]),
    }
    if row.verb in {Amendment.Verb.DELETE, Amendment.Verb.REPEAL} and row.waits:
        context["cited_by"] = both_ends(page, row.eid, request, called).cited_by
    if row.waits and not context["stands"]:
        try:
            after = parse(actions.amended(draft.source, row))
        except actions.Refused as error:
            context["misfit"] = str(error)
        else:
            rows = compared(parsed.provisions, after.provisions, language)
            context["compared"] = [each for each in rows if each.kind != "same"]
    return render(request, "bylaws/amendment.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry the amendment out in the draft, or set it aside."""
    row = get_object_or_404(_readable(request), pk=pk)
    try:
        if request.POST.get("act") == "dismiss":
            actions.dismiss(row, request.user)
            messages.success(request, _("The amendment was set aside."))
            return redirect("amendments:waiting")
        actions.apply(row, request.user)
    except actions.Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The amendment stands in the draft. Hand the draft in for review."))
    return redirect("amendments:amendment", pk)


@require_POST
def stub(request: HttpRequest) -> HttpResponse:
    """Make an empty draft of a work that texts cite and that is not here, to be filled."""
    work = request.POST.get("work", "")
    if not _works_on_bylaws(request) or work not in dict(unknown_works(amendable(request.user))):
        raise Http404
    page = make_stub(work, request.user)
    messages.success(
        request, _("An empty draft of «%(work)s» was made under the received texts.") % {"work": work}
    )
    return redirect("wagtailadmin_pages:edit", page.pk)
