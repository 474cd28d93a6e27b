"""What a user may do with an object, beyond reading it. Rooms above register their abilities."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from intranet.access.queries import can_see

Abilities = Callable[[Any, Any], Iterable[str]]

MANAGE_ACCESS = "manage_access"
"""To open an object to one more reader, and to take that back."""

_abilities: dict[type[models.Model], list[Abilities]] = {}


def register(model: type[models.Model], abilities: Abilities) -> None:
    """Add a source of abilities on `model` and its subclasses: a function of (user, object)."""
    _abilities.setdefault(model, []).append(abilities)


def abilities(user: Any, obj: models.Model) -> frozenset[str]:
    """All that `user` may do with `obj`: `view` by the rule of visibility, the rest as registered."""
    found = {"view"} if can_see(user, obj) else set()
    if getattr(user, "is_authenticated", False) and user.is_active:
        for base in type(obj).__mro__:
            for source in _abilities.get(base, ()):
                found.update(source(user, obj))
    return frozenset(found)
