"""The record of who read what is not open to everybody who signs in: once a reader, object and some hours.

The record itself is the memory of what it holds, so it is the same for all processes, and nothing beside it is kept.
"""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from intranet.access.glass import is_open_to
from intranet.access.models import State
from intranet.access.queries import is_open
from intranet.audit.actions import record
from intranet.audit.models import Event

AGAIN_AFTER = timedelta(hours=4)


def note_reading(user: Any, obj: models.Model, verb: str, state: str = State.LIVE) -> None:
    """Record that `user` was given `obj` in `state`, when it is private; call it once he is known to be let in.

    `verb` is an act of the record, such as `document.read`. Through broken glass every reading is recorded.
    """
    if is_open(user, obj, state):
        return
    if is_open_to(user, obj) or not _is_noted(user, obj, verb):
        record(user, verb, obj)


def _is_noted(user: Any, obj: models.Model, verb: str) -> bool:
    since = timezone.now() - AGAIN_AFTER
    lately = Event.objects.filter(actor_id=user.pk, verb=verb, at__gt=since)
    return lately.filter(target_type=obj._meta.label, target_id=str(obj.pk)).exists()
