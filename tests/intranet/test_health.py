import pytest


@pytest.mark.django_db
def test_healthz_anonymous(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
def test_healthz_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/healthz")


def test_network_is_closed():
    import socket

    from tests.network import NetworkRefusedError

    with socket.socket() as sock, pytest.raises(NetworkRefusedError):
        sock.connect(("192.0.2.1", 80))
