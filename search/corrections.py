"""A query read in another way: typed on the other keyboard, or with a letter wrong in one of its words.

Where nothing was found, every word may be the wrong one; where something was, only a word that no list knows. Words
are put right by the lexicon, names by the titles that the reader may see.

Whatever is offered was found just now by the same reader's own search, word by word: a correction never tells of a
word that stands only in what he may not read, nor does its absence.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from search.analysis import STOP, analyze, current, fold, key
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
_AROUND = "«»\"'()[]،؛:.!؟?-–—…"
_SAME_SOUND = {letter: group for group in _ALIKE for letter in group}

#: Fewer letters than these make Persian words of English ones by chance: «خب» stands on the keys of "of".
SHORTEST = 4

#: The best hit of a text for the reader, if it finds anything well enough.
Look = Callable[[str], Candidate | None]
#: What the reader may see whose own title has one of some folded words.
Entitled = Callable[[Collection[str]], list[Candidate]]


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
    for bonus, variants in ((12, set(_alike(word))), (0, set(_one_off(word)))):
        listed = variants & lexicon.words.keys() | variants & lexicon.joined.keys()
        compounds = variants & lexicon.compounds.keys()
        known = compounds.union(variant for variant in listed if lexicon.is_common(variant))
        for variant in known - {word, *found}:
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


def _name(word: str, entitled: Entitled) -> str:
    """A word of a title that a folded word may have been meant for, as it is written there: the likeliest."""
    if not SHORTEST <= len(word) <= 20 or not word.isalpha():
        return ""
    alike = set(_alike(word))
    near = {*alike, *_one_off(word)} - {word}
    counted: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for candidate in entitled(near):
        for written in candidate.meta["title"].split():
            folded = fold(written)
            if folded in near:
                counted[folded] += 1
                shown.setdefault(folded, written.strip(_AROUND))
    best = sorted(counted, key=lambda folded: (folded not in alike, -counted[folded], folded))
    return shown[best[0]] if best else ""


def _put_right(word: str, look: Look, entitled: Entitled) -> str:
    """Another word that the reader finds, as a text of his writes it; empty when there is none."""
    if name := _name(fold(word), entitled):
        return name
    for way in ways(fold(word)):
        hit = look(way)
        if hit is not None and (shown := _as_written(key(way), hit)):
            return shown
    return ""


def _is_doubtful(word: str) -> bool:
    """Whether no list knows the word, so that it may be a slip."""
    return _is_unlisted(word, current().lexicon.digest)


@lru_cache(maxsize=4096)
def _is_unlisted(word: str, _lexicon: str) -> bool:
    """Kept by the lexicon that was asked."""
    lexicon, folded = current().lexicon, fold(word)
    return (
        folded.isalpha()
        and not folded.isascii()
        and not lexicon.is_known(folded)
        and not any(each in lexicon.compounds or lexicon.is_known(each) for each in key(word).split())
    )


def corrected(query: Query, look: Look, entitled: Entitled, *, doubtful: bool = False) -> str:
    """The query with the words that find nothing put right; empty when that cannot be done.

    With `doubtful` only words that no list knows are looked at: something was found without them.
    """
    text = query.text
    if query.fields or query.without or (len(query.clauses) > LONGEST and not doubtful):
        return ""
    looked = 0
    for clause in query.clauses:
        written = clause.concepts[0].written
        if clause.required or len(clause.concepts) > 1 or not written or looked >= MOST_WORDS:
            continue
        if (doubtful and not _is_doubtful(written)) or look(written) is not None:
            continue
        looked += 1
        if shown := _put_right(written, look, entitled):
            text = text.replace(written, shown, 1)
    return text if text != query.text and look(text) is not None else ""


def other_keyboard(query: Query, look: Look) -> str:
    """What plainly was meant for the other keyboard, and is found.

    Latin letters that make known Persian words, or Persian letters that make no word of any list («هسخ» is "iso").
    """
    latin = query.text.isascii()
    if query.fields or not (latin or all(map(_is_doubtful, query.text.split()))):
        return ""
    for text in swapped(query.text):
        if (_is_known(text) or not latin) and look(text) is not None:
            return text
    return ""


def _is_known(text: str) -> bool:
    """Whether a text is Persian words in wide use, not all of them short."""
    telling = [token.key for token in analyze(text) if token.kind != STOP]
    known = all(current().lexicon.is_common(each) for each in telling if not each.isdecimal())
    return known and any(len(each) >= SHORTEST for each in telling)


def other(query: Query, look: Look, entitled: Entitled) -> Other | None:
    """How else a query that found nothing may be read, so that it finds something."""
    if not query.fields:
        for text in swapped(query.text):
            if look(text) is not None:
                return Other(text, sure=True)
    text = corrected(query, look, entitled)
    return Other(text, sure=False) if text else None


def doubt(query: Query, look: Look, entitled: Entitled) -> str:
    """What to offer above what was found: the other keyboard's reading, or a word put right; empty for nothing."""
    return other_keyboard(query, look) or corrected(query, look, entitled, doubtful=True)
