"""The site does not start with a model or an address whose readers nobody has declared."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from intranet.access.rules import registered, rule_for
from search import records


@register()
def readers_are_declared(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every page family, the document and the image model have a rule of visibility."""
    facing = [model for model in apps.get_models() if issubclass(model, Page)]
    facing += [get_document_model(), get_image_model()]
    found: list[CheckMessage] = []
    for model in facing:
        try:
            rule_for(model)
        except ImproperlyConfigured:
            found.append(
                Error(
                    f"{model._meta.label} has no rule of visibility.",
                    hint="Register one by `intranet.access.rules.register` in `AppConfig.ready()`.",
                    obj=model,
                    id="access.E001",
                )
            )
    prefixes = {rule.prefix for rule in registered()}
    found += [
        Error(f"What search finds as «{prefix}» has no rule of visibility.", id="access.E001")
        for prefix in sorted(records.sources.keys() - prefixes)
    ]
    return found


def _addresses(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """(name with its namespaces, pattern) of every address but those of Wagtail's admin, which has its own door."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if str(pattern.pattern) != "admin/":
                space = (pattern.namespace,) if pattern.namespace else ()
                yield from _addresses(pattern, spaces + space)
        else:
            yield ":".join((*spaces, pattern.name or str(pattern.pattern))), pattern


@register()
def addresses_have_a_rule(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every address asks for sign-in and belongs to a declared room, or is declared as open with what it asks."""
    declared = import_module(settings.DOORS)
    found: list[CheckMessage] = []
    names = set()
    for name, pattern in _addresses(get_resolver()):
        names.add(name)
        view: Any = pattern.callback
        room = getattr(view, "__module__", "")
        if not getattr(view, "login_required", True):
            if name not in declared.OPEN:
                found.append(_address_error(name, "is open to everybody, and nobody has said what it asks."))
        elif name in declared.OPEN:
            found.append(_address_error(name, "is declared as open, but asks for sign-in."))
        elif not any(room == known or room.startswith(f"{known}.") for known in declared.ROOMS):
            found.append(_address_error(name, f"is of {room}, of which nobody has said what it asks."))
    found += [_address_error(name, "is declared, but is no more.") for name in declared.OPEN.keys() - names]
    found += [
        Error(f"{middleware} is taken out: addresses rely on it.", id="access.E003")
        for middleware in (
            "intranet.accounts.middleware.SignInRequired",
            "pages.admin_door.AdminDoor",
        )
        if middleware not in settings.MIDDLEWARE
    ]
    return found


def _address_error(name: str, what: str) -> Error:
    return Error(f"The address «{name}» {what}", hint=f"Say it in `{settings.DOORS}`.", id="access.E002")
