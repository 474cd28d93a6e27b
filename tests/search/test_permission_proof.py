"""Permission inside the query: every answer is the one an index of only what the reader may see would give.

Random sites (trees with restrictions, memberships by date, grants, drafts, files in closed collections, closed
sessions, moves, other names) and random readers.
"""

import contextlib
import random
import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from intranet.access.models import Audience
from intranet.outbox.actions import drain
from search import engines
from search.indexing import all_objects, differences, entries_of, rebuild
from search.permission import Reader
from search.queries import Narrowing, find, narrow, search
from search.query import parse
from search.suggestions import suggest
from tests.search.random_site import CANARY, WORDS, RandomSite

pytestmark = pytest.mark.django_db

FRAME_HEAD = re.compile(r'<header class="[^"]*app-header.*?</header>', re.DOTALL)

QUERIES = [
    "بودجه",
    "پارک محله",
    "«شورا محله»",
    "درخت -کودک",
    "کودک OR درخت",
    "بودجه پارک شورا محله کودک",
    "سازمان:بودجه",
    "محله نهاد:پارک سازمان:کودک",
]


def drain_all():
    """Everything the outbox holds, as the worker does it: texts are read, then the index follows."""
    for consumer in ("documents.text", "search"):
        drain(consumer)


def everything(results):
    """What an answer says, order aside."""
    return {
        "total": (results.total, results.weaker_total),
        "hits": sorted((hit.candidate.object_uid, str(hit.marked_title)) for hit in results.hits),
        "weaker": sorted(hit.candidate.object_uid for hit in results.weaker),
        "facets": {
            name: sorted((choice.value, choice.label, choice.count) for choice in facet.choices)
            for name, facet in results.facets.items()
        },
    }


def passages(results):
    """By object: (the passage that stands first, all that are shown), each with its snippet."""

    def shown(part):
        return part.url, str(part.snippet)

    return {
        hit.candidate.object_uid: (shown(hit), {shown(hit), *(shown(part) for part in hit.more)})
        for hit in results.hits
    }


def assert_same(found, wanted, about):
    """Two answers say the same. Which passage stands first depends on word weights; the others do not."""
    assert everything(found) == everything(wanted), about
    others = passages(wanted)
    for uid, (first, shown) in passages(found).items():
        other_first, other_shown = others[uid]
        assert shown - {first} <= other_shown, about
        assert other_shown - {other_first} <= shown, about


@contextlib.contextmanager
def example(site_settings, tmp_path, seed):
    """A random site that is gone afterwards, with an index of its own."""
    site_settings.SEARCH_INDEX_DIR = tmp_path / f"index-{seed}-{timezone.now().timestamp()}"
    with transaction.atomic():
        rebuild()
        world = RandomSite(random.Random(seed))
        drain_all()
        yield world
        transaction.set_rollback(True)


few = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a smaller seed is no simpler site
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def embedded(settings, media, tmp_path):
    """The embedded engine: an oracle needs a second index, which costs nothing there."""
    settings.SEARCH_URL = ""
    return settings


@few
@given(seed=st.integers(0, 2**32))
def test_every_answer_is_that_of_an_index_of_only_what_the_reader_may_see(site, embedded, tmp_path, seed):
    with example(embedded, tmp_path, seed) as world:
        assert list(differences()) == []
        everyone = frozenset(Audience.objects.values_list("pk", flat=True))
        for reader in world.people:
            uids, words = world.readable(reader)
            with engines.throw_away() as oracle:
                generation = oracle.new_generation()
                for uid in all_objects():
                    if uid in uids:
                        for entry in entries_of(uid):
                            generation.add(entry)
                generation.finish(entries_of)
                for text in QUERIES:
                    for narrowing in (
                        Narrowing(),
                        narrow(kind="news"),
                        narrow(district="7"),
                        narrow(year="1390"),
                    ):
                        wanted = find(parse(text), Reader(everyone), narrowing, size=50, engine=oracle)
                        found = search(text, reader, narrowing, size=50)
                        assert_same(found, wanted, (text, narrowing, reader))
                        assert set(CANARY.findall(f"{everything(found)}{passages(found)}")) <= words


@few
@given(seed=st.integers(0, 2**32))
def test_a_right_taken_away_is_in_force_while_the_outbox_waits(site, embedded, tmp_path, seed):
    with example(embedded, tmp_path, seed) as world:
        for _ in range(3):
            world.change()
        for reader in world.people:
            if reader.pk:
                reader = type(reader).objects.get(pk=reader.pk)  # noqa: PLW2901  (a new request)
            uids, _ = world.readable(reader)
            for text in QUERIES:
                results = search(text, reader, size=50)
                shown = {
                    part.candidate.object_uid
                    for hit in [*results.hits, *results.weaker]
                    for part in [hit, *hit.more]
                }
                assert shown <= uids
                assert results.total == len({hit.candidate.object_uid for hit in results.hits})
                assert sum(choice.count for choice in results.kinds) == results.total
                assert results.weaker_total == len(results.weaker)
        drain_all()
        assert list(differences()) == []


def said_in(response):
    """The canaries in an answer, less the frame's head: it names the organisation for which the reader acts."""
    return set(CANARY.findall(FRAME_HEAD.sub("", response.content.decode(), count=1)))


@few
@given(seed=st.integers(0, 2**32))
def test_no_door_of_search_says_a_word_of_what_the_reader_may_not_see(site, embedded, tmp_path, seed):
    with example(embedded, tmp_path, seed) as world:
        for reader in world.people:
            client = Client()
            if reader.pk:
                client.force_login(reader)
            _, words = world.readable(reader)
            for text in [*QUERIES[:3], "zqx", *world.rng.sample(sorted(world.canaries), 6)]:
                for address in ("/search/", "/api/search", "/search/suggest"):
                    response = client.get(address, {"q": text})
                    assert said_in(response) - {text} <= words, (address, text)
            for narrowing in world.narrowings():
                response = client.get("/search/", {"q": "بودجه", **narrowing})
                assert said_in(response) <= words, narrowing
            for text in ("zq", "zqx", *WORDS):
                said = set(CANARY.findall(str(suggest(text, reader))))
                assert said <= words
