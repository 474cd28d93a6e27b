"""A body that moves to another district gets other readers of its sessions at once."""

from typing import Any

from django.db.models.signals import post_save

from intranet.access.actions import rederive
from organizations.models import Body
from pages.meetings.models import MeetingPage


def _body_saved(sender: Any, instance: Body, created: bool, **kwargs: Any) -> None:
    if not created:
        rederive(MeetingPage.objects.filter(body=instance).iterator(chunk_size=500))


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    post_save.connect(_body_saved, sender=Body, dispatch_uid="meetings.body")
