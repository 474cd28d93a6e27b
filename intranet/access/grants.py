"""Opening one object to one person or group beyond its rule, by guardian; and taking that back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission

from intranet.accounts.models import User
from intranet.audit.actions import record
from intranet.audit.sealing import Personal


@dataclass(frozen=True)
class Grant:
    """Who may read an object beyond its rule; `key` names the grant in a form: `user:3`, `group:4`."""

    key: str
    name: str
    is_group: bool


def _permission(obj: models.Model) -> Permission:
    content_type = ContentType.objects.get_for_model(obj)
    return Permission.objects.get(content_type=content_type, codename=f"view_{obj._meta.model_name}")


def _rows(model: type[Any], obj: models.Model) -> Any:
    content_type = ContentType.objects.get_for_model(obj)
    return model.objects.filter(content_type=content_type, object_pk=str(obj.pk), permission=_permission(obj))


def grants_on(obj: models.Model) -> list[Grant]:
    """The grants on `obj` (the specific object), persons first."""
    users = _rows(UserObjectPermission, obj).select_related("user").order_by("pk")
    groups = _rows(GroupObjectPermission, obj).select_related("group").order_by("pk")
    return [Grant(f"user:{row.user_id}", row.user.label, is_group=False) for row in users] + [
        Grant(f"group:{row.group_id}", row.group.name, is_group=True) for row in groups
    ]


def grant_view(obj: models.Model, to: User | Group, by: Any) -> None:
    """Let `to` read `obj`. The targets follow by guardian's signal, in the same transaction."""
    with transaction.atomic():
        if isinstance(to, User):
            _, made = UserObjectPermission.objects.get_or_create(user=to, **_what(obj))
        else:
            _, made = GroupObjectPermission.objects.get_or_create(group=to, **_what(obj))
        if made:
            record(by, "access.granted", obj, to=_name(to))


def revoke_view(obj: models.Model, key: str, by: Any) -> bool:
    """Take a grant back, named by its key; whether there was one."""
    kind, _, number = key.partition(":")
    if not number.isdecimal() or kind not in ("user", "group"):
        return False
    with transaction.atomic():
        if kind == "user":
            row = _rows(UserObjectPermission, obj).filter(user=number).first()
        else:
            row = _rows(GroupObjectPermission, obj).filter(group=number).first()
        if row is None:
            return False
        name = _name(row.user if kind == "user" else row.group)
        row.delete()
        record(by, "access.revoked", obj, to=name)
    return True


def end_grants(user: User, by: Any, among: Callable[[models.Model], bool] = lambda obj: True) -> int:
    """Take back every grant of `user`'s own on the objects that `among` says; how many."""
    ended = 0
    with transaction.atomic():
        for row in UserObjectPermission.objects.filter(user=user).select_related(
            "content_type", "permission"
        ):
            obj = row.content_object
            if obj is not None and not among(obj):
                continue
            row.delete()
            ended += 1
            if obj is not None:
                record(by, "access.revoked", obj, to=_name(user))
    return ended


def _what(obj: models.Model) -> dict[str, Any]:
    return {
        "content_type": ContentType.objects.get_for_model(obj),
        "object_pk": str(obj.pk),
        "permission": _permission(obj),
    }


def _name(to: User | Group) -> Any:
    return Personal(to, to.get_username()) if isinstance(to, User) else to.name
