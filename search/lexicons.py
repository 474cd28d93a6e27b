"""The lexicon that the site's public text extends: learnt at a rebuild, kept by digest, served with its index."""

import threading
from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser

from intranet.access.queries import audiences_of
from search import analysis, engines, phrases
from search.analysis import Analyzer, analyzer_of, shipped, using
from search.analysis.learning import learn
from search.models import LearntLexicon
from search.records import SearchRecord, sources

_lock = threading.Lock()


def _public_records() -> Iterator[SearchRecord]:
    public = audiences_of(AnonymousUser())
    for source in sources.values():
        for pk in source.all_pks():
            yield from (record for record in source.records_for(pk) if record.audience in public)


def public_texts() -> Iterator[str]:
    """Every text that anybody may read. Nothing else teaches: a private word would show in how others' words part."""
    for record in _public_records():
        yield record.title
        yield record.body


def public_titles() -> Iterator[str]:
    """The title of every text and part of one that anybody may read."""
    return (record.title for record in _public_records() if record.title)


def learn_anew() -> Analyzer:
    """Learn from the public text of now; what was learnt is in the database before an index names it."""
    taught = tuple(learn(public_texts()))
    with using(analyzer_of(taught)):
        lines = (*taught, *phrases.learn(public_titles()))
    digest = shipped().extended(lines).digest
    if digest:
        LearntLexicon.objects.get_or_create(digest=digest, defaults={"lines": "\n".join(lines)})
    return analyzer_of(lines)


def is_held() -> bool:
    """Whether the lexicon that the serving index names is there."""
    digest = engines.current().lexicon()
    return not digest or LearntLexicon.objects.filter(digest=digest).exists()


def forget_others(digest: str) -> None:
    """Drop what no index names any more."""
    LearntLexicon.objects.exclude(digest=digest).delete()


def serve_index() -> str:
    """Let this process analyse as the serving index was analysed; its digest. Cheap when nothing changed."""
    digest = engines.current().lexicon()
    if analysis.current().lexicon.digest == digest:
        return digest
    with _lock:
        held = LearntLexicon.objects.filter(digest=digest).first() if digest else None
        analysis.serve(analyzer_of(tuple(held.lines.splitlines())) if held else None)
    return digest
