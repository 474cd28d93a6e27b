"""Keeping the part of a page that all who may read the same see alike.

A template puts it in `{% cache keep_for NAME page.pk kept_as %}`. `kept_as` names what the reader may read, the
edition of the site, the language, the day and the host: it is another one as soon as any of them is.
"""

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from intranet.access.editions import KEPT_FOR
from intranet.access.queries import reading_of


def keeping(request: HttpRequest) -> dict[str, Any]:
    """`keep_for` (seconds) and `kept_as`, for the template.

    What is seldom asked for, a draft or an address with a question, gets a name that no other request has and is
    not kept.
    """
    if getattr(request, "is_preview", False) or request.GET:
        return {"keep_for": 0, "kept_as": secrets.token_hex(8)}
    parts = (reading_of(request.user), get_language(), timezone.localdate(), request.get_host())
    return {"keep_for": KEPT_FOR, "kept_as": ".".join(map(str, parts))}


def lazily(make: Callable[[], dict[str, Any]], names: Iterable[str]) -> dict[str, Any]:
    """What `make` gives, made once and only when the template asks for one of `names`."""
    found: Any = SimpleLazyObject(make)

    def one(name: str) -> SimpleLazyObject:
        return SimpleLazyObject(lambda: found[name])

    return {name: one(name) for name in names}
