"""An organisation that moves to another district gets other readers at once."""

from typing import Any

from django.db.models.signals import post_save

from intranet.access.actions import rederive
from organizations.models import Organization
from pages.members.models import MemberPage


def _organization_saved(sender: Any, instance: Organization, created: bool, **kwargs: Any) -> None:
    if not created:
        rederive(MemberPage.objects.filter(organization=instance))


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    post_save.connect(_organization_saved, sender=Organization, dispatch_uid="members.organization")
