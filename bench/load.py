"""Asking a page again and again over eight connections, with `wrk`."""

import re
import subprocess

CONNECTIONS = 8


def _wrk(url, seconds, cookie):
    header = ["--header", f"Cookie: {cookie}"] if cookie else []
    command = ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds}s"]
    return subprocess.run(
        [*command, "--timeout", "10s", "--latency", *header, url],
        capture_output=True,
        text=True,
        check=True,
        timeout=seconds + 60,
    ).stdout


def requests_per_second(url, *, seconds, cookie=""):
    """Requests a second and the 99th percentile of latency, after a second of warming up; errors end the run."""
    _wrk(url, 1, cookie)
    said = _wrk(url, seconds, cookie)
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{url} did not answer well:\n{said}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
    return rate, re.search(r"99%\s+(\S+)", said)[1]
