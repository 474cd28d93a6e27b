"""The daily e-mail: what is new in a person's saved searches, in one message.

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
    """What is new in one saved search: the number of texts, and the best of them."""

    saved: SavedSearch
    count: int
    hits: list[Hit]

    @property
    def others(self) -> int:
        """How many are not named."""
        return self.count - len(self.hits)


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
    found: list[tuple[SavedSearch, frozenset[int], frozenset[int], list[Hit]]] = []
    for saved in _due(today).filter(user=user):
        now, seen = fresh.objects_of(saved, user), saved.get_seen()
        # A search whose beginning was not noted tells of nothing yet.
        new = now - seen if saved.told_on else frozenset()
        hits = fresh.hits_of(saved, user, new, SHOWN) if new else []
        known = now | seen
        found.append((saved, new, known if len(known) <= REMEMBERED else now, hits))
    with transaction.atomic():
        news = []
        for saved, new, known, hits in found:
            mine = _due(today).filter(pk=saved.pk, told_on=saved.told_on)
            noted = SavedSearch.objects.filter(pk__in=mine).update(
                told_on=today, seen=SavedSearch.packed(known)
            )
            if noted and hits:
                news.append(News(saved, max(len(new), len(hits)), hits))
        if news:
            context = {"news": news, "site": settings.SITE_URL}
            notify([user], "saved_searches", context, url="/search/saved/")
    return bool(news)
