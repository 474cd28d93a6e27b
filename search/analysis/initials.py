"""Initials as they are spoken: «آی‌بی‌ام», «آی بی ام» and «آیبیام» are one word."""

import re

from search.analysis.folding import fold
from search.analysis.lexicon import word_set

#: What the Latin letters are called, folded.
LETTERS = frozenset(map(fold, word_set("letters")))
#: Fewer may be words by chance: «بی او», «سی‌دی».
FEWEST = 3
_NAMES = "|".join(sorted(LETTERS, key=lambda name: (-len(name), name)))
_GLUED = re.compile(f"(?:{_NAMES}){{{FEWEST},8}}")


def are_initials(pieces: list[str]) -> bool:
    """Whether these folded pieces of a word, or several words, are letters' names. «سی‌ام دی» is a date."""
    return len(pieces) >= FEWEST and LETTERS.issuperset(pieces) and pieces[:2] != ["سی", "ام"]


def is_of_initials(glued: str) -> bool:
    """Whether a folded word reads as letters' names; ask only of one that is in no list."""
    return _GLUED.fullmatch(glued) is not None
