"""The steps between a Python environment and a site that can start, each done again only when it must be.

A step leaves a stamp once it has ended well: a hash of what it depends on. Stopped halfway, it has no stamp and
is done again; every step is safe to do again.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from intranet.supervisor.catalogues import compile_stale, stale
from intranet.supervisor.console import progress
from intranet.supervisor.files import PACKAGES, ROOT, digest, files_below
from intranet.supervisor.processes import end_with_parent


class StepFailedError(Exception):
    """A step ended badly; the message says which and shows the end of what it wrote."""


@dataclass(frozen=True)
class Place:
    """Where the site keeps its data, its database, and the password of its demonstration accounts."""

    data: Path
    database_url: str
    demo_password: str

    @property
    def sqlite_file(self) -> Path | None:
        """The database's file, when it is one."""
        if not self.database_url:
            return self.data / "intranet.sqlite3"
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme == "sqlite" else None


@dataclass(frozen=True)
class Step:
    """One step: what it says, the hash of what it depends on, whether its result still stands, how it is done."""

    name: str
    says: str
    depends: Callable[[], str]
    stands: Callable[[], bool]
    run: Callable[[], None]


class Stamps:
    """What was done, kept in a file beside the data."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.done: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.done = {}

    def put(self, name: str, value: str) -> None:
        """Keep a stamp; the file is replaced in one move."""
        self.done[name] = value
        self._write()

    def forget(self, names: Iterable[str]) -> None:
        """Drop stamps, so that their steps are done again."""
        for name in names:
            self.done.pop(name, None)
        self._write()

    def _write(self) -> None:
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(self.done, indent=1), encoding="utf-8")
        unfinished.replace(self.path)


def manage(logs: Path, *arguments: str, **environment: str) -> None:
    """Run a management command; what it writes goes to a log, whose end is shown when it fails."""
    logs.mkdir(parents=True, exist_ok=True)
    log = logs / f"{arguments[0]}.log"
    with log.open("wb") as output:
        ended = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_parent,
            check=False,
        )
    if ended.returncode:
        last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
        raise StepFailedError(
            f"“manage.py {arguments[0]}” ended with {ended.returncode}:\n{last}\n(all of it: {log})"
        )


def steps(place: Place) -> list[Step]:
    """Every step, in order."""
    logs = place.data / "logs"
    lock = ROOT / "requirements.txt"
    database = place.sqlite_file
    always = str(os.getpid())  # a server's database may be another one tomorrow: look each time

    def database_stands() -> bool:
        return database is None or (database.exists() and database.stat().st_size > 0)

    def migrations() -> str:
        files = (file for file in files_below(PACKAGES, "*.py") if file.parent.name == "migrations")
        return digest([lock, *files], place.database_url, "" if database else always)

    def skeleton() -> str:
        return digest(files_below(("pages",), "actions.py"), migrations())

    def static() -> str:
        files = (file for file in files_below(PACKAGES, "*") if file.is_file() and "static" in file.parts)
        return digest([lock, *files], content=False)

    def index() -> str:
        return digest(files_below(("search",), "*.py"), migrations())

    def admin_index() -> str:
        models = files_below(PACKAGES, "models.py")
        rules = [*files_below(("search/analysis",), "*.py"), *files_below(("search/analysis",), "*.txt")]
        return digest([*files_below(("search",), "admin_backend.py"), *rules, *models])

    return [
        Step(
            "catalogues",
            "compiling the translations",
            lambda: "each by its time",
            lambda: not any(stale()),
            compile_stale,
        ),
        Step(
            "migrate",
            "laying out the database",
            migrations,
            database_stands,
            lambda: manage(logs, "migrate", "--noinput"),
        ),
        Step(
            "install",
            "making the skeleton of the site",
            skeleton,
            lambda: True,
            lambda: manage(logs, "install"),
        ),
        Step(
            "demo",
            "writing the demonstration content",
            # the first time only; again when another password was chosen
            lambda: hashlib.sha256(place.demo_password.encode()).hexdigest()[:16],
            lambda: True,
            lambda: manage(logs, "demo", DEMO_PASSWORD=place.demo_password),
        ),
        Step(
            "search_index",
            "building the search index",
            index,
            lambda: True,
            lambda: manage(logs, "search_index"),
        ),
        Step(
            "update_index",
            "building the index of the editing desk",
            admin_index,
            lambda: True,
            lambda: manage(logs, "update_index"),
        ),
        Step(
            "collectstatic",
            "gathering styles, scripts and fonts",
            static,
            (place.data / "static" / "staticfiles.json").exists,
            lambda: manage(logs, "collectstatic", "--noinput", "--clear"),
        ),
    ]


AFTER_DATABASE = ("migrate", "install", "demo", "search_index", "update_index")


def _exists(step: Step) -> bool:
    own = {"demo", "search_index"}
    return step.name not in own or any(files_below(PACKAGES, f"management/commands/{step.name}.py"))


def prepare(place: Place, again: Iterable[str] = ()) -> int:
    """Do the steps that must be done, and those named in `again`; return how many were."""
    place.data.mkdir(parents=True, exist_ok=True)
    stamps = Stamps(place.data / "steps.json")
    stamps.forget(again)
    done = 0
    for step in filter(_exists, steps(place)):
        if not step.stands() and step.name in AFTER_DATABASE:
            stamps.forget(AFTER_DATABASE)  # the database is gone, and with it what was put into it
        wanted = step.depends()
        if stamps.done.get(step.name) == wanted and step.stands():
            continue
        with progress(step.says):
            step.run()
        stamps.put(step.name, wanted)
        done += 1
    return done
