"""The record of acts: a screen to search it, and the same as a file."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from intranet.accounts.limits import Rate, wait_of
from intranet.audit.actions import record
from intranet.auditors import details, exports, labels
from intranet.auditors.forms import AskForm
from intranet.auditors.queries import Key, reads_all, screen, walk

_FILES = {
    "csv": (exports.as_csv, "text/csv; charset=utf-8"),
    "jsonl": (exports.as_json_lines, "application/jsonl; charset=utf-8"),
}
_EXPORTS = Rate(10, 600)


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """What was done, the latest first; auditors and administrators see everybody's acts, others their own."""
    of_all = reads_all(request.user)
    form = AskForm(request.GET, user=request.user)
    found = None
    if form.is_settled:
        found = screen(
            form.asked(),
            request.user,
            older=Key.read(request.GET.get("older", "")),
            newer=Key.read(request.GET.get("newer", "")),
        )
    rows = [
        {
            "event": event,
            "act": labels.act(event.verb),
            "kind": labels.kind(event.target_type) if event.target_type else "",
            "lines": details.lines(event.detail, event.target_type),
        }
        for event in (found.events if found else [])
    ]
    context = {
        "form": form,
        "of_all": of_all,
        "rows": rows,
        "found": found,
        "asked": _without_place(request.GET),
    }
    return render(request, "auditors/events.html", context, status=200 if form.is_valid() else 422)


def _without_place(query: QueryDict) -> str:
    """What was asked, as the end of an address, less the place in the list."""
    kept = query.copy()
    for name in ("older", "newer"):
        kept.pop(name, None)
    return kept.urlencode()


@require_POST
def export(request: HttpRequest, kind: str) -> HttpResponse | StreamingHttpResponse:
    """All that the address asks for as a file, `csv` or `jsonl`; that it was taken is recorded first."""
    form = AskForm(request.GET, user=request.user)
    if kind not in _FILES:
        raise Http404
    if not form.is_settled:
        return events_refused(request, form)
    if wait := wait_of("audit_export", f"user:{request.user.pk}", _EXPORTS):
        answer = render(request, "auditors/wait.html", {"seconds": wait}, status=429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    asked = form.asked()
    record(request.user, "audit.exported", None, format=kind, asked=asked.facts())
    write, media_type = _FILES[kind]
    response = StreamingHttpResponse(write(walk(asked, request.user)), content_type=media_type)
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="audit-{day}.{kind}"'
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"
    return response


def events_refused(request: HttpRequest, form: AskForm) -> HttpResponse:
    """The screen again, which says what was not understood."""
    context = {"form": form, "of_all": reads_all(request.user), "rows": [], "found": None, "asked": ""}
    return render(request, "auditors/events.html", context, status=422)
