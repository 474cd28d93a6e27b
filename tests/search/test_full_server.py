"""An Elasticsearch that is full, or takes nothing: what is written waits, nothing is lost, readers go on."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse

from intranet.access.queries import audiences_of
from intranet.outbox.actions import drain
from intranet.outbox.models import Row
from search import engines
from search.engines import elasticsearch
from search.engines.base import Request
from search.query import parse
from tests.search.test_faults import _at_once, _publish, _uids

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Wait for hundredths of a second where the site waits for half ones."""
    monkeypatch.setattr(elasticsearch, "FULL_WAIT", 0.02)


def _rejected(engine):
    nodes = engine.client.nodes.stats(metric="thread_pool").body["nodes"]
    return sum(node["thread_pool"]["write"]["rejected"] for node in nodes.values())


def test_full_server_refuses_and_all_is_written_in_the_end(add, index):
    add.held = True
    for number in range(60):
        add(f"خبر {number}", "ققنوس بر بام شهر " * 40, uid=f"page:{number + 1}")
    waiting = list(add.waiting.items())
    index.replace(dict(waiting[:1]))  # there is an index to write to
    before = _rejected(index)

    def write(part):
        index.bulk(
            index.alias,
            [index.action(index.alias, entry) for _, group in part for entry in group],
            refresh=False,
            tries=12,
        )

    rounds = 0
    while _rejected(index) == before:
        rounds += 1
        assert rounds < 50, "the server was never full"
        with ThreadPoolExecutor(24) as writers:
            list(writers.map(write, [waiting] * 24))
    index.client.indices.refresh(index=index.alias)
    assert len(list(index.contents())) == len(waiting)
    answer = index.search(Request(parse("ققنوس"), audiences_of(None), limit=100))
    assert len(answer.found) == len(waiting)


@pytest.mark.parametrize("block", ["write", "read_only_allow_delete"], ids=["refuses", "says it is full"])
def test_server_that_takes_nothing_readers_go_on_and_all_catches_up(site, index, client, block):
    before = _publish("خبر ققنوس")
    drain("search")
    engine = engines.current()
    engine.client.indices.put_settings(index=engine.alias, settings={f"index.blocks.{block}": True})
    after = _publish("خبر سیمرغ")
    assert drain("search") == 0
    row = Row.objects.filter(consumer="search", key=f"page:{after.pk}").get()
    assert row.error
    assert _uids("ققنوس") == [f"page:{before.pk}"]
    assert client.get(reverse("search"), {"q": "ققنوس"}).status_code == 200
    engine.client.indices.put_settings(index=engine.alias, settings={f"index.blocks.{block}": None})
    _at_once()
    drain("search")
    assert not Row.objects.filter(consumer="search").exists()
    assert _uids("سیمرغ") == [f"page:{after.pk}"]
