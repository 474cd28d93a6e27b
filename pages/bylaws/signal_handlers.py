"""A published bylaw has the version and the provisions of its text.

They are derived when the live row is saved, not on `page_published`: Wagtail's publishing action is not atomic
and sends that signal after the save has been committed, while a page's `save()` is one transaction.
"""

from typing import Any

from django.db.models.signals import post_save

from pages.bylaws.actions import derive_version
from pages.bylaws.models import BylawPage


def _saved(
    sender: Any, instance: BylawPage, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    # A draft's own save names its fields; only a whole save writes the text that is live.
    if instance.live and not raw and (update_fields is None or "source" in update_fields):
        derive_version(instance)


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    post_save.connect(_saved, sender=BylawPage, dispatch_uid="bylaws.saved")
