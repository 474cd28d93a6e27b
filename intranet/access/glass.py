"""Breaking the glass: an administrator reads one private object of an organisation, for an hour, for a reason.

He reads it through the same doors as everybody: the opening is a token that the object's audience takes in and that
he holds until its hour is over. Whose objects stand behind glass, and who is told, is registered from above.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from intranet.access.actions import rederive
from intranet.access.models import Opening
from intranet.access.queries import can_see, clauses_of
from intranet.access.rules import rule_for
from intranet.accounts.roles import Role, has_role, users_with
from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from intranet.notifications.actions import notify

OPEN_FOR = timedelta(hours=1)
SHORTEST_REASON = 20  # letters: «لازم است» is no reason

Keepers = Callable[[Any], Iterable[Any] | None]

_keepers: dict[type[models.Model], Keepers] = {}


def register(model: type[models.Model], keepers: Keepers) -> None:
    """Register whom to tell of an opening of an object of `model`: users, or None for what is behind no glass."""
    _keepers[model] = keepers


def keepers_of(obj: models.Model) -> list[Any] | None:
    """The accounts to tell of an opening of `obj`: its organisation's, or HQ staff when it has none; None: no glass."""
    for base in type(obj).__mro__:
        if base in _keepers:
            found = _keepers[base](obj)
            return None if found is None else list(found) or list(users_with(Role.HQ_STAFF))
    return None


def stands_behind_glass(obj: models.Model) -> bool:
    """Whether `obj` is an organisation's own and is there to be read."""
    return keepers_of(obj) is not None and clauses_of(obj) is not None


def may_break(user: Any) -> bool:
    """Whether `user` may break glass at all."""
    return has_role(user, Role.ADMINISTRATOR)


def break_glass(user: Any, obj: models.Model, reason: str, url: str) -> Opening:
    """Let `user` read `obj` at `url` for an hour; it is recorded, and those whose it is are told.

    Raises `PermissionDenied` for who is no administrator, for a reason that is none, and for what stands behind no
    glass.
    """
    if not may_break(user) or not stands_behind_glass(obj) or len(reason.strip()) < SHORTEST_REASON:
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        opening = Opening.objects.create(
            user=user,
            content_type=ContentType.objects.get_for_model(rule_for(type(obj)).model),
            object_id=obj.pk,
            name=str(obj)[:255],
            url=url[:500],
            reason=reason.strip(),
            opened_at=now,
            until=now + OPEN_FOR,
        )
        rederive(obj)
        record(
            user,
            "access.glass_broken",
            obj,
            reason=Personal(user, opening.reason),
            until=opening.until.isoformat(),
        )
        about = {"opening": opening, "who": user}
        notify(
            keepers_of(obj) or [], "glass_broken", about, reverse("access:glass_opening", args=[opening.pk])
        )
    return opening


def is_open_to(user: Any, obj: models.Model) -> bool:
    """Whether `user` broke the glass before `obj` less than an hour ago. No query but for administrators."""
    if not may_break(user):
        return False
    content_type = ContentType.objects.get_for_model(rule_for(type(obj)).model)
    return Opening.objects.in_force().filter(user=user, content_type=content_type, object_id=obj.pk).exists()


def openings_for(user: Any) -> models.QuerySet[Opening]:
    """The openings that `user` may read about: auditors all, an administrator his own."""
    if has_role(user, Role.AUDITOR):
        return Opening.objects.all()
    return Opening.objects.filter(user=user.pk) if may_break(user) else Opening.objects.none()


def may_read_about(user: Any, opening: Opening) -> bool:
    """Whether `user` may read who opened what and why: he himself, auditors, and those who read the object anyway."""
    if openings_for(user).filter(pk=opening.pk).exists():
        return True
    obj = opening.target
    return obj is not None and can_see(user, obj)
