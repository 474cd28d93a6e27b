"""Addresses that notices lead to, and putting away those whose matter is settled."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import TaskState

from intranet.notifications.models import Notice


def address(name: str, pk: Any) -> str:
    """An address for a notice, which is written in the site's own language whoever acts."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(f"workflows:{name}", args=[pk])


def settle(task_state: TaskState, user: Any = None) -> None:
    """Mark as read the notices that ask for a decision at this step: those of `user`, or everybody's."""
    waiting = Notice.objects.filter(url=address("review", task_state.pk), read_at=None)
    if user is not None:
        waiting = waiting.filter(recipient=user)
    waiting.update(read_at=timezone.now())
