"""Thirteen readers follow all they are given and try all that others were given: none meets a word not his to see."""

import json

import pytest
from django.test import Client

from search import indexing
from tests.doors import scene as scenes
from tests.doors.canaries import plant
from tests.doors.crawl import ask, crawl
from tests.doors.readers import READERS, make_reader
from tests.doors.table import ROWS

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves the file in which it draws a rendition to the garbage collector.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile.*:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile.*:ResourceWarning"),
    # wagtail-localize 1.14 pages its report of translations in no order.
    pytest.mark.filterwarnings(
        "ignore:Pagination may yield:django.core.paginator.UnorderedObjectListWarning"
    ),
]

SEARCHES = ("/search/?q={}", "/api/search?q={}", "/search/suggest?q={}", "/search/suggest/opensearch?q={}")


@pytest.fixture
def planted(site, media):
    scene = scenes.build()
    scene.canaries = plant(scene)
    for row in ROWS:  # what the rows' addresses name must be as it stands after the planting
        assert row.path
    for name in ("member", "withdrawn_member", "closed_meeting", "draft", "district_draft", "quiet_memorandum",
                 "login_page", "private_file", "staff_file", "inner_file"):  # fmt: skip
        getattr(scene, name).refresh_from_db()
    indexing.rebuild()
    return scene


def client_as(reader, scene):
    client = Client()
    user = make_reader(reader, scene)
    if user is not None:
        client.force_login(user)
    return client


def own_words(path):
    """What the asker himself wrote: it may be said back to him."""
    return path


def leaks(scene, reader, path, answer):
    forbidden = [canary for canary in scene.canaries if reader not in canary.readers]
    return [
        f"{reader} meets {canary.what} at {path} ({answer.status})"
        for canary in forbidden
        if canary.word in answer.text and canary.word not in path
    ]


def test_crawl_no_reader_meets_what_is_not_his(planted, capsys):
    scene = planted
    patterns = [row.path.format(**vars(scene)) for row in ROWS if row.method == "GET"]
    searches = [form.format(canary.word) for canary in scene.canaries[:8:3] for form in SEARCHES]
    given, found, counts = {}, [], {}
    for reader in READERS:
        answers = crawl(
            client_as(reader, scene), ["/", "/en/", "/desk/", "/sitemap.xml", *patterns, *searches]
        )
        given[reader] = set(answers)
        for path, answer in answers.items():
            found += leaks(scene, reader, path, answer)
        met = {
            canary.what
            for canary in scene.canaries
            for answer in answers.values()
            if canary.word in answer.text
        }
        counts[reader] = len(answers)
        missed = {canary.what for canary in scene.canaries if reader in canary.readers} - met
        assert not missed, f"{reader} never met {missed}: the crawl looks in the wrong places"
    everything = set().union(*given.values())
    for reader in READERS:
        client = client_as(reader, scene)
        rest = everything - given[reader]
        for path in sorted(rest):
            found += leaks(scene, reader, path, ask(client, path))
        counts[reader] += len(rest)
    with capsys.disabled():
        print("\naddresses tried:", json.dumps(counts))
    assert found == []
    assert min(counts.values()) > 300
