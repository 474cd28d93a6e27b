"""A page family that is no `IntranetPage` declares no readers, and would be closed to everybody without a word."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from wagtail.models import Page

from pages.base import IntranetPage


@register()
def pages_declare_their_readers(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every page model but Wagtail's own derives from `IntranetPage`."""
    return [
        Error(
            f"{model._meta.label} does not derive from pages.base.IntranetPage.",
            hint="Its `live_readers` and `draft_readers` say who may read it.",
            obj=model,
            id="pages.E001",
        )
        for model in apps.get_models()
        if issubclass(model, Page) and model is not Page and not issubclass(model, IntranetPage)
    ]
