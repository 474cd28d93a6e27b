"""Fixtures of the whole suite: the database, the installed site, and one signed-in person a role."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, TransactionTestCase

from tests import factories, network
from tests.database import ROOT, template


def pytest_configure(config):
    """Close the network before anything is imported by a test."""
    network.refuse()


def pytest_unconfigure(config):
    """Open the network again."""
    network.allow()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leave out what needs a server or texts that this run was not given (CI gives the servers).

    The browser comes last: while it is open Django takes its process for an asynchronous one.
    """
    given = {
        "postgresql": settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
        "beside": (ROOT.parent / "shared").is_dir(),
        "elasticsearch": bool(settings.SEARCH_URL),
        "verapdf": bool(os.environ.get("VERAPDF")),
    }
    left_out = [item for item in items if any(item.get_closest_marker(m) and not given[m] for m in given)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    kept = [item for item in items if item not in left_out]
    items[:] = sorted(kept, key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """The test database: a copy of a template that was migrated and installed once."""
    with django_db_blocker.unblock():
        database = template()
        database.prepare()

        def make_anew(self):
            database.reset()

        # A flush would also remove what migrations made: groups, roles, the page tree's root.
        flush = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = make_anew
        yield
        TransactionTestCase._fixture_teardown = flush
        database.end()


@pytest.fixture(autouse=True)
def _quiet_caches():
    """What one test left in a cache is not seen by the next."""
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import caches

    yield
    for cache in caches.all():
        cache.clear()
    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def _one_window(monkeypatch):
    """What is counted in a test is counted in one window: a test that passes the end of a minute is not let off."""
    from intranet.accounts import limits

    monkeypatch.setattr(limits, "now", lambda: 1_000_020.0)


@pytest.fixture
def process_environment(transactional_db):
    """The environment with which a process of its own sees this test's database: `manage.py …` in a subprocess."""
    from django.db import connection

    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "intranet.settings.test"}
    if connection.vendor == "postgresql":
        facts = connection.settings_dict
        secret = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
        environment["DATABASE_URL"] = (
            f"postgres://{facts['USER']}{secret}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
        )
    return environment


@pytest.fixture
def media(settings, tmp_path):
    """A media folder of the test's own: its path."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def site(db):
    """The installed skeleton: its front page. Sections are `site.get_children()`."""
    return factories.home()


@pytest.fixture
def make_user(db):
    """A function of role codes that makes an active user who holds them."""
    return factories.make_user


@pytest.fixture
def client_of(client, make_user):
    """A function of a user (or of role codes) that gives the test client, signed in."""

    def sign_in(*who):
        user = who[0] if hasattr(who[0], "pk") else make_user(*who)
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def client_factory():
    """A function that gives another browser, signed in as nobody."""
    return Client
