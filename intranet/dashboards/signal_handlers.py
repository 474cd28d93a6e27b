"""A sign-in begins a visit: what came since the one before is new."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

from intranet.dashboards.models import Reading


def _signed_in(sender: Any, user: Any, **kwargs: Any) -> None:
    reading, _ = Reading.objects.get_or_create(user_id=user.pk)
    if reading.visit_at and (reading.seen_at is None or reading.seen_at < reading.visit_at):
        reading.seen_at = reading.visit_at
    reading.visit_at = timezone.now()
    reading.save(update_fields=["seen_at", "visit_at"])


def connect() -> None:
    """Connect the handler; called once when the apps are ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="dashboards.visit")
