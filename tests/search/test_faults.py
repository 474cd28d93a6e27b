"""What must not break the index: kills, several writers, a full disk, a damaged folder, a server that is away."""

import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import threading
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from intranet.outbox.actions import drain, publish_many
from intranet.outbox.models import Row
from intranet.outbox.registry import Unavailable
from pages.news.models import NewsPage
from search import engines, indexing
from search.engines.base import EngineDown
from search.queries import search
from tests import factories

ROUNDS = int(os.environ.get("KILLS", "25"))


def _uids(text):
    return [hit.candidate.object_uid for hit in search(text, AnonymousUser()).hits]


def _publish(title):
    return factories.add_page(factories.section("news"), NewsPage, title=title)


def _at_once():
    """What waits for a while is due now."""
    Row.objects.update(available_at=timezone.now())


# --- kills -------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", [("at-random", str(ROUNDS)), ("at-each-step",)], ids=lambda way: way[0])
def test_kill_loses_nothing(process_environment, tmp_path, way):
    environment = {**process_environment, "SEARCH_URL": f"embedded://{tmp_path}/index"}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.search.killing", *way],
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["differences"] == []
    if way[0] == "at-random":
        assert found["killed"] > found["rounds"] / 3
    else:
        assert found["ended"]
        assert found["killed"] > 12


@pytest.mark.django_db
def test_files_of_a_commit_that_was_killed_do_not_stop_the_next_one(site, folder):
    page, _ = _publish("خبر ققنوس"), _publish("خبر سیمرغ")
    indexing.rebuild()
    committed = folder / (folder / "current").read_text("ascii") / "meta.json"
    before = committed.read_bytes()
    page.title = "خبر هما"
    page.save()
    renamed = {f"page:{page.pk}": indexing.entries_of(f"page:{page.pk}")}
    engines.current().replace(renamed)
    committed.write_bytes(before)  # all of the commit's files are there, but for its last step
    engines.current().replace(renamed)
    assert list(indexing.differences()) == []


