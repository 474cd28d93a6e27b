"""A record with a few events in it, and hands that reach past the application."""

import pytest
from django.db import connection

from intranet.audit.actions import record
from intranet.audit.heads import kept
from intranet.audit.verification import Walk
from tests.factories import make_organization, make_user


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Heads, key and log of the test's own."""
    settings.DATA_DIR = tmp_path
    settings.AUDIT_HEADS_FILE = str(tmp_path / "audit" / "heads.jsonl")


@pytest.fixture
def linked(django_capture_on_commit_callbacks):
    """A function that does something and lets what it recorded join the chain."""

    def do(act):
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return do


@pytest.fixture
def events(db, linked):
    """Four events after whatever was there."""
    actor, organization = make_user("editor"), make_organization()
    return linked(lambda: [record(actor, "organization.changed", organization, field=n) for n in range(4)])


@pytest.fixture
def by_hand(db):
    """A function that runs SQL as somebody with the database in hand would: with the triggers taken away."""

    def run(sql, *arguments):
        with connection.cursor() as cursor:
            for table in ("audit_event", "audit_link"):
                for act in ("update", "delete"):
                    on = f" ON {table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}{on}")
            cursor.execute(sql, arguments)

    return run


@pytest.fixture
def findings():
    """A function: what the check says of the chain, less what it says of triggers."""

    def check():
        return [
            (found.event, found.reason)
            for found in Walk(list(kept())).problems()
            if "can be changed" not in found.reason
        ]

    return check
