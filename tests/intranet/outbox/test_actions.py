import itertools
import logging
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from intranet.outbox import actions
from intranet.outbox.actions import drain, publish, publish_many, run_due_jobs, settle
from intranet.outbox.models import ClockRun, Row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _expected_failures_are_not_printed(caplog):
    caplog.set_level(logging.CRITICAL, logger="intranet.outbox.actions")


def later(**delta):
    """Let time pass, for the rows."""
    Row.objects.update(available_at=timezone.now() - timedelta(seconds=1), **delta)


def test_publish_leaves_a_row_for_each_consumer_of_the_topic(consumers):
    consumers("content.changed", "search", lambda rows: None)
    consumers("content.changed", "mirror", lambda rows: None)
    consumers("notice.queued", "mail", lambda rows: None)
    publish("content.changed", "page:1", {"why": "published"})
    assert sorted(Row.objects.values_list("consumer", "key")) == [("mirror", "page:1"), ("search", "page:1")]


def test_publish_rolled_back_leaves_nothing(consumers):
    consumers("content.changed", "search", lambda rows: None)

    with transaction.atomic():
        publish("content.changed", "page:1")
        transaction.set_rollback(True)
    assert not Row.objects.exists()


def test_drain_hands_over_in_order_and_in_batches(consumers):
    seen = []
    consumers("t", "c", lambda rows: seen.append([row.key for row in rows]), batch=2)
    publish_many("t", ["1", "2", "3"])
    assert drain() == 3
    assert seen == [["1", "2"], ["3"]]
    assert not Row.objects.exists()


def test_drain_one_consumer_leaves_the_others(consumers):
    consumers("t", "a", lambda rows: None)
    consumers("t", "b", lambda rows: None)
    publish("t", "1")
    assert drain("a") == 1
    assert list(Row.objects.values_list("consumer", flat=True)) == ["b"]


def test_drain_failing_handler_keeps_the_row_with_its_error(consumers):
    def fail(rows):
        raise OSError("the mail server is away")

    consumers("t", "c", fail)
    publish("t", "1")
    assert drain() == 0
    row = Row.objects.get()
    assert row.error == "OSError: the mail server is away"
    assert row.attempts == 1
    assert row.claimed_until is None
    assert row.available_at > timezone.now()


def test_drain_waits_twice_as_long_after_each_failure_and_an_hour_at_most(consumers):
    def fail(rows):
        raise OSError

    consumers("t", "c", fail)
    publish("t", "1")
    waits = []
    for _ in range(16):
        drain()
        waits.append((Row.objects.get().available_at - timezone.now()).total_seconds())
        later()
    assert waits[0] == pytest.approx(4, abs=3)
    assert all(after > before for before, after in itertools.pairwise(waits[:9]))
    assert waits[-1] == pytest.approx(3600, abs=5)


def test_drain_one_failing_row_does_not_hold_its_batch(consumers):
    done = []

    def handler(rows):
        if any(row.key == "bad" for row in rows):
            raise ValueError("bad")
        done.extend(row.key for row in rows)

    consumers("t", "c", handler)
    publish_many("t", ["1", "bad", "2"])
    assert drain() == 2
    assert done == ["1", "2"]
    assert list(Row.objects.values_list("key", flat=True)) == ["bad"]


def test_drain_after_a_crash_between_work_and_removal_gives_the_row_again(consumers, monkeypatch):
    """The worker dies with the work done and the row still there: the handler gets the row a second time."""
    done = []
    consumers("t", "c", lambda rows: done.extend(row.key for row in rows))
    publish("t", "1")

    class Killed(BaseException):
        pass

    def die(rows):
        done.extend(row.key for row in rows)
        raise Killed

    monkeypatch.setitem(actions.consumers, "c", actions.Consumer("c", "t", die, 10))
    with pytest.raises(Killed):
        drain()
    monkeypatch.undo()
    row = Row.objects.get()
    assert row.claimed_until > timezone.now()


def test_drain_passes_over_what_another_worker_holds_until_its_claim_ends(consumers):
    done = []
    consumers("t", "c", lambda rows: done.extend(row.key for row in rows))
    publish("t", "1")
    Row.objects.update(claimed_until=timezone.now() + actions.CLAIM)
    assert drain() == 0
    Row.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert drain() == 1
    assert done == ["1"]


def test_run_due_jobs_once_a_period(jobs):
    ran = []
    jobs(timedelta(hours=1), "hourly", lambda: ran.append(1))
    assert run_due_jobs() == ["hourly"]
    assert run_due_jobs() == []
    ClockRun.objects.update(began_at=timezone.now() - timedelta(hours=2))
    assert run_due_jobs() == ["hourly"]
    assert len(ran) == 2


def test_run_due_jobs_a_failing_job_does_not_hold_the_others(jobs):
    def fail():
        raise ValueError

    jobs(timedelta(hours=1), "failing", fail)
    jobs(timedelta(hours=1), "sound", lambda: None)
    assert run_due_jobs() == ["sound"]


def test_rows_and_runs_name_themselves(consumers):
    consumers("t", "c", lambda rows: None)
    publish("t", "page:1")
    assert str(Row.objects.get()) == "c ← t page:1"
    assert str(ClockRun(name="daily", began_at=timezone.now())).startswith("daily 2")


def test_settle_waits_for_what_another_worker_has_in_hand(consumers):
    consumers("t", "c", lambda rows: None)
    publish("t", "1")
    assert settle("t", patience=0)
    publish("t", "2")
    Row.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert not settle("t", patience=0.1)
    assert settle("another topic", patience=0)
