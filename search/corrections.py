"""A query that found nothing, read in another way: typed on the other keyboard, or with a letter wrong.

Whatever is offered was found just now by the same reader's own search, word by word: a correction never tells of a
word that stands only in what he may not read, nor does its absence.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product

from search.analysis import analyze, current, fold, key
from search.analysis.keyboard import swapped
from search.engines.base import Candidate
from search.query import Query

#: Words of a query that are looked at, and ways of writing one that are tried.
MOST_WORDS, MOST_WAYS = 3, 6
#: A question longer than this shows its weaker matches: one wrong word among many hides little.
LONGEST = 6
_LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
#: Letters that sound alike: who errs in one word errs among these, at times twice.
_ALIKE = ("زذضظ", "سصث", "تط", "هح", "قغ", "اع")
_SAME_SOUND = {letter: group for group in _ALIKE for letter in group}

#: The best hit of a text for the reader, if it finds anything well enough.
Look = Callable[[str], Candidate | None]


@dataclass(frozen=True, slots=True)
class Other:
    """Another reading of a query; `sure` when it is shown at once, in its place."""

    text: str
    sure: bool


def _one_off(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in _LETTERS)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in _LETTERS)


def _alike(word: str) -> Iterator[str]:
    choices = [_SAME_SOUND.get(letter, letter) for letter in word]
    return islice(("".join(way) for way in product(*choices)), 2000)


def ways(word: str) -> list[str]:
    """Words of the lexicon that a folded word may have been meant for, the likeliest first."""
    lexicon = current().lexicon
    if not 3 <= len(word) <= 20 or not word.isalpha():
        return []
    found: dict[str, int] = {}
    for bonus, variants in ((12, _alike(word)), (0, _one_off(word))):
        for variant in variants:
            known = lexicon.is_common(variant) or variant in lexicon.compounds
            if known and variant != word and variant not in found:
                found[variant] = bonus + (lexicon.weight(variant) or 15)
    return sorted(found, key=lambda variant: (-found[variant], variant))[:MOST_WAYS]


def _as_written(wanted: str, candidate: Candidate) -> str:
    """A key as the found text writes it: «آیین‌نامه» rather than «ایین نامه»."""
    length = len(wanted.split())
    for text in (candidate.meta["object_title"], candidate.meta["title"], candidate.body):
        tokens = analyze(text)
        for at in range(len(tokens) - length + 1):
            run = tokens[at : at + length]
            if " ".join(token.key for token in run) == wanted:
                return str(text[run[0].start : run[-1].end]).strip()
    return ""


def corrected(query: Query, look: Look) -> str:
    """The query with the words that find nothing put right; empty when that cannot be done."""
    text = query.text
    if query.fields or query.without or len(query.clauses) > LONGEST:
        return ""
    looked = 0
    for clause in query.clauses:
        written = clause.concepts[0].written
        if clause.required or len(clause.concepts) > 1 or not written or looked >= MOST_WORDS:
            continue
        if look(written) is not None:
            continue
        looked += 1
        for way in ways(fold(written)):
            hit = look(way)
            shown = _as_written(key(way), hit) if hit is not None else ""
            if shown:
                text = text.replace(written, shown, 1)
                break
    return text if text != query.text else ""


def other(query: Query, look: Look) -> Other | None:
    """How else a query that found nothing may be read, so that it finds something."""
    if not query.fields:
        for text in swapped(query.text):
            if look(text) is not None:
                return Other(text, sure=True)
    text = corrected(query, look)
    return Other(text, sure=False) if text and look(text) is not None else None
