"""Function words that are written in one with the word after or before them: «ازطریق», «بمنظور», «کسانیکه», «آنرا»."""

from typing import Protocol

from search.analysis.lexicon import STOP_WORDS, Lexicon

_BEFORE = ("به", "در", "از", "با", "بر", "این", "ان", "هر", "هیچ", "ب", "و")
_AFTER = ("که", "را")
#: How common the other word must be, in bits of frequency.
_COMMON = 18


class _Morphology(Protocol):
    """What is asked of the rules of words."""

    lexicon: Lexicon

    def base(self, word: str, /) -> str:
        """The word without its inflection."""
        ...

    def is_good(self, word: str) -> bool:
        """Whether it is a common word, inflected or not."""
        ...

    def parts_of(self, stem: str) -> tuple[str, ...] | None:
        """The words that a base is made of."""
        ...


class FunctionWords:
    """The rules over one morphology."""

    def __init__(self, morphology: _Morphology) -> None:
        self._morphology = morphology

    def parts_of(self, stem: str) -> tuple[str, ...] | None:
        """The parts of a word that is in no list, if a function word and a common one make it; else None."""
        lexicon = self._morphology.lexicon
        if len(stem) < 4 or lexicon.is_known(stem):
            return None
        if stem[0] == "ب" and stem[1:] in lexicon.verbs:  # «برسند»
            return None
        for before in _BEFORE:
            rest = stem.removeprefix(before)
            if rest != stem and len(rest) > 2 and self._is_very_common(rest):
                return (before, rest)
        for after in _AFTER:
            rest = stem.removesuffix(after)
            if rest != stem and (rest in STOP_WORDS or (after == "که" and self._is_clause(rest))):
                return (rest, after)
        return None

    def _is_clause(self, word: str) -> bool:
        """What goes before «که»: «زمانی», «درصورتی»."""
        morphology = self._morphology
        return (
            len(word) > 3
            and word.endswith("ی")
            and (morphology.is_good(word) or morphology.parts_of(word) is not None)
        )

    def _is_very_common(self, word: str) -> bool:
        weight = self._morphology.lexicon.weight
        return max(weight(word), weight(self._morphology.base(word))) >= _COMMON
