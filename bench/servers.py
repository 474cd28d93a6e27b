"""Starting the servers that are measured: the same server, workers and threads for the site and the yardstick."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import time

WORKERS = 2


def free_port():
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(port):
    try:
        connection = http.client.HTTPConnection("localhost", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except OSError:
        return False


@contextlib.contextmanager
def served(application):
    """Run `application` for as long as the block lasts; gives its port."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    options = ["--workers", str(WORKERS), "--blocking-threads", "1", "--no-ws", "--log-level", "warning"]
    server = subprocess.Popen([*command, *options, application], env=os.environ.copy())
    try:
        deadline = time.monotonic() + 60
        while not _answers(port):
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{application} did not start")
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait(30)
