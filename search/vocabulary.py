"""Synonyms and pinned answers as a search uses them: read from the database once a change, kept in memory between.

Nothing here is imported from `search.models` at the top: the models themselves check their input with `terms_of`.
"""

import re
import threading
import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from wagtail.models import Page

from intranet.access.queries import visible_to
from intranet.prepared import Prepared
from search.analysis import current as current_analysis
from search.analysis import key
from search.query import Clause, Concept, Query, Widening

#: A synonym of more words is a sentence.
LONGEST_TERM = 6
_BETWEEN = re.compile(r"[\n=،,؛;|]+")


def terms_of(text: str) -> list[str]:
    """The terms of a group as they were written, each once."""
    return list(dict.fromkeys(term for part in _BETWEEN.split(text) if (term := part.strip())))


def lines_of(text: str) -> list[str]:
    """The lines of a text, each once, without empty ones."""
    return list(dict.fromkeys(line for part in text.splitlines() if (line := part.strip())))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`synonyms`: the keys of a term to the keys of the others of its group. `pins`: a question's key to pages."""

    version: str = ""
    lexicon: str = ""
    synonyms: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    pins: dict[str, tuple[int, ...]] = field(default_factory=dict)
    longest: int = 0


_lock = threading.Lock()
_held = Vocabulary()


def _groups(texts: list[str]) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    synonyms: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for text in texts:
        group = dict.fromkeys(tuple(key(term).split()) for term in terms_of(text))
        for term in group:
            if term:
                others = tuple(other for other in group if other and other != term)
                synonyms[term] = tuple(dict.fromkeys((*synonyms.get(term, ()), *others)))
    return synonyms


def _read(version: str) -> Vocabulary:
    from search.models import PinnedAnswer, Synonym

    synonyms = _groups(list(Synonym.objects.order_by("pk").values_list("terms", flat=True)))
    pins: dict[str, tuple[int, ...]] = {}
    for answer in PinnedAnswer.objects.order_by("pk").prefetch_related("pages"):
        pages = tuple(dict.fromkeys(pinned.page_id for pinned in answer.pages.all()))
        for line in lines_of(answer.questions):
            pins.setdefault(key(line), pages)
    return Vocabulary(
        version, current_analysis().lexicon.digest, synonyms, pins, max(map(len, synonyms), default=0)
    )


def _versions() -> Any:
    from search.models import VocabularyState

    return VocabularyState.objects.order_by("pk").values_list("version")[:1]


_version = Prepared(_versions)


def current() -> Vocabulary:
    """The vocabulary as it stands in the database now; one small query."""
    global _held  # noqa: PLW0603  (one for the process, replaced whole)
    found = _version.rows()
    version = found[0][0] if found else ""
    held = _held
    lexicon = current_analysis().lexicon.digest
    if held.version == version and (held.lexicon == lexicon or not version):
        return held
    with _lock:
        _held = _read(version) if version else Vocabulary()
        return _held


def widen(query: Query, vocabulary: Vocabulary | None = None) -> Query:
    """The query with the synonyms of its words, and of phrases that stand in it; exact words keep their weight."""
    vocabulary = vocabulary or current()
    if not vocabulary.synonyms or not query.clauses:
        return query
    clauses = list(query.clauses)
    widened: list[Widening] = []
    index = 0
    while index < len(clauses):
        run, others = _longest(clauses, index, vocabulary)
        if others:
            concepts = tuple(Concept(other, " ".join(other)) for other in others)
            keys = tuple(key for clause in clauses[index : index + run] for key in clause.concepts[0].keys)
            widened += [Widening(concept, keys) for concept in concepts]
            for place in range(index, index + run):
                clauses[place] = replace(clauses[place], synonyms=concepts)
        index += run
    return replace(query, clauses=tuple(clauses), widened=tuple(widened)) if widened else query


def _longest(
    clauses: list[Clause], start: int, vocabulary: Vocabulary
) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """How many clauses from `start` make the longest term that has synonyms (one when none does), and these."""
    keys: tuple[str, ...] = ()
    best: tuple[int, tuple[tuple[str, ...], ...]] = (1, ())
    for place in range(start, len(clauses)):
        clause = clauses[place]
        if clause.required or len(clause.concepts) > 1:
            break
        keys += clause.concepts[0].keys
        if len(keys) > vocabulary.longest:
            break
        if others := vocabulary.synonyms.get(keys):
            best = (place - start + 1, others)
    return best


def changed(**_: Any) -> None:
    """A synonym or a pinned answer was saved or deleted: let every process read them again."""
    from search.models import VocabularyState

    VocabularyState.objects.update_or_create(pk=1, defaults={"version": uuid.uuid4().hex})


def pinned(text: str, user: Any, vocabulary: Vocabulary | None = None) -> list[Page]:
    """The pages that editors put at the top for this question, those that `user` may see."""
    pins = (vocabulary or current()).pins
    numbers = pins.get(key(text), ()) if pins else ()
    if not numbers:
        return []
    pages = visible_to(Page.objects.filter(pk__in=numbers, live=True), user).in_bulk()
    return [pages[number] for number in numbers if number in pages]
