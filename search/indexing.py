"""Keeping the index equal to the database: the outbox's consumer, the rebuild, the comparison."""

from collections.abc import Callable, Iterator, Sequence

from intranet.outbox.models import Row
from search import engines, entries
from search.entries import Entry
from search.records import sources


def entries_of(object_uid: str) -> list[Entry]:
    """What the index should hold of one object now; empty when nobody may find it."""
    prefix, _, pk = object_uid.partition(":")
    source = sources.get(prefix)
    if source is None or not pk.isdigit():
        return []
    return list(entries.make_all(source.records_for(int(pk))))


def consume(rows: Sequence[Row]) -> None:
    """Read the objects of these rows again and replace them in the index. Twice does no harm."""
    engines.current().replace({key: entries_of(key) for key in dict.fromkeys(row.key for row in rows)})


def all_objects() -> Iterator[str]:
    """The uids of all objects that may have records."""
    for prefix, source in sources.items():
        for pk in source.all_pks():
            yield f"{prefix}:{pk}"


def rebuild(report: Callable[[int], None] = lambda done: None) -> int:
    """Index everything anew beside the serving index, then let the new one serve. Returns the passages."""
    generation = engines.current().new_generation()
    done = 0
    for object_uid in all_objects():
        for entry in entries_of(object_uid):
            generation.add(entry)
            done += 1
        report(done)
    generation.finish(entries_of)
    return done


def differences() -> Iterator[str]:
    """Each way in which the index differs from the database, in words."""
    held = dict(engines.current().contents())
    for object_uid in all_objects():
        for entry in entries_of(object_uid):
            digest = held.pop(entry.uid, None)
            if digest is None:
                yield f"missing: {entry.uid}"
            elif digest != entry.digest:
                yield f"stale: {entry.uid}"
    for uid in held:
        yield f"left over: {uid}"
