import json
import subprocess
import sys
import threading

import pytest
from django.db import connection, transaction

from intranet.audit.actions import record
from intranet.audit.chain import link_left_over, log, unlinked
from intranet.audit.log import LineHandler
from intranet.audit.models import Event, Link
from intranet.audit.verification import Walk
from tests.database import ROOT
from tests.factories import make_user


def run(environment, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.intranet.audit.writing", *arguments], env=environment, cwd=ROOT
    )


def test_several_processes_make_one_chain(process_environment):
    writers = [run(process_environment, f"writer{n}", "30") for n in range(4)]
    assert [writer.wait(60) for writer in writers] == [0] * 4
    assert Event.objects.filter(verb__startswith="test.writer").count() == 120
    assert not unlinked().exists()
    assert list(Walk().problems()) == []
    positions = list(Link.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))


def test_killed_between_commit_and_link_is_linked_later(process_environment):
    assert run(process_environment, "killed", "6", "die").wait(60) == 7
    left = list(unlinked().filter(verb="test.killed"))
    assert len(left) == 2
    assert link_left_over() == 2
    assert list(Walk().problems()) == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_long_transaction_keeps_nobody_from_the_chain():
    """While one transaction with an event in it is open, another's event joins the chain."""
    done = []

    def other():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")
            done.append(record(None, "test.quick").pk)
        finally:
            connection.close()

    with transaction.atomic():
        slow = record(None, "test.slow")
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(10)
        assert Link.objects.filter(event_number__in=done).count() == 1
        assert not Link.objects.filter(event_number=slow.pk).exists()
    assert Link.objects.get(event_number=slow.pk).position > Link.objects.get(event_number=done[0]).position
    assert list(Walk().problems()) == []


@pytest.mark.django_db(transaction=True)
def test_savepoint_rolled_back_leaves_no_gap():
    with transaction.atomic():
        record(None, "test.kept")
        try:
            with transaction.atomic():
                record(None, "test.lost")
                raise ValueError
        except ValueError:
            pass
    assert Event.objects.filter(verb__startswith="test.").count() == 1
    assert list(Walk().problems()) == []


def test_each_event_is_a_line_of_json_without_personal_values(db, linked, tmp_path):
    handler = next(handler for handler in log.handlers if isinstance(handler, LineHandler))
    path, handler.path = handler.path, str(tmp_path / "lines.jsonl")
    user = make_user("editor")
    try:
        event = linked(lambda: record(user, "page.edited", user, email="negar@example.org"))
    finally:
        handler.path = path
    line = (tmp_path / "lines.jsonl").read_text().splitlines()[-1]
    said = json.loads(line)
    assert (said["event"], said["actor"], said["act"]) == (event.pk, user.pk, "page.edited")
    assert user.get_username() not in line
    assert "negar" not in line
