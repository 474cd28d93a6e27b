"""A glued, folded word to its parts and their bases: light inflection off, compounds apart.

`segment` gives positions, so that what is marked on the page is what was written. Everything here works on the
glued word alone: that is why «سازمان‌های», «سازمانهای» and «سازمان های» meet.
"""

import re
from functools import lru_cache

from search.analysis.function_words import FunctionWords
from search.analysis.initials import is_of_initials
from search.analysis.lexicon import STOP_WORDS, Lexicon, word_set

#: Affixes that stand alone when a ZWNJ or a space was typed.
SUFFIXES = word_set("suffixes")
PREFIXES = frozenset({"می", "نمی", "همی"})
#: Second parts that make compounds freely, whether or not the list has the whole.
ENDINGS = word_set("endings")
_LONG_ENDINGS = tuple(sorted(ending for ending in ENDINGS if len(ending) > 3 and ending.endswith("ی")))
_PLURAL = re.compile("(?:ها|های|هایی|هایم|هایت|هایش|هایمان|هایتان|هایشان)$")
_COMPARED = re.compile("(?:ترین|تر|تری|ترینها|ترها)$")
_AFTER_HE = ("ای", "اند", "ام", "ایم", "اید", "اش", "اید", "ایی", "ی", "گی", "گان", "ست", "است")
#: «برمی‌گردد»: a verb's prefix glued to its «می».
VERB_PREFIX = re.compile("(?:بر|در|باز|فرو|فرا|وا|ور)ن?می")
_VERB = re.compile("^(بر|در|باز|فرو|فرا|وا|ور)?(ن?می)(.{2,})$")
#: First parts of two letters that a word may be parted after.
_SHORT_FIRST = frozenset({"به", "کم", "پر", "بی", "هم", "ضد", "تک", "نو", "دو", "سه"})
#: Particles that say nothing by themselves: with a blank after them they still make one word of the list.
_BOUND = frozenset({"بی", "نا", "غیر", "ضد", "ابر", "فرا", "فوق", "ذی", "نیم", "عام", "بین", "علی", "هم"})
#: Prepositions: «به‌کار» is «کار» after one, however it is written.
_FREE = ("به",)
#: How common a verb's form counts, of which the list says nothing.
_VERB_WEIGHT = 16
#: In bits of frequency: «حرفهای» is حرفه‌ای rather than حرف‌های when both are about as common; both, for the index.
NEAR_TIE, DOUBTFUL = 1, 4
_CLITIC = re.compile("(?:شان|مان|تان|اش|ش)$")


