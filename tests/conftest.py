"""Fixtures of the whole suite: the installed site, and one signed-in person a role."""

import pytest
from django.core.management import call_command

from intranet.access.models import Audience
from tests import factories


@pytest.fixture
def site(db):
    """The installed skeleton: its front page. Sections are `site.get_children()`."""
    call_command("install", verbosity=0)
    assert Audience.objects.exists()
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
