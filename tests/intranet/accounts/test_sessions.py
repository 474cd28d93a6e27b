"""The session of every request is asked of the database."""

import datetime

import pytest
from django.utils import timezone

from intranet.accounts.models import Session
from intranet.accounts.sessions import SessionStore
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    store = SessionStore()
    store["who"] = "she"
    store.create()
    return store


def test_load_gives_what_was_stored(session):
    assert SessionStore(session.session_key)["who"] == "she"


def test_load_of_an_ended_session_gives_nothing(session):
    Session.objects.update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    ended = SessionStore(session.session_key)
    assert "who" not in ended
    assert ended.session_key is None


def test_session_deleted_elsewhere_counts_at_the_next_request(client, site):
    client.force_login(factories.make_user("editor"))
    assert client.get("/desk/").status_code == 200
    Session.objects.all().delete()
    assert client.get("/desk/").status_code == 302


def test_account_closed_or_changed_counts_at_the_next_request(client, site):
    user = factories.make_user("editor")
    client.force_login(user)
    assert client.get("/desk/").status_code == 200
    user.set_password("another long password")
    user.save()
    assert client.get("/desk/").status_code == 302
    client.force_login(user)
    user.is_active = False
    user.save()
    assert client.get("/desk/").status_code == 302
