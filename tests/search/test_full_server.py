"""An Elasticsearch that is full: less is sent at once, nothing is lost, rows wait, readers go on or are told.

`scripts/elasticsearch.sh` gives its server little memory for what is being written, so that it really answers 429.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from intranet.access.queries import audiences_of
from intranet.outbox.actions import drain
from intranet.outbox.models import Row
from search import engines
from search.engines import elasticsearch_bulk
from search.engines.base import EngineDown, Request
from search.query import parse
from tests.search.test_faults import _at_once, _publish, _uids

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Wait for hundredths of a second where the site waits for half ones."""
    monkeypatch.setattr(elasticsearch_bulk, "WAIT", 0.02)


def _memory(engine):
    """Of what the nodes hold of indexing: the limit in bytes, and how often they refused a request for its sake."""
    nodes = engine.client.nodes.stats(metric="indexing_pressure").body["nodes"].values()
    memories = [node["indexing_pressure"]["memory"] for node in nodes]
    return (
        min(memory["limit_in_bytes"] for memory in memories),
        sum(memory["total"]["coordinating_rejections"] for memory in memories),
    )


def test_full_memory_less_is_sent_at_once_and_all_is_written(add, index, monkeypatch):
    limit, before = _memory(index)
    monkeypatch.setattr(elasticsearch_bulk, "BATCH_BYTES", 4 * limit)
    add.held = True
    number = 70
    for one in range(number):
        add(f"خبر {one}", "ققنوس" + " " * (2 * limit // number), uid=f"page:{one + 1}")
    waiting = dict(add.waiting)
    add.flush()
    assert _memory(index)[1] > before
    assert len(list(index.contents())) == number
    found = index.search(Request(parse("ققنوس"), audiences_of(AnonymousUser()), limit=10)).found
    assert len(found) == number
    generation = index.new_generation()
    for entries in waiting.values():
        generation.add(entries[0])
    generation.finish(lambda uid: [])
    assert len(list(index.contents())) == number


def test_what_is_too_large_for_the_server_is_given_up_in_the_end(add, index, monkeypatch):
    limit, _ = _memory(index)
    add("خبر", "ققنوس", uid="page:1")
    with pytest.raises(EngineDown, match="refused"):
        add("خبر", "ققنوس" + " " * limit, uid="page:2")
    assert [uid for uid, _ in index.contents()] == ["page:1"]


@pytest.mark.parametrize("block", ["read_only_allow_delete", "write"], ids=["disk is full", "refuses"])
def test_server_that_takes_nothing_readers_go_on_and_all_catches_up(site, index, client, block):
    before = _publish("خبر ققنوس")
    drain("search")
    engine = engines.current()
    engine.client.indices.put_settings(index=engine.alias, settings={f"index.blocks.{block}": True})
    after = _publish("خبر سیمرغ")
    assert drain("search") == 0
    rows = Row.objects.filter(consumer="search", key=f"page:{after.pk}")
    assert rows
    assert all(row.error for row in rows)
    assert _uids("ققنوس") == [f"page:{before.pk}"]
    assert client.get(reverse("search"), {"q": "ققنوس"}).status_code == 200
    engine.client.indices.put_settings(index=engine.alias, settings={f"index.blocks.{block}": None})
    _at_once()
    drain("search")
    assert not Row.objects.filter(consumer="search").exists()
    assert _uids("سیمرغ") == [f"page:{after.pk}"]


def test_server_that_answers_no_reader_is_told_to_them(site, index, client):
    page = _publish("خبر ققنوس")
    drain("search")
    engine = engines.current()
    engine.client.indices.put_settings(index=engine.alias, settings={"index.blocks.read": True})
    assert client.get(reverse("search"), {"q": "ققنوس"}).status_code == 503
    assert client.get("/api/search", {"q": "ققنوس"}).status_code == 503
    engine.client.indices.put_settings(index=engine.alias, settings={"index.blocks.read": None})
    assert _uids("ققنوس") == [f"page:{page.pk}"]
