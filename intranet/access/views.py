"""Who can read a page or a file, through what, and why a person cannot; opening it to one more."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intranet.access.asking import specific, waiting_on
from intranet.access.explanations import conditions_of, explain
from intranet.access.forms import GrantForm, PersonForm
from intranet.access.grants import grant_view, grants_on, revoke_view
from intranet.access.holders import readers_of
from intranet.access.models import State
from intranet.access.policies import EXPLAIN_ACCESS, MANAGE_ACCESS, abilities
from intranet.access.queries import can_see, clauses_of
from intranet.access.rules import registered

SHOWN_BY_NAME = 50


def _object(request: HttpRequest, kind: str, pk: int, ability: str) -> Any:
    """The object, for who has `ability` on it; for who does not read it there is none."""
    model = next((rule.model for rule in registered() if rule.prefix == kind), None)
    obj = specific(model._default_manager.filter(pk=pk).first()) if model else None
    if obj is None or not (can_see(request.user, obj, State.DRAFT) or can_see(request.user, obj)):
        raise Http404
    if ability not in abilities(request.user, obj):
        raise PermissionDenied
    return obj


def _states(obj: Any) -> list[str]:
    return State.values if hasattr(obj, "live") else [State.LIVE]


def _readers(obj: Any, state: str) -> dict[str, Any]:
    """Who reads `obj` in `state`, for the template: conditions, and the people by name when they are few."""
    clauses = clauses_of(obj, state)
    people: list[str] = []
    count = 0
    if clauses:
        found = readers_of(clauses)
        count = found.count()
        people = [user.label for user in found.order_by("last_name", "username")[:SHOWN_BY_NAME]]
    return {
        "state": State(state).label if len(_states(obj)) > 1 else "",
        "nobody": clauses is None,
        "conditions": conditions_of(obj, state),
        "people": people,
        "count": count,
        "more": count - len(people),
    }


@require_http_methods(["GET", "POST"])
def readers(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Show who can read the object, and why a person does or does not; open it to one more."""
    granting = request.method == "POST"
    obj = _object(request, kind, pk, MANAGE_ACCESS if granting else EXPLAIN_ACCESS)
    form = GrantForm(request.POST if granting else None)
    if granting and form.is_valid():
        grant_view(obj, form.to, request.user)
        messages.success(request, _("“%(title)s” is open to %(name)s.") % {"title": obj, "name": form.to})
        return redirect(request.path)
    about = PersonForm(request.GET if "about" in request.GET else None)
    manages = MANAGE_ACCESS in abilities(request.user, obj)
    context = {
        "object": obj,
        "kind": kind,
        "address": _address(obj),
        "form": form if manages else None,
        "grants": grants_on(obj),
        "revoke_url": reverse(f"access:revoke{'' if kind == 'page' else f'_{kind}'}", args=[obj.pk]),
        "waiting": list(waiting_on(obj)) if manages else [],
        "readers": [_readers(obj, state) for state in _states(obj)],
        "about": about,
        "explained": _explained(obj, about) if about.is_valid() else None,
    }
    wrong = form.errors or (about.is_bound and about.errors)
    return render(request, "access/readers.html", context, status=400 if wrong else 200)


def _address(obj: Any) -> str:
    """Where the object is read, when it is."""
    if hasattr(obj, "live"):
        return (obj.get_url() or "") if obj.live else ""
    return getattr(obj, "url", "") or ""


def _explained(obj: Any, form: PersonForm) -> dict[str, Any]:
    person = form.cleaned_data["about"]
    answers = [(State(state).label, explain(person, obj, state)) for state in _states(obj)]
    return {"person": person, "answers": answers}


@require_POST
def revoke(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Take one grant back."""
    obj = _object(request, kind, pk, MANAGE_ACCESS)
    if revoke_view(obj, request.POST.get("grant", ""), request.user):
        messages.success(request, _("The access has been taken back."))
    return redirect(f"access:{kind}", obj.pk)