class Morphology:
    """The rules over one lexicon, with what they found kept."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._beside = FunctionWords(self)
        self.base = lru_cache(maxsize=200_000)(self._base)
        self.segment = lru_cache(maxsize=200_000)(self._segment)
        self.pairs = self._joining()
        self.halves = frozenset((first, second) for first, found in self.pairs.items() for second in found)
        self.seconds = frozenset(second for seconds in self.pairs.values() for second in seconds)

    # --- bases -----------------------------------------------------------------------------------------
    def _base(self, word: str) -> str:
        """The word without its light inflection; idempotent."""
        lexicon = self.lexicon
        for _ in range(4):
            if len(word) < 3:
                return word
            match = _VERB.match(word)
            if match and match[3] in lexicon.verbs and not self._is_listed(word):
                word = match[3]
                continue
            shorter = None
            if word not in lexicon.compounds and word not in lexicon.joined:
                shorter = self._split_plural(word) or self._split_after_he(word) or self._split_light(word)
            if shorter is None or shorter == word:
                return word
            word = shorter
        return word

    def _is_listed(self, word: str) -> bool:
        return self.lexicon.is_common(word) or word in self.lexicon.compounds

    def _split_plural(self, word: str) -> str | None:
        """The base of «…ها…»; «منطقهای» is منطقه + ای, «سازمانهای» سازمان + های: the commoner base wins.

        What was learnt of a site's text goes before what is common in the language.
        """
        lexicon = self.lexicon
        match = _PLURAL.search(word)
        if match is None or match.start() < 2:
            return None
        base = word[: match.start()]
        weight = lexicon.weight(base)
        rival = self.rival_of_plural(word)
        if rival is not None:
            learnt = lexicon.readings.get(word)
            if learnt is not None:
                return learnt
            if lexicon.weight(rival) >= max(weight - NEAR_TIE, 11) or (
                weight == 0 and self._is_made_of_known(rival, base)
            ):
                return rival
        if lexicon.is_common(word) and lexicon.weight(word) >= weight - 6:
            return None  # تنها، بها، انتها
        if weight > 0 or lexicon.is_known(base) or base in lexicon.compounds or len(base) > 2:
            return base
        return None

    def _is_made_of_known(self, rival: str, base: str) -> bool:
        """«بینقاره» parts into known words where «بینقار» does not."""
        return (
            rival in self.lexicon.compounds or (len(rival) > 5 and self.split_unknown(rival) is not None)
        ) and not (base in self.lexicon.compounds or self.split_unknown(base) is not None)

    def rival_of_plural(self, word: str) -> str | None:
        """The other reading of a word in «…های»: «حرفهای» is حرف‌های or حرفه‌ای. None when there is but one."""
        for ending in ("ای", "ام", "اش", "ات", "اند", "ایم"):
            rival = word.removesuffix(ending)
            if rival != word and rival.endswith("ه"):
                return rival
        return None

    def _split_after_he(self, word: str) -> str | None:
        """The base of a word in ه with an ending glued to it: «نشریهی», «گفتهاند», «نمایندهگان»."""
        lexicon = self.lexicon
        if lexicon.is_common(word):
            return None
        for ending in _AFTER_HE:
            base = word.removesuffix(ending)
            if base == word or not base.endswith("ه") or len(base) < 3:
                continue
            if lexicon.is_common(base) or (not lexicon.is_known(word) and self._is_participle(base)):
                return base
        return None

    def _is_participle(self, word: str) -> bool:
        return word in self.lexicon.words or (len(word) > 3 and word[:-1] in self.lexicon.verbs)

    def _split_light(self, word: str) -> str | None:
        """The base under a comparative, a human plural, a clitic or an indefinite ی; only of known bases."""
        lexicon = self.lexicon
        match = _COMPARED.search(word)
        if (
            match
            and match.start() > 1
            and not lexicon.is_common(word)
            and self.is_good(word[: match.start()])
        ):
            return word[: match.start()]
        return lexicon.plurals.get(word) or self._split_ending(word)

    def _split_ending(self, word: str) -> str | None:
        lexicon = self.lexicon
        if word.endswith("ان") and word[:-2] in ENDINGS and len(word) > 5:
            return word[:-2]  # «دانش آموزان»
        if lexicon.is_common(word) or word in lexicon.verbs:
            return None
        for ending, instead in (("گان", "ه"), ("ان", ""), ("ی", ""), ("ان", "ی")):
            stem = word.removesuffix(ending)
            if stem == word or len(stem) < 3:
                continue
            if ending == "ی" and self._ends_a_compound(word):
                continue
            single = stem + instead
            if lexicon.is_common(single) or single in ENDINGS or single in lexicon.compounds:
                return single
        match = _CLITIC.search(word)
        if match and match.start() > 2:
            stem = word[: match.start()]
            if lexicon.is_common(stem):
                return stem
            if match.end() - match.start() > 1 and not lexicon.is_known(word) and self._is_inflected(stem):
                return stem
        return None

    def _is_inflected(self, word: str) -> bool:
        """Whether a common word is under it: «دوستی», «فیلمهای»."""
        base = self.base(word)
        return base != word and self.lexicon.is_common(base)

    def _ends_a_compound(self, word: str) -> bool:
        """«توپ‌گیری»: its ی is the ending's own."""
        for ending in _LONG_ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) > 1:
                return self.is_good(word[: -len(ending)])
        return False

    def is_good(self, word: str) -> bool:
        """Whether it is a common word, inflected or not."""
        return self.lexicon.is_common(word) or self._is_inflected(word)

    # --- parts -----------------------------------------------------------------------------------------
    def split_unknown(self, word: str) -> int | None:
        """Where to part a word that is in no list, if two common words make it: «مردمنهاد» after «مردم»."""
        lexicon = self.lexicon
        best, place = 0, None
        if word.startswith("ال"):  # المللی، الامکان: the second half of an Arabic phrase
            return None
        for at in range(2, len(word) - 1):
            first, second = word[:at], word[at:]
            if second in ENDINGS or (len(second) > 4 and self.base(second) in ENDINGS):
                weight = lexicon.weight(first) + 22 + len(second)
                if not self.is_good(first) or (len(first) < 3 and (len(second) < 4 or weight < 46)):
                    continue
            elif first in _SHORT_FIRST and len(second) > 2 and lexicon.is_common(second):
                weight = lexicon.weight(second) + 14
            elif len(first) > 2 and len(second) > 2:
                one, other = self._weight_of_part(first), self._weight_of_part(second)
                weight = one + other
                if not one or not other or weight < 32:
                    continue
            else:
                continue
            if weight > best:
                best, place = weight, at
        return place

    def _weight_of_part(self, word: str) -> int:
        """How common half of a glued word is, inflected or not; 0 when it is no word in use."""
        lexicon = self.lexicon
        if lexicon.is_common(word):
            return min(lexicon.weight(word), 24)
        if len(word) > 3 and self._is_inflected(word):
            return min(lexicon.weight(self.base(word)), 24) - 2
        return _VERB_WEIGHT if len(word) > 3 and word in lexicon.verbs else 0

    def parts_of(self, stem: str) -> tuple[str, ...] | None:
        """The words that a base is made of; None for one word."""
        lexicon = self.lexicon
        parts = lexicon.compounds.get(stem)
        if parts is not None:
            return parts
        if stem in lexicon.joined:
            for free in _FREE:
                rest = stem.removeprefix(free)
                if rest != stem and len(rest) > 1:
                    if lexicon.is_known(rest) or self.is_good(rest):
                        return (free, rest)
                    if parts := self.parts_of(self.base(rest)):
                        return (free, *parts)
            return None
        if len(stem) > 5 and not lexicon.is_known(stem):
            place = self.split_unknown(stem)
            if place is not None:
                return (stem[:place], stem[place:])
        return self._beside.parts_of(stem)

    def _segment(self, glued: str) -> tuple[tuple[str, int], ...]:
        """Parts of a glued, folded word as (key, where it begins in it)."""
        stem = self.base(glued)
        if not self.lexicon.is_known(stem):
            for initials in (glued, stem):
                if is_of_initials(initials) and not self.lexicon.is_known(initials):
                    return ((initials, 0),)
        parts = self.parts_of(stem)
        if parts is None:
            return ((stem, 0),)
        found: list[tuple[str, int]] = []
        start = max(glued.find(stem), 0)
        for part in parts:
            start = max(glued.find(part, start), start)
            found.append((self.base(part), min(start, len(glued) - 1)))
            start += len(part)
        return tuple(found)

    def other_readings(self, glued: str) -> tuple[str, ...]:
        """Keys of a glued word that reads in two ways, beside the one that `segment` chose."""
        match = _PLURAL.search(glued)
        if match is None or match.start() < 2:
            return ()
        rival = self.rival_of_plural(glued)
        base = glued[: match.start()]
        lexicon = self.lexicon
        if rival is None or not (lexicon.is_common(rival) and lexicon.is_common(base)):
            return ()
        if abs(lexicon.weight(rival) - lexicon.weight(base)) > DOUBTFUL:
            return ()
        chosen = {key for key, _ in self.segment(glued)}
        found = (key for reading in (base, rival) for key, _ in self.segment(reading))
        return tuple(key for key in dict.fromkeys(found) if key not in chosen)

    # --- words that a blank broke ----------------------------------------------------------------------
    def _joining(self) -> dict[str, dict[str, str]]:
        """First half, second half → the one word: pairs that stand together oftener than by chance, «ساز مان»."""
        lexicon = self.lexicon
        pairs: dict[str, dict[str, str]] = {}
        for word, weight in (*lexicon.words.items(), *lexicon.joined.items()):
            is_joined = word in lexicon.joined
            if len(word) < 4 or (weight < 11 and not is_joined) or word in lexicon.compounds:
                continue
            for at in range(2, len(word) - 1):
                first, second = word[:at], word[at:]
                if (is_joined and first in _FREE) or (
                    second in STOP_WORDS and second not in SUFFIXES and lexicon.is_known(first)
                ):
                    continue
                by_chance = lexicon.weight(first) + lexicon.weight(second) - 35
                if weight >= max(11, by_chance + 3) or (is_joined and first in _BOUND):
                    pairs.setdefault(first, {})[second] = word
        for glued, parts in lexicon.compounds.items():
            at = glued.find("و" + parts[-1])
            if at > 1:  # «گفت وگو» is two words still
                pairs.setdefault(glued[:at], {})[glued[at:]] = glued
        return pairs

    def second_half(self, key: str, written: str) -> str:
        """How a word may be the second half of a broken one: as written, less its plural, or by its key; or empty."""
        if written in self.seconds:
            return written
        stem = _PLURAL.sub("", written)
        if stem in self.seconds:
            return stem
        return key if key in self.seconds else ""

    def joined(self, first: str, key: str, written: str) -> str | None:
        """The one word that a key and the word after it make."""
        seconds = self.pairs.get(first)
        return seconds.get(self.second_half(key, written)) if seconds else None
