"""Test databases by copy: migrate once, install the site once, then copy the file (or PostgreSQL's template).

Two templates are kept between runs. One holds the migrated schema and is keyed by a hash of the migrations; the
other also holds the installed skeleton of the site and is keyed by a hash of the whole source. A test that
commits (`transactional_db`, `live_server`) dirties its copy, which is then made anew instead of flushed, so that
what migrations made is still there for the next test.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("intranet", "organizations", "documents", "workflows", "pages", "search")
CACHE = ROOT / "var" / "test-databases"


def _digest(files):
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(ROOT)).encode())
        digest.update(file.read_bytes())
    return digest


def _keys():
    """The hashes of (the migrations, the whole source)."""
    sources = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    locks = [ROOT / "requirements.txt"]
    migrations = _digest([*locks, *(file for file in sources if file.parent.name == "migrations")])
    return migrations.hexdigest()[:12], _digest([*locks, *sources]).hexdigest()[:12]


@contextlib.contextmanager
def _alone():
    """One process at a time makes templates; the others wait and find them made."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate():
    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)


def _install():
    from intranet.outbox.models import Row

    call_command("install", verbosity=0)
    Row.objects.all().delete()  # a test sees the rows of its own acts only


class SqliteTemplate:
    """A file, copied to the process's own test database."""

    def __init__(self):
        self.path = Path(settings.DATABASES["default"]["NAME"])

    def prepare(self):
        """Make the templates that are missing, then copy."""
        migrations, source = _keys()
        migrated = CACHE / f"migrated-{migrations}.sqlite3"
        self.template = CACHE / f"installed-{source}.sqlite3"
        with _alone():
            if not migrated.exists():
                self._make(migrated, None, _migrate)
            if not self.template.exists():
                self._make(self.template, migrated, _install)
            self._forget_old(migrated, self.template)
            # our own copy of the template: another run may forget it while we still need it
            own = self.path.with_name("template.sqlite3")
            own.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.template, own)
            self.template = own
        self.reset()

    def _make(self, target, start, fill):
        self._remove()
        if start is not None:
            shutil.copyfile(start, self.path)
        fill()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections.close_all()
        unfinished = target.with_suffix(f".{os.getpid()}")
        shutil.copyfile(self.path, unfinished)
        unfinished.rename(target)

    def _forget_old(self, *kept):
        for kind in ("migrated", "installed"):
            found = sorted(CACHE.glob(f"{kind}-*.sqlite3"), key=lambda file: file.stat().st_mtime)
            for file in found[:-3]:
                if file not in kept:
                    file.unlink(missing_ok=True)

    def _remove(self):
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)

    def reset(self):
        """Make the database what it was at the beginning."""
        self._remove()
        shutil.copyfile(self.template, self.path)

    def end(self):
        """Leave nothing behind."""
        self._remove()
        self.template.unlink(missing_ok=True)


class PostgresqlTemplate:
    """A database on the server, copied with `CREATE DATABASE … TEMPLATE`."""

    def __init__(self):
        self.server = {
            key: settings.DATABASES["default"][key] for key in ("HOST", "PORT", "USER", "PASSWORD")
        }
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.name = f"test_intranet_{worker}"
        self.template = f"test_intranet_template_{_keys()[1]}"

    def _execute(self, *statements):
        import psycopg

        connections.close_all()
        arguments = {
            "host": self.server["HOST"],
            "port": self.server["PORT"],
            "user": self.server["USER"],
            "password": self.server["PASSWORD"],
        }
        with psycopg.connect(
            dbname="postgres", autocommit=True, **{key: value for key, value in arguments.items() if value}
        ) as server:
            return [server.execute(statement) for statement in statements]

    def _use(self, name):
        connections.close_all()
        connection.settings_dict["NAME"] = name

    def prepare(self):
        """Make the template when it is missing, then copy."""
        with _alone():
            found = self._execute(f"SELECT 1 FROM pg_database WHERE datname = '{self.template}'")  # noqa: S608
            if found[0].fetchone() is None:
                unfinished = f"{self.template}_unfinished"
                self._execute(
                    f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)",
                    f"CREATE DATABASE {unfinished} TEMPLATE template0 ENCODING 'UTF8'",
                )
                self._use(unfinished)
                _migrate()
                _install()
                self._execute(f"ALTER DATABASE {unfinished} RENAME TO {self.template}")
        self._use(self.name)
        self.reset()

    def reset(self):
        """Make the database what it was at the beginning."""
        self._execute(
            f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)",
            f"CREATE DATABASE {self.name} TEMPLATE {self.template}",
        )

    def end(self):
        """Drop this process's copy."""
        self._execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")


def template():
    """The template of the database that the settings name."""
    return PostgresqlTemplate() if connection.vendor == "postgresql" else SqliteTemplate()
