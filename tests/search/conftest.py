"""An index of each test's own, filled by records that the test makes."""

import datetime
import itertools
import uuid

import pytest

from intranet.access.actions import audience_for
from intranet.access.clauses import PUBLIC
from search import engines
from search.entries import make_all
from search.records import SearchRecord

_numbers = itertools.count(1)


@pytest.fixture
def index(settings, tmp_path):
    """An empty index of the engine under test (`SEARCH_URL`, else the embedded one); its engine."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    if not settings.SEARCH_URL:
        yield engines.current()
        return
    settings.SEARCH_URL = f"{settings.SEARCH_URL}/test-{uuid.uuid4().hex[:12]}"
    engine = engines.current()
    yield engine
    for name in engine.client.indices.get(index=f"{engine.alias}-*").body:
        engine.client.indices.delete(index=name)


@pytest.fixture
def folder(settings, tmp_path):
    """The folder of an empty embedded index."""
    settings.SEARCH_URL = ""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return tmp_path / "index"


@pytest.fixture
def audience(db):
    """A function of tokens that gives the number of the audience that needs any of them."""

    def number(*tokens):
        return audience_for(frozenset({frozenset(tokens or [PUBLIC])})).pk

    return number


@pytest.fixture
def add(index, audience):
    """A function that puts one object in the index: its uid."""

    def put(title="", body="", *, uid=None, tokens=(), passages=(), **fields):
        uid = uid or f"page:{900_000 + next(_numbers)}"
        common = {
            "object_uid": uid,
            "trail": fields.pop("trail", ""),
            "numbers": tuple(fields.pop("numbers", ())),
            "date": fields.pop("date", datetime.date(2022, 4, 6)),
            "district": fields.pop("district", None),
            "organization": fields.pop("organization", None),
            "body_id": fields.pop("body_id", None),
            "status": fields.pop("status", ""),
            "language": fields.pop("language", "fa"),
            "audience": audience(*tokens),
        }
        kind = fields.pop("kind", "news")
        url = f"/{uid.replace(':', '-')}/"
        records = [SearchRecord(uid=uid, kind=kind, title=title, body=body, url=url, **common)]
        records += [
            SearchRecord(
                uid=f"{uid}#{anchor}",
                kind="provision",
                title=name,
                body=text,
                url=f"{url}#{anchor}",
                **common,
            )
            for anchor, name, text in passages
        ]
        put.waiting[uid] = list(make_all(records))
        if not put.held:
            put.flush()
        return uid

    def flush():
        index.replace(put.waiting)
        put.waiting = {}

    put.waiting, put.held, put.flush = {}, False, flush
    return put
