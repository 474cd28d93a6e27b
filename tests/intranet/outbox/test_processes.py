"""Workers as they really run: processes of their own on the same database."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intranet.notifications.actions import notify
from intranet.notifications.models import Notice
from intranet.outbox.models import Row
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waiting(settings, tmp_path):
    """Twenty notices that wait for their e-mail, with the text of their template in a folder of the test's own."""
    folder = tmp_path / "templates" / "notifications"
    folder.mkdir(parents=True)
    (folder / "greeting.subject.txt").write_text("سلام", encoding="utf-8")
    (folder / "greeting.body.txt").write_text("سلام {{ recipient }}", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path / "templates"]}]
    users = [make_user("editor") for _ in range(20)]
    return notify(users, "greeting", {})


def manage(environment, *arguments):
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_drain_two_workers_at_once_send_each_notice_once(waiting, process_environment, tmp_path):
    mail = tmp_path / "mail"
    environment = {**process_environment, "TEST_MAIL_DIR": str(mail)}
    workers = [manage(environment, "worker", "--once") for _ in range(2)]
    results = [worker.communicate(timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], results
    assert sum(int(out) for out, _ in results) == len(waiting)
    assert not Row.objects.exists()
    assert not Notice.objects.filter(sent_at=None).exists()
    sent = sum(file.read_text(encoding="utf-8").count("\nSubject: ") for file in mail.glob("*"))
    assert sent == len(waiting)


def listens_to_sigterm(process):
    """Whether the process has put a handler of its own in place."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = int(re.search(r"^SigCgt:\s*(\w+)", status, re.MULTILINE)[1], 16)
    return bool(caught & (1 << (signal.SIGTERM - 1)))


@pytest.mark.parametrize("command", ["worker", "clock"])
def test_loop_ends_when_asked(command, process_environment):
    process = manage(process_environment, command)
    try:
        deadline = time.monotonic() + 90
        while not listens_to_sigterm(process):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.communicate()
