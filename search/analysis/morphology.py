"""A glued, folded word to its parts and their bases: light inflection off, compounds apart.

`segment` gives positions, so that what is marked on the page is what was written. Everything here works on the
glued word alone: that is why «سازمان‌های», «سازمانهای» and «سازمان های» meet.
"""

import re
from functools import lru_cache

from search.analysis.lexicon import Lexicon, shipped, word_set

#: Affixes that stand alone when a ZWNJ or a space was typed.
SUFFIXES = word_set("suffixes")
PREFIXES = frozenset({"می", "نمی", "همی"})
#: Second parts that make compounds freely, whether or not the list has the whole.
ENDINGS = word_set("endings")
_PLURAL = re.compile("(?:ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان)$")
_COMPARED = re.compile("(?:ترین|تر|تری|ترینها|ترها)$")
#: «برمی‌گردد»: a verb's prefix glued to its «می».
VERB_PREFIX = re.compile("(?:بر|در|باز|فرو|فرا|وا|ور)ن?می")
_VERB = re.compile("^(بر|در|باز|فرو|فرا|وا|ور)?(ن?می)(.{2,})$")
#: First parts of two letters that a word may be parted after.
_SHORT_FIRST = frozenset({"به", "کم", "پر", "بی", "هم", "ضد", "تک", "نو", "دو", "سه"})
_CLITIC = re.compile("(?:شان|مان|تان|اش|ش)$")


def _split_plural(word: str, lexicon: Lexicon) -> str | None:
    """The base of «…ها…»; «منطقهای» is منطقه + ای, «سازمانهای» سازمان + های: the commoner base wins."""
    match = _PLURAL.search(word)
    if match is None or match.start() < 2:
        return None
    base = word[: match.start()]
    weight = lexicon.weight(base)
    for ending in ("ای", "ام", "اش", "ات", "اند"):
        rival = word.removesuffix(ending)
        if rival != word and rival.endswith("ه") and lexicon.weight(rival) > max(weight, 10):
            return rival
    if lexicon.is_common(word) and lexicon.weight(word) >= weight - 6:
        return None  # تنها، بها، انتها
    if weight > 0 or lexicon.is_known(base) or base in lexicon.compounds or len(base) > 3:
        return base
    return None


def _split_after_he(word: str, lexicon: Lexicon) -> str | None:
    """The base of a word in ه with an ending glued to it: «نشریهی», «گفتهاند», «نمایندهگان»."""
    for ending in ("ای", "اند", "ام", "اش", "ی", "گی", "گان"):
        base = word.removesuffix(ending)
        if base != word and base.endswith("ه") and lexicon.is_common(base) and not lexicon.is_common(word):
            return base
    return None


def _split_light(word: str, lexicon: Lexicon) -> str | None:
    """The base under a comparative, a human plural, a clitic or an indefinite ی; only of known bases."""
    match = _COMPARED.search(word)
    if (
        match
        and match.start() > 1
        and lexicon.is_common(word[: match.start()])
        and not lexicon.is_common(word)
    ):
        return word[: match.start()]
    return lexicon.plurals.get(word) or _split_ending(word, lexicon)


def _split_ending(word: str, lexicon: Lexicon) -> str | None:
    if word.endswith("ان") and word[:-2] in ENDINGS and len(word) > 5:
        return word[:-2]  # «دانش آموزان»
    if lexicon.is_common(word) or word in lexicon.verbs:
        return None
    for ending, instead in (("گان", "ه"), ("ان", ""), ("ی", ""), ("ان", "ی")):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        single = stem + instead
        if lexicon.is_common(single) or single in ENDINGS or single in lexicon.compounds:
            return single
    match = _CLITIC.search(word)
    if match and match.start() > 2 and lexicon.is_common(word[: match.start()]):
        return word[: match.start()]
    return None


@lru_cache(maxsize=200_000)
def base(word: str) -> str:
    """The word without its light inflection; idempotent."""
    lexicon = shipped()
    for _ in range(4):
        if len(word) < 3:
            return word
        match = _VERB.match(word)
        if match and match[3] in lexicon.verbs and not lexicon.is_common(word):
            word = match[3]
            continue
        shorter = None
        if word not in lexicon.compounds and word not in lexicon.joined:
            shorter = (
                _split_plural(word, lexicon) or _split_after_he(word, lexicon) or _split_light(word, lexicon)
            )
        if shorter is None or shorter == word:
            return word
        word = shorter
    return word


def split_unknown(word: str, lexicon: Lexicon) -> int | None:
    """Where to part a word that is in no list, if two common words make it: «مردمنهاد» after «مردم»."""
    best, place = 0, None
    if word.startswith("ال"):  # المللی، الامکان: the second half of an Arabic phrase
        return None
    for at in range(2, len(word) - 1):
        first, second = word[:at], word[at:]
        if second in ENDINGS or (len(second) > 4 and base(second) in ENDINGS):
            weight = lexicon.weight(first) + 22 + len(second)
            if len(first) < 3 or not lexicon.is_common(first):
                continue
        elif first in _SHORT_FIRST and len(second) > 2 and lexicon.is_common(second):
            weight = lexicon.weight(second) + 14
        elif len(first) > 2 and len(second) > 2 and lexicon.is_common(first):
            if not lexicon.is_common(second):
                continue
            weight = min(lexicon.weight(first), 24) + min(lexicon.weight(second), 24)
            if weight < 32:
                continue
        else:
            continue
        if weight > best:
            best, place = weight, at
    return place


@lru_cache(maxsize=200_000)
def segment(glued: str) -> tuple[tuple[str, int], ...]:
    """Parts of a glued, folded word as (key, where it begins in it)."""
    lexicon = shipped()
    stem = base(glued)
    parts = lexicon.compounds.get(stem)
    if parts is None and len(stem) > 5 and not lexicon.is_known(stem):
        place = split_unknown(stem, lexicon)
        if place is not None:
            parts = (stem[:place], stem[place:])
    if parts is None:
        return ((stem, 0),)
    found: list[tuple[str, int]] = []
    start = max(glued.find(stem), 0)
    for part in parts:
        start = max(glued.find(part, start), start)
        found.append((base(part), min(start, len(glued) - 1)))
        start += len(part)
    return tuple(found)


@lru_cache(maxsize=200_000)
def should_join(first: str, second: str) -> str | None:
    """The one word that two words written apart make, if they do so oftener than by chance: «ساز مان»."""
    lexicon = shipped()
    glued = base(first + second)
    if not glued.startswith(first) or glued == first:
        return None
    weight = lexicon.words.get(glued, 0) or lexicon.joined.get(glued, 0)
    if weight < 11 or len(first) < 2 or len(second) < 2 or glued in lexicon.compounds:
        return None
    by_chance = lexicon.weight(first) + lexicon.weight(base(second)) - 35
    if weight < by_chance + 3:
        return None
    return glued
