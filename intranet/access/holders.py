"""Who holds a token: the twin of `tokens`, from the other end. Rooms above register the holders of their own."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from intranet.access.clauses import PUBLIC, SIGNED_IN, Clauses
from intranet.access.models import Opening
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role

Holders = Callable[[list[str]], QuerySet[Any] | None]

_holders: dict[str, Holders] = {}


def register(prefix: str, holders: Holders) -> None:
    """Register who holds the tokens that begin with `prefix`: a queryset of numbers of accounts, or None for nobody."""
    _holders[prefix] = holders


def _holding(token: str) -> Q:
    prefix, *parts = token.split(":")
    found = _holders[prefix](parts) if prefix in _holders else None
    return Q(pk__in=[]) if found is None else Q(pk__in=found)


def readers_of(clauses: Clauses) -> QuerySet[User]:
    """The accounts that satisfy `clauses` now: exactly those whose `tokens_of` does."""
    people: QuerySet[User] = User.objects.filter(is_active=True)
    for clause in clauses:
        if clause & {PUBLIC, SIGNED_IN}:
            continue
        condition = Q(pk__in=[])
        for token in clause:
            condition |= _holding(token)
        people = people.filter(condition)
    return people


def _users() -> Any:
    return User.objects.order_by()


def register_own() -> None:
    """The holders of the tokens that every reader may have; called once when the apps are ready."""
    register("user", lambda parts: _users().filter(pk=parts[0]).values("pk"))
    register("group", lambda parts: _users().filter(groups=parts[0]).values("pk"))
    register("role", _of_role)
    register("glass", _of_opening)


def _of_role(parts: list[str]) -> QuerySet[Any] | None:
    if parts[0] not in Role.values:
        return None
    return _users().filter(groups__name=GROUP_NAMES[Role(parts[0])]).values("pk")  # type: ignore[no-any-return]


def _of_opening(parts: list[str]) -> QuerySet[Any]:
    openings = Opening.objects.in_force().filter(pk=parts[0])
    administrators = _users().filter(groups__name=GROUP_NAMES[Role.ADMINISTRATOR])
    found: QuerySet[Any] = administrators.filter(pk__in=openings.values("user")).values("pk")
    return found
