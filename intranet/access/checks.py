"""The site does not start with a model whose readers nobody has declared."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from intranet.access.rules import rule_for


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
    return found
