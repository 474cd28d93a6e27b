"""What a user may do with an object, beyond reading it. Rooms above register their abilities.

Each ability is asked in two ways that agree: may this user do it to this object, and to which objects may he.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from intranet.access.queries import can_see, visible

M = TypeVar("M", bound=models.Model)

VIEW = "view"
"""To read the object as it is published: the rule of visibility itself."""

MANAGE_ACCESS = "manage_access"
"""To open an object to one more reader, and to take that back."""

EXPLAIN_ACCESS = "explain_access"
"""To see who reads an object, through what, and why a person does not."""

NOTHING = Q(pk__in=[])

Abilities = Callable[[Any, Any], Iterable[str]]
Listing = Callable[[Any, str], Q]


@dataclass(frozen=True)
class _Source:
    test: Abilities
    listing: Listing


_sources: dict[type[models.Model], list[_Source]] = {}


def register(model: type[models.Model], test: Abilities, listing: Listing) -> None:
    """Add a source of abilities on `model` and its subclasses.

    `test(user, object)` gives the abilities on one object; its twin `listing(user, ability)` the condition of the
    objects of `model` on which the user has one. Both are asked for signed-in, active people only.
    """
    _sources.setdefault(model, []).append(_Source(test, listing))


def _acts(user: Any) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active)


def abilities(user: Any, obj: models.Model) -> frozenset[str]:
    """All that `user` may do with `obj` (the specific object): `view` by the rule, the rest as registered."""
    found = {VIEW} if can_see(user, obj) else set()
    if _acts(user):
        for base in type(obj).__mro__:
            for source in _sources.get(base, ()):
                found.update(source.test(user, obj))
    return frozenset(found)


def having(queryset: QuerySet[M], user: Any, ability: str) -> QuerySet[M]:
    """Those of `queryset` (of a specific model) on which `user` has `ability`: the twin of `abilities`."""
    condition = visible(queryset.model, user) if ability == VIEW else NOTHING
    if _acts(user):
        for base in queryset.model.__mro__:
            for source in _sources.get(base, ()):
                condition |= source.listing(user, ability)
    return queryset.filter(condition)
