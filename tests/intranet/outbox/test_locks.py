"""Being alone among processes: held by one, refused to others, let go by a killed one. On SQLite and PostgreSQL."""

import subprocess
import sys

import pytest

from intranet.outbox.actions import drain, publish
from intranet.outbox.locks import alone
from intranet.outbox.models import Row

pytestmark = pytest.mark.django_db(transaction=True)

HOLD = """
import sys
import django
django.setup()
from django.conf import settings
settings.DATA_DIR = sys.argv[3]
from intranet.outbox.locks import alone
with alone(sys.argv[1], wait=sys.argv[2] == "wait") as got:
    print(got, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def process(process_environment, settings, tmp_path):
    """A function that starts a process that tries to be alone at a name, and keeps it until it is told to end."""
    started = []

    def start(name, way="try"):
        one = subprocess.Popen(
            [sys.executable, "-c", HOLD, name, way, str(tmp_path)],
            env=process_environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(one)
        return one

    settings.DATA_DIR = tmp_path
    yield start
    for one in started:
        one.kill()
        one.communicate()


def test_alone_one_holds_another_is_refused_and_a_killed_one_lets_go(process):
    first = process("lone")
    assert first.stdout.readline() == "True\n"
    with alone("lone") as got, alone("other") as another:
        assert (got, another) == (False, True)
    second = process("lone", "wait")
    first.kill()
    first.wait(timeout=60)
    assert second.stdout.readline() == "True\n"
    with alone("lone") as got:
        assert not got
    second.communicate("\n", timeout=60)
    with alone("lone", wait=True) as got, alone("lone") as again:
        assert (got, again) == (True, True)


def test_drain_of_a_lone_consumer_waits_for_its_turn_and_takes_over_from_a_killed_one(consumers, process):
    done = []
    consumers("t", "lone", lambda rows: done.extend(row.key for row in rows), alone=True)
    publish("t", "a")
    first = process("outbox-lone")
    assert first.stdout.readline() == "True\n"
    assert drain() == 0
    assert Row.objects.count() == 1
    first.kill()
    first.wait(timeout=60)
    with alone("outbox-lone", wait=True):  # PostgreSQL sees the end of a connection in its own time
        assert drain() == 1
    assert done == ["a"]
