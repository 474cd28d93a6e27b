"""Asking to be let in: the request is about an address, and the asker never learns whether anything is there.

The request is only written down; the worker looks later what it is about and tells whoever may answer. Who is let in
is told; who is not hears nothing, as with an address where nothing is.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import iri_to_uri

from intranet.access.addresses import find
from intranet.access.grants import grant_view
from intranet.access.models import AccessRequest, State
from intranet.access.policies import MANAGE_ACCESS, abilities
from intranet.access.queries import can_see
from intranet.access.rules import rule_for
from intranet.accounts.roles import Role, users_with
from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from intranet.notifications.actions import notify
from intranet.outbox.actions import publish
from intranet.outbox.models import Row

ASKED = "access.asked"
MOST_A_DAY = 20  # requests of one person; of those for one address only the first counts


class TooManyRequests(Exception):  # noqa: N818 - what the asker is told
    """This person has asked for access very often today."""


def ask(user: Any, path: str, message: str) -> None:
    """Write down that `user` asks to read what is at `path`. Raises `TooManyRequests`."""
    today = AccessRequest.objects.filter(asker=user, asked_at__gt=timezone.now() - timedelta(days=1))
    if today.filter(path=path).exists():
        return
    if today.count() >= MOST_A_DAY:
        raise TooManyRequests
    with transaction.atomic():
        request = AccessRequest.objects.create(asker=user, path=path, message=message)
        record(user, "access.asked", None, path=path)
        publish(ASKED, str(request.pk))


def may_answer(user: Any, obj: models.Model) -> bool:
    """Whether `user` may open `obj` to one more."""
    reads = can_see(user, obj) or can_see(user, obj, State.DRAFT)
    return reads and MANAGE_ACCESS in abilities(user, obj)


def owners_of(obj: models.Model) -> list[Any]:
    """Those who answer requests about `obj`: whose it is, if he may open it to others; else HQ staff."""
    owner = getattr(obj, "owner", None) or getattr(obj, "uploaded_by_user", None)
    if owner is not None and may_answer(owner, obj):
        return [owner]
    return [user for user in users_with(Role.HQ_STAFF) if may_answer(user, obj)]


def specific(obj: Any) -> Any:
    """The object as the class it is of: a page as its family."""
    return getattr(obj, "specific", obj)


def pass_on(rows: Sequence[Row]) -> None:
    """Find what each request is about and tell whoever may answer; the worker's part."""
    waiting = AccessRequest.objects.filter(pk__in=[int(row.key) for row in rows], object_id=None)
    for request in waiting.select_related("asker"):
        obj = find(request.path)
        if obj is None or can_see(request.asker, obj):
            continue
        with transaction.atomic():
            request.content_type = ContentType.objects.get_for_model(rule_for(type(obj)).model)
            request.object_id = obj.pk
            request.save(update_fields=["content_type", "object_id"])
            context = {"request": request, "title": str(obj)}
            notify(
                owners_of(specific(obj)),
                "access_asked",
                context,
                reverse("access:request", args=[request.pk]),
            )


def answer(request: AccessRequest, by: Any, *, give: bool) -> bool:
    """Open what was asked for, or close the request; False when it was answered before.

    Raises `PermissionDenied` for who may not open it, or would answer himself.
    """
    with transaction.atomic():
        request = (
            AccessRequest.objects.select_for_update(of=("self",)).select_related("asker").get(pk=request.pk)
        )
        obj = specific(request.target)
        if obj is None or request.asker_id == by.pk or not may_answer(by, obj):
            raise PermissionDenied
        if request.answer:
            return False
        request.answer = AccessRequest.Answer.GIVEN if give else AccessRequest.Answer.REFUSED
        request.answered_by, request.answered_at = by, timezone.now()
        request.save(update_fields=["answer", "answered_by", "answered_at"])
        if give:
            grant_view(obj, request.asker, by)
            notify([request.asker], "access_given", {"title": str(obj)}, iri_to_uri(request.path))
        else:
            record(by, "access.refused", obj, to=Personal(request.asker, request.asker.get_username()))
    return True


def waiting_on(obj: models.Model) -> models.QuerySet[AccessRequest]:
    """The requests about `obj` that nobody has answered."""
    content_type = ContentType.objects.get_for_model(rule_for(type(obj)).model)
    return AccessRequest.objects.filter(
        Q(answer=""), content_type=content_type, object_id=obj.pk
    ).select_related("asker")
