"""Every address of the site, as every reader, against the table written by hand."""

import os
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import transaction
from django.urls import URLResolver, get_resolver, resolve

from tests.doors import scene as scenes
from tests.doors.answers import letter
from tests.doors.markup import faults
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


def routes():
    """(name, route) of every pattern that the resolver knows."""

    def walk(resolver, prefix, spaces):
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                space = (pattern.namespace,) if pattern.namespace else ()
                yield from walk(pattern, route, spaces + space)
            else:
                yield ":".join((*spaces, pattern.name or route)), route

    return set(walk(get_resolver(), "", ()))


@pytest.fixture
def scene(site, media):
    return scenes.build()


def path_of(row, scene):
    return row.path.format(**vars(scene))


def test_table_has_every_address():
    names = {name for name, _ in routes()}
    tried = {row.name for row in ROWS}
    assert sorted(names - tried) == [], "addresses that the table does not know"
    assert sorted(tried - names) == [], "rows about addresses that are no more"


def test_table_rows_are_about_the_addresses_they_name(scene):
    for row in ROWS:
        match = resolve(unquote(path_of(row, scene).partition("?")[0]))
        assert row.name.replace("^", "") in (match.view_name, match.route), row


@pytest.mark.parametrize("reader", READERS)
def test_door(reader, scene, client):
    """Each address answers this reader as the table says, and each page of ours is sound HTML."""
    user = make_reader(reader, scene)
    column = READERS.index(reader)
    wrong, unsound, letters = [], [], ""
    for row in ROWS:
        path = path_of(row, scene)
        with transaction.atomic():
            if user is not None:
                client.force_login(user)
            response = client.generic(row.method, path)
            got = letter(response, path.partition("?")[0])
            html = response.get("Content-Type", "").startswith("text/html")
            if html and got == "V" and not path.startswith("/admin/"):
                unsound += [(path, fault) for fault in faults(response.content.decode())]
            if response.streaming:
                b"".join(response)
            transaction.set_rollback(True)
        client.cookies.clear()
        letters += got
        if got != row.answers[column]:
            wrong.append(f"{row.method} {path} ({row.name}): {got}, not {row.answers[column]}")
    if folder := os.environ.get("DOORS_OUT"):  # for `make access-table`
        Path(folder, f"{reader}.txt").write_text(letters)
    assert wrong == [], "\n".join(wrong)
    assert unsound == []
