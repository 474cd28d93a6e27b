"""Keeping the index equal to the database: the outbox's consumer, the rebuild, the comparison."""

import logging
from collections.abc import Callable, Iterator, Sequence

from intranet.outbox.locks import alone
from intranet.outbox.models import Row
from intranet.outbox.registry import Unavailable
from search import engines, entries, lexicons
from search.analysis import using
from search.engines.base import EngineDown
from search.entries import Entry
from search.permission import CONSUMER
from search.records import sources

CONSUMING = f"outbox-{CONSUMER}"
REBUILD = "search-rebuild"
logger = logging.getLogger(__name__)


def entries_of(object_uid: str) -> list[Entry]:
    """What the index should hold of one object now; empty when nobody may find it."""
    prefix, _, pk = object_uid.partition(":")
    source = sources.get(prefix)
    if source is None or not pk.isdigit():
        return []
    return list(entries.make_all(source.records_for(int(pk))))


def consume(rows: Sequence[Row]) -> None:
    """Read the objects of these rows again and replace them in the index. Twice does no harm."""
    try:
        _consume(list(dict.fromkeys(row.key for row in rows)))
    except EngineDown as error:
        if not engines.current().is_broken():
            raise Unavailable(str(error)) from error
        mend()


def _consume(keys: list[str]) -> None:
    analysed_with, served = None, lexicons.serve_index()
    while analysed_with != served:  # again when an index of another lexicon came to serve meanwhile
        analysed_with = served
        engines.current().replace({key: entries_of(key) for key in keys})
        served = lexicons.serve_index()


def mend() -> bool:
    """Make an index anew that is damaged, missing or of another version; whether that was needed. A clock job."""
    engine = engines.current()
    with alone(REBUILD) as turn:
        if not turn:
            raise Unavailable("the search index is being made anew")
        try:
            if engine.is_current():
                return False
            logger.warning("the search index is damaged, missing or of another version: making it anew")
            rebuild()
        except EngineDown as error:
            raise Unavailable(str(error)) from error
    return True


def all_objects() -> Iterator[str]:
    """The uids of all objects that may have records."""
    for prefix, source in sources.items():
        for pk in source.all_pks():
            yield f"{prefix}:{pk}"


def rebuild(report: Callable[[int, int], None] = lambda done, objects: None) -> int:
    """Index everything anew beside the serving index, then let the new one serve. Returns the passages.

    It is analysed with what the site's public text teaches now. One rebuild at a time; `report` is told how many
    objects are done, and of how many.
    """
    with alone(REBUILD, wait=True):
        analyzer = lexicons.learn_anew()
        passages = 0
        with using(analyzer):
            generation = engines.current().new_generation(analyzer.lexicon.digest)
            uids = list(all_objects())
            for done, object_uid in enumerate(uids, 1):
                for entry in entries_of(object_uid):
                    generation.add(entry)
                    passages += 1
                report(done, len(uids))
            with alone(
                CONSUMING, wait=True
            ):  # nothing is written past the last look at what changed meanwhile
                generation.finish(entries_of)
        lexicons.serve_index()
        lexicons.forget_others(analyzer.lexicon.digest)
    return passages


def differences() -> Iterator[str]:
    """Each way in which the index differs from the database, in words."""
    lexicons.serve_index()
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
