"""`python -m intranet.supervisor`: prepare the site, then run web server, worker and clock until stopped.

`python -m intranet.supervisor prepare [STEP…]` only prepares, doing the named steps again.
"""

import fcntl
import http.client
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from intranet.supervisor.accounts import announcement, password_from
from intranet.supervisor.console import say
from intranet.supervisor.files import ROOT
from intranet.supervisor.processes import Child, Supervisor
from intranet.supervisor.steps import Place, StepFailedError, prepare


def read_dotenv(path: Path) -> dict[str, str]:
    """The settings of a `.env` file: lines of `NAME=value`, as `intranet.settings.base` reads them."""
    found = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, separator, value = line.strip().removeprefix("export ").partition("=")
            if separator and not name.startswith("#"):
                found[name.strip()] = value.strip().strip("\"'")
    return found


def port_is_free(host: str, port: int) -> bool:
    """Whether a server may listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def children_for(host: str, port: int, workers: int) -> list[Child]:
    """The three processes of the site."""
    web = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        # one thread a worker: pages are Python, and more threads only wait for each other
        *("--workers", str(workers), "--blocking-threads", "1", "--no-ws", "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", "intranet.wsgi:application"),
    ]
    manage = [sys.executable, str(ROOT / "manage.py")]
    return [
        Child("the web server", web),
        Child("the worker", [*manage, "worker"], later=True),
        Child("the clock", [*manage, "clock"], later=True),
    ]


def answers(host: str, port: int) -> bool:
    """Whether the site says that it is well."""
    connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=2)  # noqa: S104
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(address: str, password: str) -> None:
    """Say where the site is and who may sign in."""
    say(f"\n  The intranet is running:  {address}\n")
    say(announcement(password))
    say("\n  Ctrl-C stops it.\n")


def run(place: Place, host: str, port: int, workers: int) -> int:
    """Prepare, start, watch, stop; return the exit code."""
    # The lock lives as long as this process and no longer, however it ends.
    with (place.data / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("  ✗ The site is running from this folder already. Stop it first (Ctrl-C where it runs).")
            return 1
        if not port_is_free(host, port):
            say(f"  ✗ Port {port} is taken by another program. Choose another:  PORT={port + 1} make run")
            return 1
        prepare(place)
        say("  • starting the web server, the worker and the clock")
        code = Supervisor(children_for(host, port, workers)).run(
            lambda: answers(host, port), lambda: announce(f"http://localhost:{port}", place.demo_password)
        )
    say("  Stopped.")
    return code


def main(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Read the settings, do what was asked; return the exit code."""
    settings = {**read_dotenv(ROOT / ".env"), **environment}
    port = settings.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        say(f"  ✗ PORT must be a number from 1 to 65535, not “{port}”.")
        return 2
    data = Path(settings.get("DATA_DIR") or ROOT / "var")
    data.mkdir(parents=True, exist_ok=True)
    os.environ.update({"PORT": port, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"})
    os.chdir(ROOT)
    password = password_from(settings.get("DEMO_PASSWORD", ""), data)
    place = Place(data, settings.get("DATABASE_URL", ""), password)
    try:
        if arguments[:1] == ["prepare"]:
            prepare(place, again=arguments[1:])
            return 0
        host = settings.get("HOST") or "127.0.0.1"
        return run(place, host, int(port), int(settings.get("WEB_WORKERS") or 2))
    except StepFailedError as error:
        say(f"\n  ✗ {error}")
        return 1


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:], os.environ))
    except KeyboardInterrupt:
        say("\n  Stopped before the site had started; run it again to go on.")
        sys.exit(130)
