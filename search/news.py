"""The daily e-mail: what is new in a person's saved searches, and what was changed since he was told of it.

A run looks at each person who was not told today. What a search found is noted and the message is queued in one
transaction, and only while nobody else noted it: a run that dies, or two at once, tell nobody twice and leave nobody
out for longer than until the next run.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intranet.accounts.models import User
from intranet.notifications.actions import notify
from search import fresh
from search.engines.base import EngineDown
from search.hits import Hit
from search.models import SavedSearch

logger = logging.getLogger(__name__)

MORNING = time(6)
SHOWN = 8
#: Numbers kept of what a person was told of; of a search that finds more, what is found now.
REMEMBERED = 50_000


@dataclass(frozen=True, slots=True)
class News:
    """What is new in one saved search, and what was changed: the numbers of texts, and the best of them."""

    saved: SavedSearch
    count: int
    hits: list[Hit]
    changes: int
    changed: list[Hit]

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.count + self.changes - len(self.hits) - len(self.changed)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a search finds now beside what its person was told of, as numbers, and what is told of it."""

    saved: SavedSearch
    known: frozenset[int]
    news: News


def _look(saved: SavedSearch, user: User) -> _Look:
    now, seen = fresh.objects_of(saved, user), saved.get_seen()
    new: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()
    versions = fresh.versions_of(now)
    if saved.told_on:  # a search whose beginning was not noted tells of nothing yet
        new = now - seen
        if fresh.NOTED in seen:
            changed = frozenset(number for number in versions.keys() & seen if versions[number] not in seen)
    held = now | frozenset(versions.values()) | {fresh.NOTED}
    known = held | seen
    hits = fresh.hits_of(saved, user, new, SHOWN) if new else []
    rewritten = fresh.hits_of(saved, user, changed, SHOWN) if changed else []
    told = News(saved, max(len(new), len(hits)), hits, max(len(changed), len(rewritten)), rewritten)
    return _Look(saved, known if len(known) <= REMEMBERED else held, told)


def _due(today: date) -> Any:
    return SavedSearch.objects.filter(by_mail=True, deleted_at=None, user__is_active=True).filter(
        Q(told_on=None) | Q(told_on__lt=today)
    )


def tell_due(now: datetime | None = None) -> None:
    """Tell everybody who was not told today; the clock calls it all day."""
    now = now or timezone.localtime()
    if now.time() < MORNING:
        return
    for pk in list(_due(now.date()).order_by().values_list("user", flat=True).distinct()):
        try:
            tell(pk, now.date())
        except EngineDown:
            logger.warning("saved searches wait: the search engine does not answer")
            return
        except Exception:
            logger.exception("saved searches of user %s could not be told of", pk)


def tell(pk: int, today: date) -> bool:
    """Tell one person of what is new in his saved searches, of what he may read now; whether there was anything."""
    user = User.objects.filter(
        pk=pk, is_active=True
    ).first()  # read anew: what he may see is kept with the object
    if user is None:
        return False
    found = [_look(saved, user) for saved in _due(today).filter(user=user)]
    with transaction.atomic():
        news = []
        for look in found:
            mine = _due(today).filter(pk=look.saved.pk, told_on=look.saved.told_on)
            noted = SavedSearch.objects.filter(pk__in=mine).update(
                told_on=today, seen=SavedSearch.packed(look.known)
            )
            if noted and (look.news.hits or look.news.changed):
                news.append(look.news)
        if news:
            context = {"news": news, "site": settings.SITE_URL}
            notify([user], "saved_searches", context, url="/search/saved/")
    return bool(news)