# --- several writers ---------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_four_writing_processes_at_once_index_all_and_fail_none(process_environment, tmp_path, settings):
    address = f"embedded://{tmp_path}/index"
    settings.SEARCH_URL = address
    indexing.rebuild()
    pages = [_publish(f"خبر ققنوس {number}") for number in range(12)]
    workers = [
        subprocess.Popen(
            [sys.executable, "manage.py", *command],
            env={**process_environment, "SEARCH_URL": address},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in (["worker", "--once"], ["worker", "--once"], ["worker", "--once"], ["search_index"])
    ]
    results = [worker.communicate(timeout=300) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0, 0], results
    assert not any("Traceback" in errors for _, errors in results), results
    assert not Row.objects.exclude(error="").exists()
    drain("search")  # what was left by one that found another at work
    assert not Row.objects.filter(consumer="search").exists()
    assert list(indexing.differences()) == []
    assert len(search("ققنوس", AnonymousUser(), size=50).hits) == len(pages)


@pytest.mark.django_db
def test_drain_while_another_process_indexes_leaves_the_rows(site, folder, tmp_path):
    import fcntl

    from django.conf import settings

    page = _publish("خبر ققنوس")
    lock = Path(settings.DATA_DIR) / "locks" / f"{indexing.CONSUMING}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert drain("search") == 0
        assert Row.objects.filter(consumer="search", error="", claimed_until=None).exists()
    drain("search")
    assert _uids("ققنوس") == [f"page:{page.pk}"]


@pytest.mark.django_db
def test_rows_of_a_dead_worker_are_taken_over_at_once(site, folder):
    page = _publish("خبر ققنوس")
    Row.objects.filter(consumer="search").update(claimed_until=timezone.now() + timezone.timedelta(minutes=4))
    drain("search")
    assert _uids("ققنوس") == [f"page:{page.pk}"]


@pytest.mark.django_db
def test_rebuilds_again_and_again_leave_no_gap_for_a_reader(site, folder):
    page = _publish("خبر ققنوس")
    indexing.rebuild()
    stop, gaps, looks = threading.Event(), [], []
    engine = engines.current()
    from search.engines.base import Request
    from search.query import parse

    request = Request(parse("ققنوس"), frozenset(range(1, 500)))

    def read():
        while not stop.is_set():
            found = [candidate.object_uid for candidate in engine.search(request).candidates]
            looks.append(1)
            if found != [f"page:{page.pk}"]:
                gaps.append(found)

    reader = threading.Thread(target=read)
    reader.start()
    entries = [entry for uid in indexing.all_objects() for entry in indexing.entries_of(uid)]
    try:
        for _ in range(15):
            generation = engine.new_generation()
            for entry in entries:
                generation.add(entry)
            generation.finish(indexing.entries_of)
    finally:
        stop.set()
        reader.join()
    assert gaps == []
    assert len(looks) > 15


# --- a full disk -------------------------------------------------------------------------------------------


@contextmanager
def _largest_file(size):
    """No file of this process may grow past `size`, as on a disk that is full."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


@pytest.mark.django_db
def test_full_disk_keeps_the_rows_and_the_old_index(site, folder, settings):
    old = _publish("خبر ققنوس")
    drain("search")
    new = _publish("خبر سیمرغ")
    waiting = {f"page:{new.pk}": indexing.entries_of(f"page:{new.pk}")}
    with _largest_file(64), pytest.raises(EngineDown):
        engines.current().replace(waiting)
    rows = list(Row.objects.filter(consumer="search"))
    with _largest_file(64), pytest.raises(Unavailable):  # which leaves the rows for later
        indexing.consume(rows)
    assert _uids("ققنوس") == [f"page:{old.pk}"]
    assert _uids("سیمرغ") == []
    assert not engines.current().is_broken()

    def make_anew():
        engines.current().new_generation().finish(indexing.entries_of)

    with _largest_file(64), pytest.raises(EngineDown):
        make_anew()
    assert _uids("ققنوس") == [f"page:{old.pk}"]
    assert Row.objects.filter(consumer="search").count() == len(rows) > 0
    drain("search")
    assert not Row.objects.filter(consumer="search").exists()
    assert _uids("سیمرغ") == [f"page:{new.pk}"]


# --- a damaged folder --------------------------------------------------------------------------------------

DAMAGES = {
    "an index file is gone": lambda gen: next(gen.glob("*.store")).unlink(),
    "an index file is cut": lambda gen: next(gen.glob("*.idx")).write_bytes(b"short"),
    "the list of files is garbage": lambda gen: (gen / "meta.json").write_bytes(b"\xff{"),
    "the generation is gone": shutil.rmtree,
    "the pointer is garbage": lambda gen: (gen.parent / "current").write_bytes(b"\xff\x00"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_index_is_said_and_mended(site, folder, client, damage):
    page = _publish("خبر ققنوس")
    drain("search")
    DAMAGES[damage](engines.current().folder.serving())
    engines._engine.cache_clear()  # as after a restart: nothing is mapped any more
    assert client.get(reverse("search"), {"q": "ققنوس"}).status_code == 503
    answer = client.get("/api/search", {"q": "ققنوس"})
    assert answer.status_code == 503
    assert answer["Retry-After"]
    with pytest.raises(CommandError, match=r"manage\.py search_index"):
        call_command("search_index", check=True)
    other = _publish("خبر سیمرغ")
    drain("search")
    assert _uids("سیمرغ") == [f"page:{other.pk}"]
    assert _uids("ققنوس") == [f"page:{page.pk}"]
    assert list(indexing.differences()) == []
    assert engines.current().is_current()


@pytest.mark.django_db
def test_mend_by_the_clock_makes_a_damaged_index_anew_without_any_change(site, folder):
    _publish("خبر ققنوس")
    indexing.rebuild()
    drain("search")
    assert indexing.mend() is False
    next(engines.current().folder.serving().glob("*.store")).unlink()
    engines._engine.cache_clear()
    assert indexing.mend() is True
    assert len(_uids("ققنوس")) == 1


# --- a server that is away ---------------------------------------------------------------------------------


class Gate:
    """A door to a server on a port of this machine, that can be shut."""

    def __init__(self, address):
        parts = urlsplit(address)
        self.target = (parts.hostname, parts.port)
        self.port = _free_port()
        self.pairs = []
        self.listener = None

    def open(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def shut(self):
        for one in [self.listener, *self.pairs]:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.pairs = []

    def _accept(self, listener):
        while True:
            try:
                inner, _ = listener.accept()
            except OSError:
                return
            outer = socket.create_connection(self.target)
            self.pairs += [inner, outer]
            for one, other in ((inner, outer), (outer, inner)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    @staticmethod
    def _carry(one, other):
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.django_db
def test_server_down_publishing_goes_on_and_readers_are_told(site, settings, client):
    settings.SEARCH_URL = f"http://127.0.0.1:{_free_port()}/away"
    page = _publish("خبر ققنوس")
    drain("search")
    row = Row.objects.filter(consumer="search", key=f"page:{page.pk}").first()
    assert row is not None
    assert row.error
    assert row.available_at < timezone.now() + timezone.timedelta(seconds=30)
    shown = client.get(reverse("search"), {"q": "ققنوس"})
    assert shown.status_code == 503
    assert "<h1" in shown.content.decode()
    assert client.get("/api/search", {"q": "ققنوس"}).status_code == 503
    assert client.get(reverse("search_suggest"), {"q": "ققن"}).status_code == 503
    assert client.get(page.get_url()).status_code == 200
    for options in ({}, {"check": True}, {"if_needed": True}):
        with pytest.raises(CommandError, match="does not answer"):
            call_command("search_index", **options)
    with pytest.raises(Unavailable):
        indexing.mend()


@pytest.mark.django_db
def test_server_that_never_answers_is_given_up_in_time(site, settings, client):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.SEARCH_TIMEOUT = 0.2
        settings.SEARCH_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/silent-{uuid.uuid4().hex}"
        assert client.get("/api/search", {"q": "ققنوس"}).status_code == 503


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_server_back_again_all_catches_up_by_itself(site, index, settings, client):
    gate = Gate(settings.SEARCH_URL)
    path = urlsplit(settings.SEARCH_URL).path
    settings.SEARCH_URL = f"http://127.0.0.1:{gate.port}{path}"
    gate.open()
    try:
        before = _publish("خبر ققنوس")
        drain("search")
        assert _uids("ققنوس") == [f"page:{before.pk}"]
        gate.shut()
        while_down = _publish("خبر سیمرغ")
        before.unpublish()
        drain("search")
        assert Row.objects.filter(consumer="search").exists()
        assert client.get("/api/search", {"q": "ققنوس"}).status_code == 503
        gate.open()
        _at_once()
        drain("search")
        assert not Row.objects.filter(consumer="search").exists()
        assert _uids("سیمرغ") == [f"page:{while_down.pk}"]
        assert _uids("ققنوس") == []
    finally:
        gate.shut()


@pytest.mark.django_db
def test_unavailable_rows_wait_a_little_and_are_not_tried_one_by_one(site, settings):
    settings.SEARCH_URL = f"http://127.0.0.1:{_free_port()}/away"
    Row.objects.all().delete()
    publish_many("content.changed", [f"page:{900_000 + number}" for number in range(50)])
    assert drain("search") == 0
    rows = Row.objects.filter(consumer="search")
    assert rows.count() == 50
    assert {row.attempts for row in rows} == {1}
