"""The demonstration is built once for all the tests that look at it; each test's changes are undone."""

import pytest
from django.core.management import call_command
from django.db import transaction

PASSWORD = "a password of the test"


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, tmp_path_factory):
    """The whole demonstration, in a transaction that is rolled back when the module ends."""
    from intranet.demonstration.actions import build

    with django_db_blocker.unblock(), transaction.atomic():
        call_command("install", verbosity=0)
        result = build(PASSWORD, lambda text: None)
        yield result
        transaction.set_rollback(True)
