"""Threads: an organisation's list, the headquarters' queue, one thread, its receipt."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.exceptions import RefusedFile
from intranet.access.readings import note_reading
from intranet.accounts.roles import Role, has_role
from intranet.ui.numerals import localized
from organizations.acting import acting_for
from organizations.queries import represents
from pages.members.area_views import organization_for, sent
from pages.threads import actions
from pages.threads.forms import HideForm, ReplyForm, ThreadForm
from pages.threads.models import Message, Thread
from pages.threads.policies import signs, why_not_end, why_not_write
from pages.threads.queries import messages_of, threads_of

FILTERS = ("mine", "free", *Thread.State.values)


@require_safe
def of_organization(request: HttpRequest, organization_id: int) -> HttpResponse:
    """An organisation's threads."""
    organization = organization_for(request, organization_id)
    if not organization.reads_threads:  # type: ignore[attr-defined]
        raise PermissionDenied
    rows = threads_of(request.user).filter(organization=organization)
    context = {
        "organization": organization,
        "tab": "threads",
        "shown": Paginator(rows, 30).get_page(request.GET.get("page")),
        "submits": represents(request.user, organization),
    }
    return render(request, "threads/list.html", context)


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """All threads before HQ staff: what waits, whose it is. One of an organisation is sent to its own list."""
    if not has_role(request.user, Role.HQ_STAFF, Role.AUDITOR):
        own = acting_for(request)
        if own is None:
            raise PermissionDenied
        return redirect("ngo:threads", own.pk)
    rows = threads_of(request.user)
    counts: dict[str, int] = dict(
        rows.order_by().values_list("state").annotate(count=Count("pk")).values_list("state", "count")
    )
    chosen = request.GET.get("show", Thread.State.OPEN)
    chosen = chosen if chosen in FILTERS else Thread.State.OPEN
    labels = {"mine": _("mine"), "free": _("nobody's"), **dict(Thread.State.choices)}
    context = {
        "shown": Paginator(_filtered(rows, chosen, request.user), 30).get_page(request.GET.get("page")),
        "filters": [(name, labels[name], counts.get(name), name == chosen) for name in FILTERS],
    }
    return render(request, "threads/queue.html", context)


def _filtered(rows: QuerySet[Thread], chosen: str, user: Any) -> QuerySet[Thread]:
    if chosen == "mine":
        return rows.filter(owner=user.pk).exclude(state=Thread.State.CLOSED)
    if chosen == "free":
        return rows.filter(owner=None, state=Thread.State.OPEN).order_by("last_at")
    found = rows.filter(state=chosen)
    return found.order_by("last_at") if chosen == Thread.State.OPEN else found


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Write to the headquarters in the organisation's name."""
    organization = organization_for(request, organization_id)
    if not represents(request.user, organization):
        raise PermissionDenied
    form = ThreadForm(*sent(request), signs=signs(request.user, organization))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            thread = actions.open_thread(
                request.user,
                organization,
                subject=said["subject"],
                body=said["body"],
                files=said["attached"],
                official=said.get("official", False),
            )
        except RefusedFile as refusal:
            form.add_error("attached", str(refusal))
        except actions.RefusedThread as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Your letter was received under number %(n)s.") % {"n": localized(thread.number)}
            )
            return redirect("ngo:receipt", thread.pk)
    context = {"organization": organization, "tab": "threads", "form": form}
    return render(request, "threads/new.html", context, status=400 if form.errors else 200)


def _thread(request: HttpRequest, pk: int) -> Thread:
    """A thread of the reader's; the same refusal for one that is not there."""
    thread = threads_of(request.user).filter(pk=pk).first()
    if thread is None:
        raise PermissionDenied
    note_reading(request.user, thread, "thread.read")
    return thread


@require_http_methods(["GET", "POST"])
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a thread and write in it."""
    row = _thread(request, pk)
    why_not = why_not_write(request.user, row)
    if request.method == "POST" and why_not and row.state != Thread.State.CLOSED:
        raise PermissionDenied(why_not)
    form = ReplyForm(*sent(request), initial={"parent": request.GET.get("reply") or None})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.reply(request.user, row.pk, said["body"], said["attached"], said["parent"])
        except RefusedFile as refusal:
            form.add_error("attached", str(refusal))
        except actions.RefusedThread as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your message has been sent."))
            return redirect("ngo:thread", row.pk)
    shown = list(messages_of(row, request.user))
    parent = str(form["parent"].value() or "")
    context = {
        "thread": row,
        "messages_shown": shown,
        "answered": next((one for one in shown if str(one.pk) == parent), None),
        "form": form,
        "why_not": why_not,
        "may_end": why_not_end(request.user, row) is None,
        "handles": has_role(request.user, Role.HQ_STAFF),
    }
    return render(request, "threads/thread.html", context, status=400 if form.errors else 200)


@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt: number, hour, subject, checksums of the files; made to be printed."""
    row = _thread(request, pk)
    first = messages_of(row, request.user).filter(parent=None).first()
    return render(request, "threads/receipt.html", {"thread": row, "first": first})


ACTS = {"take": actions.take, "leave": actions.leave, "close": actions.close, "reopen": actions.reopen}


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a thread, leave it, close it, open it again."""
    row = _thread(request, pk)
    name = request.POST.get("act", "")
    if name not in ACTS:
        raise PermissionDenied
    try:
        ACTS[name](request.user, row.pk)
    except actions.RefusedThread as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done. The thread says so."))
    return redirect("ngo:thread", row.pk)


@require_POST
def hide(request: HttpRequest, pk: int, message_id: int) -> HttpResponse:
    """Hide a message with all below it, or show it again. HQ staff do, and say why."""
    row = _thread(request, pk)
    if not has_role(request.user, Role.HQ_STAFF):
        raise PermissionDenied
    message = get_object_or_404(Message, pk=message_id, thread=row)
    form = HideForm(request.POST)
    try:
        if "show" in request.POST:
            actions.show(request.user, message.pk)
            messages.success(request, _("The message is shown again."))
        else:
            actions.hide(request.user, message.pk, form.cleaned_data["reason"] if form.is_valid() else "")
            messages.success(request, _("The message, and what replies to it, is hidden."))
    except actions.RefusedThread as refusal:
        messages.error(request, str(refusal))
    return redirect("ngo:thread", row.pk)
