"""Being alone at something among all processes of the site; a killed process lets go by itself."""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.db import connection

_held = threading.local()


@contextmanager
def alone(name: str, *, wait: bool = False) -> Iterator[bool]:
    """Whether this thread is the only one at `name` now; with `wait`, until it is. It may ask again within.

    On PostgreSQL the database keeps the lock, so that it holds across machines; SQLite is one machine's anyway.
    """
    names: set[str] = _held.__dict__.setdefault("names", set())
    if name in names:
        yield True
        return
    with (
        _on_server(name, wait=wait) if connection.vendor == "postgresql" else _in_file(name, wait=wait) as got
    ):
        if got:
            names.add(name)
        try:
            yield got
        finally:
            names.discard(name)


@contextmanager
def _in_file(name: str, *, wait: bool) -> Iterator[bool]:
    folder = Path(settings.DATA_DIR) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def _on_server(name: str, *, wait: bool) -> Iterator[bool]:
    number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True)
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_lock(%s)", [number])
            got = True
        else:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            got = bool(cursor.fetchone()[0])
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
