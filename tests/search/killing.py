"""Killing what writes the index, again and again: a program of its own, run by `test_faults`.

`python -m tests.search.killing at-random 200` kills a worker or a rebuild at a random point; `… at-each-step` kills
a rebuild before and after each of its steps on files, the swap among them. After each kill a new process does what
a restart does, and says in what the index differs from the database. Prints what happened as JSON.

The database is the real one with a small table as content, so that a round takes tens of milliseconds.
"""

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
import uuid
from importlib import import_module
from pathlib import Path

import django

MOST = 12


class Groups:
    """Groups of accounts as content: each has two passages that say its name."""

    def records_for(self, pk):
        from django.contrib.auth.models import Group

        from search.records import SearchRecord

        group = Group.objects.filter(pk=pk, name__startswith="kill").first()
        if group is None:
            return
        for anchor in ("", "#part"):
            yield SearchRecord(
                uid=f"page:{pk}{anchor}",
                object_uid=f"page:{pk}",
                kind="news",
                title=group.name,
                trail="",
                body=f"متن {group.name} " * 5,
                url="/",
                numbers=(),
                date=None,
                district=None,
                organization=None,
                status="",
                language="fa",
                audience=1,
            )

    def all_pks(self):
        from django.contrib.auth.models import Group

        return list(Group.objects.filter(name__startswith="kill").values_list("pk", flat=True))


def change(rng):
    """Make, rename and remove some content, each with its row of the outbox."""
    from django.contrib.auth.models import Group
    from django.db import transaction

    from intranet.access.actions import CHANGED
    from intranet.outbox.actions import publish_many

    with transaction.atomic():
        changed = []
        for _ in range(rng.randint(1, 4)):
            held = list(Group.objects.filter(name__startswith="kill"))
            if len(held) < MOST and rng.random() < 0.6:
                changed.append(Group.objects.create(name=f"kill {uuid.uuid4()}").pk)
            elif held:
                group = rng.choice(held)
                changed.append(group.pk)
                if rng.random() < 0.3:
                    group.delete()
                else:
                    group.name = f"kill {uuid.uuid4()}"
                    group.save()
        publish_many(CHANGED, [f"page:{pk}" for pk in dict.fromkeys(changed)])


def work(rng):
    """What is killed."""
    from intranet.outbox.actions import drain
    from search import indexing

    if rng.random() < 0.5:
        indexing.rebuild()
        change(rng)
    drain("search")
    change(rng)
    drain("search")


def restart():
    """What comes after: the worker begins anew. How the index differs from the database then."""
    from intranet.outbox.actions import drain
    from intranet.outbox.models import Row
    from search import indexing

    drain("search")
    left = [f"left: {row.key} {row.error}" for row in Row.objects.filter(consumer="search")]
    return [*indexing.differences(), *left]


def child(act, *, say=None):
    """Run `act` in a process of its own, that ends without cleaning up; its number."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        said = act()
        if say is not None:
            say.write_text(json.dumps(said), "utf-8")
        code = 0
    except BaseException:  # noqa: BLE001  (the parent reads the code)
        traceback.print_exc()
    finally:
        os._exit(code)


def checked(file):
    """What a restart finds."""
    pid = child(restart, say=file)
    _, status = os.waitpid(pid, 0)
    return json.loads(file.read_text("utf-8")) if status == 0 else [f"the restart ended with {status}"]


def at_random(rounds, file):
    """Kill at random points; what differed afterwards."""
    rng = random.Random(5)
    began = time.monotonic()
    os.waitpid(child(lambda: work(random.Random(1))), 0)
    usual = time.monotonic() - began
    killed, differences = 0, []
    for number in range(rounds):
        seed = rng.random()
        pid = child(lambda seed=seed: work(random.Random(seed)))
        time.sleep(rng.uniform(0, usual))
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        killed += os.WIFSIGNALED(status)
        differences += [f"round {number}: {difference}" for difference in checked(file)]
    return {"killed": killed, "rounds": rounds, "differences": differences}


def count_steps(act, at):
    """Run `act` with a kill at the `at`-th moment around a step on files; how many there are, if it is not reached."""
    seen = 0

    def moment():
        nonlocal seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(function):
        def called(*arguments, **options):
            moment()
            result = function(*arguments, **options)
            moment()
            return result

        return called

    for place, name in (
        (os, "fsync"),
        (shutil, "rmtree"),
        (Path, "replace"),
        (Path, "unlink"),
    ):
        setattr(place, name, around(getattr(place, name)))
    act()
    return seen


def at_each_step(file):
    """Kill a rebuild with changes at each of its steps on files; what differed afterwards."""

    def act():
        from intranet.outbox.actions import drain
        from search import indexing

        change(random.Random(3))
        drain("search")
        change(random.Random(4))
        indexing.rebuild()
        drain("search")

    at, differences = 1, []
    while True:
        pid = child(lambda at=at: count_steps(act, at))
        _, status = os.waitpid(pid, 0)
        differences += [f"step {at}: {difference}" for difference in checked(file)]
        if not os.WIFSIGNALED(status):
            return {"killed": at - 1, "ended": status == 0, "differences": differences}
        at += 1


def main():
    """Do what the arguments say."""
    django.setup()
    # what every process needs is loaded once, here
    from search.analysis import analyze
    from search.records import sources

    for name in ("search.indexing", "search.engines.embedded", "search.engines.generations"):
        import_module(name)
    analyze("سازمان‌های مردم‌نهاد در متن")

    sources.clear()
    sources["page"] = Groups()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.json"
        found = at_random(int(sys.argv[2]), file) if sys.argv[1] == "at-random" else at_each_step(file)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
