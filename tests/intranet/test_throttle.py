"""Searching and sending files too often is told to wait, over all processes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from intranet.throttle import STEP
from tests.factories import make_user


@pytest.fixture
def rates(settings):
    settings.SEARCH_RATE_ANONYMOUS, settings.SEARCH_RATE_SIGNED_IN, settings.UPLOAD_RATE = 20, 30, 2
    return settings


def signed_in(user):
    """A client whose middleware is new: what another process would be."""
    client = Client()
    client.force_login(user)
    return client


def codes(client, times, path="/search/suggest?q=x"):
    return [client.get(path).status_code for _ in range(times)]


def test_search_too_often_waits(site, rates, client):
    answers = codes(client, 29)
    assert answers == [200] * 29
    refused = client.get("/search/?q=x")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "دوباره تلاش کنید" in refused.content.decode()
    assert client.get("/").status_code == 200


def test_search_counts_over_processes(site, rates):
    user = make_user("editor")
    first, second = signed_in(user), signed_in(user)
    assert codes(first, 2 * STEP) == [200] * (2 * STEP)
    assert 429 in codes(second, 2 * STEP)


def test_search_of_one_does_not_hold_up_another(site, rates):
    one, other = signed_in(make_user("editor")), signed_in(make_user("editor"))
    assert 429 in codes(one, 45)
    assert codes(other, STEP) == [200] * STEP


def test_upload_too_often_waits(site, rates, media):
    client = signed_in(make_user("editor"))
    answers = [
        client.post("/admin/images/add/", {"file": SimpleUploadedFile("a.png", b"x")}).status_code
        for _ in range(3)
    ]
    assert answers == [200, 200, 429]


def test_search_writes_nothing_at_most_requests(site, rates, client):
    client.get("/search/suggest?q=x")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get("/search/suggest?q=x")
    assert not [query for query in asked if "requestcount" in query["sql"]]
