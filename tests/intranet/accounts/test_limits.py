"""Counting requests over all processes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection
from django.test import RequestFactory

from intranet.accounts import limits
from intranet.accounts.limits import Rate, address_of, wait_of
from intranet.accounts.models import RequestCount


@pytest.mark.django_db
def test_request_beyond_the_rate_waits_until_the_window_ends(monkeypatch):
    monkeypatch.setattr(limits, "now", lambda: 1_000_020.0)
    assert [wait_of("api", "a", Rate(2)) for _ in range(3)] == [0, 0, 60]
    assert wait_of("api", "b", Rate(2)) == 0
    assert wait_of("feed", "a", Rate(2)) == 0
    monkeypatch.setattr(limits, "now", lambda: 1_000_079.5)
    assert wait_of("api", "a", Rate(2)) == 1
    monkeypatch.setattr(limits, "now", lambda: 1_000_080.0)
    assert wait_of("api", "a", Rate(2)) == 0


@pytest.mark.django_db(transaction=True)
def test_requests_of_several_at_once_are_all_counted():
    """Each thread has a connection of its own, as processes have."""

    def ask(_):
        try:
            return wait_of("api", "a", Rate(10, seconds=86_400))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        waits = list(pool.map(ask, range(24)))
    assert waits.count(0) == 10


@pytest.mark.django_db
def test_request_goes_on_while_the_database_takes_nothing(monkeypatch, caplog):
    def fail(*_):
        raise DatabaseError("read only")

    monkeypatch.setattr(limits.transaction, "atomic", fail)
    assert wait_of("api", "a", Rate(0)) == 0
    assert "not counted" in caplog.text


@pytest.mark.django_db
def test_what_is_kept_names_nobody_and_is_forgotten(monkeypatch):
    wait_of("api", "address:192.0.2.7", Rate(2))
    assert len(RequestCount.objects.get().key) == 64
    limits.forget_old()
    assert RequestCount.objects.count() == 1
    RequestCount.objects.update(window=0)
    limits.forget_old()
    assert RequestCount.objects.count() == 0


@pytest.mark.parametrize(
    ("remote", "forwarded", "header", "address"),
    [
        ("192.0.2.7", "198.51.100.1", "", "192.0.2.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.1", "HTTP_X_FORWARDED_FOR", "198.51.100.1"),
        ("127.0.0.1", "", "HTTP_X_FORWARDED_FOR", "127.0.0.1"),
        ("2001:db8::1:2", "", "", "2001:db8::/64"),
        ("", "", "", ""),
    ],
)
def test_address_is_what_our_own_proxy_says(settings, remote, forwarded, header, address):
    settings.CLIENT_ADDRESS_HEADER = header
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert address_of(request) == address
