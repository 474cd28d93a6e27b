"""Noting what was not found, without a name and without slowing the search.

A search adds a line to a file and is done; the clock brings the lines into the database. So a search waits for no
lock and needs no database that can be written. Whatever looks like somebody's own data is not written at all.
"""

import hashlib
import hmac
import json
import logging
import os
import re
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from intranet.ui.numerals import to_ascii
from search.analysis import key
from search.models import MissedQuestion

logger = logging.getLogger(__name__)

LONGEST = 100  # what is longer was pasted rather than asked
LARGEST_FILE = 4_000_000
KEPT = timedelta(days=180)
#: A question that was asked on one day only is forgotten sooner.
KEPT_ALONE = timedelta(days=30)

#: Eight digits or more that belong together: national numbers, telephones, cards, accounts. Registry numbers have
#: slashes between short numbers.
_LONG_NUMBER = re.compile(r"(?:\d[\s\u200c.\-_()+]{0,2}){8,}")


@dataclass(frozen=True, slots=True)
class Miss:
    """One line of the file."""

    day: date
    typed: str
    weaker: int


def is_private(text: str) -> bool:
    """Whether a text looks like somebody's own data: a long number, an e-mail address, an account."""
    return "@" in text or _LONG_NUMBER.search(to_ascii(text)) is not None


def _file() -> Path:
    return Path(settings.SEARCH_SPOOL_DIR) / "missed.jsonl"


def note(text: str, weaker: int = 0) -> None:
    """Note that `text` found nothing, but `weaker` texts with some of its words. Never fails."""
    typed = " ".join(text.split())
    if not typed or len(typed) > LONGEST or is_private(typed):
        return
    line = json.dumps([timezone.localdate().isoformat(), typed, weaker], ensure_ascii=False) + "\n"
    try:
        path = _file()
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.fstat(handle).st_size < LARGEST_FILE:
                os.write(
                    handle, line.encode("utf-8", "replace")
                )  # one write: lines of several processes stay whole
        finally:
            os.close(handle)
    except OSError as error:
        logger.warning("a question without an answer was not noted: %s", error)


def note_of(found: Any) -> None:
    """Note a search (`queries.Results`) that asked something and found nothing, though no filter was chosen."""
    if found.query.asks and not found.total and found.narrowing.is_open:
        note(found.query.text, found.weaker_total)


def _read(path: Path) -> Iterator[Miss]:
    for line in path.read_text("utf-8", "replace").splitlines():
        try:
            day, typed, weaker = json.loads(line)
            yield Miss(date.fromisoformat(day), str(typed), int(weaker))
        except (ValueError, TypeError):
            continue  # the end of a line that a full disk cut off


def _digest(folded: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), folded.encode(), hashlib.sha256).hexdigest()


def gather() -> None:
    """Bring the lines into the database; the clock calls it. A killed run is done again by the next."""
    current = _file()
    # What was set aside by a run before this one: nobody writes to it any more.
    for path in sorted(current.parent.glob("missed.*.taken")):
        count(_read(path))
        path.unlink()
    if current.exists():
        current.rename(current.with_name(f"missed.{uuid.uuid4().hex}.taken"))


@transaction.atomic
def count(misses: Iterable[Miss]) -> None:
    """Add to the counts. What was typed is written down only once it came on a second day."""
    together: dict[str, list[Miss]] = defaultdict(list)
    for miss in misses:
        if folded := key(miss.typed)[:200]:
            together[folded].append(miss)
    for folded, group in together.items():
        row, _ = MissedQuestion.objects.select_for_update().get_or_create(
            digest=_digest(folded), defaults={"last_day": group[0].day}
        )
        for miss in group:
            day = miss.day.isoformat()
            row.by_day[day] = row.by_day.get(day, 0) + 1
            row.last_day = max(row.last_day, miss.day)
        row.count, row.days = sum(row.by_day.values()), len(row.by_day)
        if row.days > 1:
            row.key, row.typed = folded, group[-1].typed
            row.weaker = group[-1].weaker
        row.save()


def forget() -> None:
    """Remove what is old; the clock calls it."""
    today = timezone.localdate()
    MissedQuestion.objects.filter(last_day__lt=today - KEPT).delete()
    MissedQuestion.objects.filter(days__lt=2, last_day__lt=today - KEPT_ALONE).delete()
    first = (today - KEPT).isoformat()
    for row in MissedQuestion.objects.filter(count__gt=0).iterator():
        kept = {day: number for day, number in row.by_day.items() if day >= first}
        if len(kept) < len(row.by_day):
            row.by_day, row.count, row.days = kept, sum(kept.values()), len(kept)
            row.save(update_fields=["by_day", "count", "days"])
