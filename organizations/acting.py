"""For which organisation a person acts now: kept in his session, and never more than what he belongs to at this hour.

It decides where what he makes lands. It gives no right and takes none: every door asks the rule of visibility and
the mandates themselves.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from intranet.access.queries import audiences_of
from intranet.audit.actions import record
from organizations.models import Organization
from organizations.queries import Waiting, waiting_of

_KEY = "acting_for"


def held_by(user: Any) -> frozenset[int]:
    """Numbers of the organisations `user` belongs to now, as they were found with his tokens in this request."""
    audiences_of(user)
    held: frozenset[int] = getattr(user, "_organizations", frozenset())
    return held


def choices_of(user: Any) -> list[Organization]:
    """The organisations for which `user` can act, by name; one query, and none for whoever belongs to none."""
    held = held_by(user)
    return list(Organization.objects.filter(pk__in=held).order_by("name")) if held else []


def acting_for(request: HttpRequest) -> Organization | None:
    """The organisation he chose, if he still belongs to it; else the first by name; None for who belongs to none."""
    choices = _of_request(request)
    chosen = request.session.get(_KEY)
    return next((one for one in choices if one.pk == chosen), choices[0] if choices else None)


def act_for(request: HttpRequest, organization_id: int) -> Organization | None:
    """Choose one of one's own organisations, and record it; None when it is none of them."""
    found = next((one for one in choices_of(request.user) if one.pk == organization_id), None)
    if found is not None and request.session.get(_KEY) != found.pk:
        request.session[_KEY] = found.pk
        record(request.user, "organizations.acting_for", found)
    return found


def _of_request(request: HttpRequest) -> list[Organization]:
    kept: list[Organization] | None = getattr(request, "_acting_choices", None)
    if kept is None:
        kept = choices_of(request.user)
        request._acting_choices = kept  # type: ignore[attr-defined]
    return kept


def acting(request: HttpRequest) -> dict[str, Any]:
    """For the header: `acting`, None or a dict of `organization` and `choices`; for closed doors: `waiting_for_me`,
    what was filed for the reader and gives nothing yet, whatever stands behind the door. Lazy."""

    def found() -> dict[str, Any] | None:
        if not getattr(request, "user", None) or not request.user.is_authenticated:
            return None
        organization = acting_for(request)
        return organization and {"organization": organization, "choices": _of_request(request)}

    def waiting() -> list[Waiting]:
        return waiting_of(request.user) if getattr(request, "user", None) else []

    return {"acting": SimpleLazyObject(found), "waiting_for_me": SimpleLazyObject(waiting)}
