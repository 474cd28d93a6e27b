"""What the site holds about a person: given to him, and erased when he asks for it.

Rooms above register their part. What they give is JSON; what they erase is all that names him and is no official
record: minutes say who was there, and stay. In the audit his key is destroyed, the chain stays whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from intranet.accounts.acting import acting_as
from intranet.accounts.errors import Refused
from intranet.accounts.factors import forget_factors
from intranet.accounts.models import (
    AccountState,
    ApiToken,
    Identity,
    Invitation,
    Passkey,
    Session,
    User,
)
from intranet.accounts.policies import why_not_erase
from intranet.accounts.roles import roles_of
from intranet.accounts.sessions import sessions_of
from intranet.audit.actions import forget, record
from intranet.audit.models import Event
from intranet.audit.sealing import open_together
from intranet.notifications.models import Notice

_ACTS = 10_000  # of the newest acts


@dataclass(frozen=True, slots=True)
class Part:
    """What a room holds about a person: as JSON, and how it is erased."""

    export: Callable[[User], Any]
    erase: Callable[[User], None]


_parts: dict[str, Part] = {}


def register(name: str, export: Callable[[User], Any], erase: Callable[[User], None]) -> None:
    """Register a room's part under `name`; call it from `AppConfig.ready()`."""
    _parts[name] = Part(export, erase)


def export(user: User) -> dict[str, Any]:
    """All that is held about `user`, as JSON; secrets (hashes of passwords and tokens) are no part of it."""
    acts = open_together(Event.objects.filter(actor_id=user.pk).order_by("-id")[:_ACTS])
    found: dict[str, Any] = {
        "account": {
            "username": user.username,
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "title": user.title,
            "state": user.state.value,
            "joined": _iso(user.date_joined),
            "last_sign_in": _iso(user.last_login),
            "roles": sorted(roles_of(user)),
        },
        "sessions": [
            {"began": _iso(row.began_at), "address": row.address, "browser": row.browser}
            for row in sessions_of(user)
        ],
        "tokens": [
            {"name": row.name, "made": _iso(row.created_at), "valid_until": _iso(row.expires_at)}
            for row in ApiToken.objects.filter(user=user)
        ],
        "passkeys": [
            {"name": row.name, "made": _iso(row.created_at), "used": _iso(row.last_used_at)}
            for row in Passkey.objects.filter(user=user)
        ],
        "outside_identities": list(Identity.objects.filter(user=user).values("issuer", "subject")),
        "notices": [
            {"at": _iso(row.created_at), "subject": row.subject, "body": row.body}
            for row in Notice.objects.filter(recipient=user)
        ],
        "acts": [
            {"at": _iso(row.at), "act": row.verb, "of": row.target_name, "detail": row.detail} for row in acts
        ],
    }
    return found | {name: part.export(user) for name, part in _parts.items()}


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


@transaction.atomic
def erase(by: Any, user: User) -> None:
    """Erase what names `user`; a row without name or address stays, so that what he made keeps its author's number.

    `by` is the administrator who confirmed it. Raises `Refused` while the account is in use.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    why = why_not_erase(user)
    if why is not None:
        raise Refused(why)
    for part in _parts.values():
        part.erase(user)
    with acting_as(by, confirmed=True):
        user.groups.clear()
    forget_factors(user)
    for model in (ApiToken, Identity, Invitation, Session):
        model._default_manager.filter(user=user).delete()
    Notice.objects.filter(recipient=user).delete()
    user.proposals.update(reason="")
    UserProfile.objects.filter(user=user).delete()
    # Wagtail's own log of accounts repeats the name that an account had.
    about = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk)
    )
    about.update(label=f"erased-{user.pk}", data={})
    user.username = f"erased-{user.pk}"
    user.email = user.first_name = user.last_name = user.title = ""
    user.left_at = user.left_at or timezone.now()
    user.last_login = None
    user.set_unusable_password()
    user.save()
    record(by, "account.erased", user)
    forget(user, by)


def is_erased(user: User) -> bool:
    """Whether nothing is left of the account but its number."""
    return user.state == AccountState.LEFT and user.username == f"erased-{user.pk}"
