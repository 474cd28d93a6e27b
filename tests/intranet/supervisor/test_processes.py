import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intranet.supervisor import processes
from intranet.supervisor.processes import Child, Supervisor


def python(code):
    return [sys.executable, "-c", code]


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_for(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.05)


@pytest.fixture
def handlers():
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_run_stops_every_child_and_what_it_started(handlers, tmp_path):
    grandchild = tmp_path / "grandchild"
    family = Child(
        "a parent",
        python(
            "import subprocess, sys, time, pathlib;"
            "p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
            f"pathlib.Path({str(grandchild)!r}).write_text(str(p.pid)); time.sleep(60)"
        ),
    )
    supervisor = Supervisor([family], pause=0.02)
    seen = []

    def ready():
        if grandchild.exists() and grandchild.read_text():
            seen.append(family.process.pid)
            supervisor.request_stop()
            return True
        return False

    announced = []
    assert supervisor.run(ready, lambda: announced.append(1)) == 0
    assert announced == [1]
    pids = [*seen, int(grandchild.read_text())]
    wait_for(lambda: not any(alive(pid) for pid in pids))


def test_run_starts_a_dead_child_again(handlers, tmp_path):
    child = Child("sleeper", python("import time; time.sleep(60)"))
    supervisor = Supervisor([child], pause=0.02)
    pids = []

    def ready():
        if child.process is not None and child.process.pid not in pids:
            pids.append(child.process.pid)
            if len(pids) == 1:
                os.kill(child.process.pid, signal.SIGKILL)
            else:
                supervisor.request_stop()
        return False

    assert supervisor.run(ready, lambda: None) == 0
    assert len(pids) == 2


def test_run_gives_up_on_a_child_that_never_starts(handlers, capsys, monkeypatch):
    monkeypatch.setattr(processes, "PATIENCE", 2)
    supervisor = Supervisor([Child("the web server", python("import sys; sys.exit(3)"))], pause=0.02)
    assert supervisor.run(lambda: False, lambda: None) == 1
    said = capsys.readouterr().out
    assert "the web server ended with code 3; starting it again" in said
    assert "right after its start" in said


def test_stop_ends_a_child_that_does_not_listen(handlers, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(processes, "GRACE", 0.3)
    deaf = tmp_path / "deaf"
    child = Child(
        "the deaf one",
        python(
            "import signal, time, pathlib; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
            f"pathlib.Path({str(deaf)!r}).touch(); time.sleep(60)"
        ),
    )
    supervisor = Supervisor([child], pause=0.02)

    def ready():
        if deaf.exists():
            supervisor.request_stop()
        return False

    assert supervisor.run(ready, lambda: None) == 0
    assert "did not end when asked" in capsys.readouterr().out


def test_children_end_with_a_supervisor_that_is_killed(tmp_path):
    pid_file = tmp_path / "pid"
    sleeper = f"import os, time, pathlib; pathlib.Path({str(pid_file)!r}).write_text(str(os.getpid())); time.sleep(60)"
    code = (
        "from intranet.supervisor.processes import Child, Supervisor;"
        f"Supervisor([Child('c', {python(sleeper)!r})]).run(lambda: False, lambda: None)"
    )
    supervisor = subprocess.Popen(python(code))
    try:
        wait_for(lambda: pid_file.exists() and pid_file.read_text())
    finally:
        supervisor.kill()
        supervisor.wait()
    wait_for(lambda: not alive(int(pid_file.read_text())))


def test_run_starts_what_comes_later_once_it_is_ready(handlers, tmp_path):
    first = Child("first", python("import time; time.sleep(60)"))
    second = Child("second", python("import time; time.sleep(60)"), later=True)
    supervisor = Supervisor([first, second], pause=0.02)
    seen = []

    def ready():
        seen.append((first.process is not None, second.process is not None))
        return len(seen) == 3

    def announce():
        seen.append(second.process is not None)
        supervisor.request_stop()

    assert supervisor.run(ready, announce) == 0
    assert seen == [(True, False)] * 3 + [True]
    assert second.process is None
