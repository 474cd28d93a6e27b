"""Writing rows, draining them, and running what is due."""

import logging
import time
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from intranet.outbox.locks import alone
from intranet.outbox.models import ClockRun, Row
from intranet.outbox.registry import ClockJob, Consumer, Unavailable, clock_jobs, consumers

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=1)
PATIENCE = timedelta(seconds=5)


def publish(topic: str, key: str, payload: Mapping[str, Any] | None = None) -> None:
    """Leave a row for each consumer of `topic`, in the caller's transaction."""
    now = timezone.now()
    Row.objects.bulk_create(
        Row(consumer=c.name, topic=topic, key=key, payload=dict(payload or {}), available_at=now)
        for c in consumers.values()
        if c.topic == topic
    )


def publish_many(topic: str, keys: list[str]) -> None:
    """Leave a row for each consumer of `topic` and each of `keys`, in the caller's transaction."""
    now = timezone.now()
    Row.objects.bulk_create(
        (
            Row(consumer=c.name, topic=topic, key=key, available_at=now)
            for c in consumers.values()
            if c.topic == topic
            for key in keys
        ),
        batch_size=1000,
    )


def _claim(consumer: Consumer) -> list[Row]:
    now = timezone.now()
    with transaction.atomic():
        waiting = Row.objects.filter(consumer=consumer.name, available_at__lte=now).order_by("id")
        if not consumer.alone:  # else whoever claimed a row and left it is dead
            waiting = waiting.filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        rows = list(waiting[: consumer.batch])
        Row.objects.filter(pk__in=[row.pk for row in rows]).update(
            claimed_until=now + CLAIM, attempts=F("attempts") + 1
        )
    return rows


def _put_back(rows: list[Row], error: Exception) -> None:
    """Let the rows wait twice as long as the last time, and keep the error where an administrator sees it."""
    if isinstance(error, Unavailable):
        Row.objects.filter(pk__in=[row.pk for row in rows]).update(
            available_at=timezone.now() + PATIENCE, claimed_until=None, error=str(error)[:2000]
        )
        return
    for row in rows:
        wait = min(timedelta(seconds=2 ** min(row.attempts + 1, 12)), LONGEST_WAIT)
        Row.objects.filter(pk=row.pk).update(
            available_at=timezone.now() + wait,
            claimed_until=None,
            error=f"{type(error).__name__}: {error}"[:2000],
        )


def drain(consumer_name: str | None = None) -> int:
    """Hand waiting rows to their consumers until none is left that is due; return how many were done."""
    done = 0
    busy = True
    while busy:
        busy = False
        # A batch each, in turn: search does not wait until every PDF is made.
        for consumer in list(consumers.values()):
            if consumer_name not in (None, consumer.name):
                continue
            with alone(f"outbox-{consumer.name}") if consumer.alone else nullcontext(True) as turn:
                rows = _claim(consumer) if turn else []
                if rows:
                    busy = True
                    done += _hand_over(consumer, rows)
    return done


def _hand_over(consumer: Consumer, rows: list[Row]) -> int:
    """Let a consumer do its rows; return how many it did."""
    try:
        consumer.handler(rows)
    except Unavailable as error:
        logger.warning("consumer %s leaves %d rows for later: %s", consumer.name, len(rows), error)
        _put_back(rows, error)
        return 0
    except Exception as error:
        logger.exception("consumer %s failed on %d rows", consumer.name, len(rows))
        if len(rows) > 1:
            return _one_by_one(consumer, rows)
        _put_back(rows, error)
        return 0
    Row.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def settle(topic: str, patience: float = 15.0) -> bool:
    """Drain until nothing of `topic` waits, also what another worker has in hand; whether that came about.

    For commands after which people expect the consequences (a search that finds what was imported).
    """
    until = time.monotonic() + patience
    while True:
        drain()
        if not Row.objects.filter(topic=topic).exists():
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.3)


def _one_by_one(consumer: Consumer, rows: list[Row]) -> int:
    """Find the rows that fail in a failing batch, so that the others do not wait for them."""
    done = 0
    for row in rows:
        try:
            consumer.handler([row])
        except Exception as error:  # noqa: BLE001 - whatever a handler raises, the row must survive it
            _put_back([row], error)
        else:
            row.delete()
            done += 1
    return done


def _take_turn(job: ClockJob) -> bool:
    """Whether it is this process that runs `job` now; two clocks never run it twice in a period."""
    now = timezone.now()
    with transaction.atomic():
        _, created = ClockRun.objects.get_or_create(name=job.name, defaults={"began_at": now})
        return created or bool(
            ClockRun.objects.filter(name=job.name, began_at__lte=now - job.period).update(began_at=now)
        )


def run_due_jobs() -> list[str]:
    """Run every clock job whose period has passed; return the names of those that ran."""
    ran = []
    for job in list(clock_jobs.values()):
        if not _take_turn(job):
            continue
        try:
            job.run()
        except Exception:
            logger.exception("clock job %s failed", job.name)
        else:
            ran.append(job.name)
    return ran
