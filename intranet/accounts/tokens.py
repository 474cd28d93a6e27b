"""Tokens of the API: made and revoked by their owner, shown once, kept as a hash."""

import hashlib
import hmac
import logging
import secrets
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.models import ApiToken, User
from intranet.audit.actions import record

logger = logging.getLogger(__name__)

PREFIX = "ngo_"  # so that a scanner of leaked secrets, and a person, sees what it is
MOST = 10  # live tokens of one person
LONGEST_LIFE = timedelta(days=365)
TOUCH = timedelta(minutes=10)  # how exact «last used» is


class TooManyTokensError(Exception):
    """A token was not made; the message says why."""


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is long and random, so that a quick hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def make(user: User, name: str, life: timedelta) -> tuple[ApiToken, str]:
    """A new token of `user`, and its secret, which nobody can ask for again."""
    User.objects.select_for_update().get(pk=user.pk)  # one at a time, so that the most stays the most
    live = ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=timezone.now())
    if live.count() >= MOST:
        raise TooManyTokensError(_("You have too many tokens. Revoke one that is not used."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name, digest=digest_of(secret), expires_at=timezone.now() + min(life, LONGEST_LIFE)
    )
    record(user, "api_token.made", token, until=token.expires_at.isoformat())
    return token, secret


@transaction.atomic
def revoke(user: User, token: ApiToken) -> None:
    """End a token of `user`; twice is as good as once."""
    if ApiToken.objects.filter(pk=token.pk, user=user, revoked_at=None).update(revoked_at=timezone.now()):
        record(user, "api_token.revoked", token)


def holder_of(secret: str) -> ApiToken | None:
    """The token that is in force now with this secret, its active user with it."""
    digest = digest_of(secret)
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("user")
        .filter(digest=digest, revoked_at=None, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if token is None or not hmac.compare_digest(token.digest, digest):
        return None
    if token.last_used_at is None or token.last_used_at < now - TOUCH:
        try:
            with transaction.atomic():
                ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        except DatabaseError:  # to read needs no database that can be written
            logger.warning("the last use of an API token was not noted")
    return token
