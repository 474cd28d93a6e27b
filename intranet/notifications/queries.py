"""What a person has not read yet."""

from typing import Any

from django.db.models import QuerySet

from intranet.notifications.models import Notice


def unread_for(user: Any) -> QuerySet[Notice]:
    """The notices that `user` has not read, newest first."""
    return Notice.objects.filter(recipient=user, read_at=None)
