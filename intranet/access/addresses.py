"""What stands at an address of the site: each room says how its own addresses name its objects.

Nothing here is asked by a view that shows what it found: who asks for access, or breaks the glass, gives an address,
and whether anything is there is nobody's to learn from the answer.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import get_language_from_path

Finder = Callable[[Mapping[str, Any], tuple[Any, ...]], models.Model | None]

_finders: dict[str, Finder] = {}


def register(view_name: str, find: Finder) -> None:
    """Register how the arguments in addresses of the view `view_name` name an object: a function of (kwargs, args)."""
    _finders[view_name] = find


def path_of(address: str) -> str:
    """The path in an address as people paste it, with or without the site's name.

    Empty for another site's, and for what is no address at all.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # «http://[»
        return ""
    if parts.netloc and parts.netloc != urlsplit(settings.SITE_URL).netloc:
        return ""
    path = unquote(parts.path)
    return path if path.startswith("/") and "\x00" not in path else ""


def find(path: str) -> models.Model | None:
    """The object at `path`, whoever may read it, or None."""
    with translation.override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        finder = _finders.get(match.view_name)
        return finder(match.kwargs, match.args) if finder else None
