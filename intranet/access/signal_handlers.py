"""guardian's grants and the removal of objects change targets at once."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save
from guardian.models import GroupObjectPermission, UserObjectPermission

from intranet.access.actions import rederive


def _grant_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    model: type[models.Model] | None = instance.content_type.model_class()
    obj = model._default_manager.filter(pk=instance.object_pk).first() if model else None
    if obj is not None:
        rederive(getattr(obj, "specific", obj))


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    for model in (UserObjectPermission, GroupObjectPermission):
        for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
            signal.connect(_grant_changed, sender=model, dispatch_uid=f"access.{model.__name__}.{name}")
