"""The whole product, as `make run` starts it: its own data folder, server and worker processes, and a real browser."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "a password for the demonstration"
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@dataclass(frozen=True)
class Instance:
    """A running site: where it answers, where its data is, and the environment of its processes."""

    url: str
    data: Path
    environment: dict[str, str]

    def manage(self, *arguments):
        """Run a management command on this site; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done.stdout


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url):
    for _ in range(1200):
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise AssertionError(f"{url} does not answer")


@pytest.fixture(scope="session")
def instance(tmp_path_factory):
    """The demonstration site on a port of its own, prepared and started by what `make run` starts."""
    data = tmp_path_factory.mktemp("site")
    port = _free_port()
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SEARCH_URL"}
    }
    environment |= {
        "DJANGO_SETTINGS_MODULE": "intranet.settings.development",
        "DATA_DIR": str(data),
        "DEMO_PASSWORD": PASSWORD,
        "SITE_URL": f"http://localhost:{port}",
        "PORT": str(port),
    }
    site = Instance(f"http://localhost:{port}", data, environment)
    command = [sys.executable, "-m", "intranet.supervisor"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        _wait_for(f"{site.url}/healthz")
        yield site
    finally:
        os.kill(server.pid, signal.SIGTERM)
        server.wait(60)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=BROWSER_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_as(browser, instance):
    """A function of an account's name (None: nobody) that gives a page of a browser signed in as that account."""
    contexts = []

    def sign_in(username=None, viewport=None, **options):
        context = browser.new_context(
            viewport=viewport or DESK, locale="fa-IR", base_url=instance.url, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if username:
            page.goto("/accounts/login/")
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page

    yield sign_in
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shots():
    """The folder of screenshots, for people to look at (`SCREENSHOTS`, otherwise below the data folder)."""
    folder = Path(os.environ.get("SCREENSHOTS", ROOT / "var" / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def shoot(page, shots, name):
    """A picture at desk and at phone width."""
    for label, size in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size(size)
        page.screenshot(path=shots / f"{name}-{label}.png")
    page.set_viewport_size(DESK)
