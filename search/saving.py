"""Keeping a search: saved, renamed, told of by e-mail, given a feed, deleted and taken back, by its person alone."""

import hashlib
import hmac
import logging
import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.audit.actions import record
from search import fresh
from search.addresses import chips
from search.engines.base import EngineDown
from search.models import SavedSearch
from search.narrowing import Narrowing, narrow_by
from search.query import Query, parse

logger = logging.getLogger(__name__)

MOST = 50
#: How long a deleted one can be taken back.
SECOND_THOUGHTS = timedelta(days=1)


class TooManyError(Exception):
    """The search was not saved: its person has as many as there may be."""


def mine(user: Any) -> Any:
    """The saved searches of `user` (a queryset)."""
    return SavedSearch.objects.filter(user=user.pk, deleted_at=None)


def _name_of(query: Query, narrowing: Narrowing) -> str:
    filters = " · ".join(chip.label for chip in chips(query, narrowing, {}))
    return " · ".join(filter(None, (query.text, filters)))[:120] or _("All texts")


def save(user: Any, asked: QueryDict) -> SavedSearch | None:
    """Keep the search that `asked` describes as an address does; None when it asks nothing.

    The same search is kept once.
    """
    query, narrowing = parse(asked.get("q", "")), narrow_by(asked)
    if not query.asks and narrowing.is_open:
        return None
    parameters = urlencode(sorted(narrowing.parameters()))
    if len(parameters) > 1000:
        return None
    digest = hashlib.sha256(f"{query.text}\0{parameters}".encode("utf-8", "replace")).hexdigest()
    with transaction.atomic():
        if not mine(user).filter(digest=digest).exists() and mine(user).count() >= MOST:
            raise TooManyError
        saved, _made = SavedSearch.objects.get_or_create(
            user=user,
            digest=digest,
            defaults={"name": _name_of(query, narrowing), "text": query.text, "parameters": parameters},
        )
        if saved.deleted_at:
            restore(saved)
    return saved


def rename(saved: SavedSearch, name: str) -> bool:
    """Give it another name; whether that is one."""
    saved.name = " ".join(name.split())[:120]
    if saved.name:
        saved.save(update_fields=["name"])
    return bool(saved.name)


def tell_by_mail(saved: SavedSearch, *, daily: bool) -> None:
    """Tell its person daily of what is new or changed from now on, or no longer."""
    saved.by_mail, saved.told_on, saved.seen = daily, None, b""
    if daily:
        try:
            saved.seen = SavedSearch.packed(fresh.noted(fresh.objects_of(saved, saved.user)))
            saved.told_on = timezone.localdate()
        except EngineDown:  # then the first run begins it, and tells of nothing
            logger.info("saved search %s begins with the next run", saved.pk)
    saved.save(update_fields=["by_mail", "told_on", "seen"])


def delete(saved: SavedSearch) -> None:
    """Put it away: no e-mail and no feed from now on; for a day it can be taken back."""
    saved.deleted_at = timezone.now()
    saved.save(update_fields=["deleted_at"])


def restore(saved: SavedSearch) -> None:
    """Take a deleted one back."""
    saved.deleted_at = None
    saved.save(update_fields=["deleted_at"])


def purge() -> None:
    """Remove those deleted a day ago; the clock calls it."""
    SavedSearch.objects.filter(deleted_at__lt=timezone.now() - SECOND_THOUGHTS).delete()


def digest_of(secret: str) -> str:
    """What is kept of a feed's secret. It is long and random, so that a quick hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def open_feed(saved: SavedSearch) -> str:
    """Give it a feed with a new secret in its address, which is shown once; one from before ends."""
    secret = secrets.token_urlsafe(32)
    saved.feed_digest = digest_of(secret)
    saved.save(update_fields=["feed_digest"])
    record(saved.user, "saved_search.feed_opened", saved)
    return secret


@transaction.atomic
def close_feed(saved: SavedSearch) -> None:
    """End its feed."""
    if saved.feed_digest:
        saved.feed_digest = None
        saved.save(update_fields=["feed_digest"])
        record(saved.user, "saved_search.feed_closed", saved)


def of_feed(secret: str) -> SavedSearch | None:
    """The saved search of a feed's secret, while its person's account is open."""
    digest = digest_of(secret)
    saved = (
        SavedSearch.objects.select_related("user")
        .filter(feed_digest=digest, deleted_at=None, user__is_active=True)
        .first()
    )
    if saved is None or not hmac.compare_digest(saved.feed_digest or "", digest):
        return None
    return saved
