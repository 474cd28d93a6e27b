"""What differs between two wordings, word by word. Plain Python."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from documents.structure.shades import shaded

#: Words compared at once: beyond it (a text that was never split into provisions) whole lines are compared.
_MOST = 4_000_000
_WORDS = re.compile(r"\S+\s*|\s+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class Piece(NamedTuple):
    """A run of words; `kind` is `same`, `out` (only in the old wording) or `in` (only in the new)."""

    kind: str
    text: str

    @property
    def words(self) -> str:
        """The text without the space behind it."""
        return self.text.rstrip()

    @property
    def space(self) -> str:
        """The space behind the words."""
        return self.text[len(self.words) :]


def redline(old: str, new: str) -> list[Piece]:
    """The words of both wordings in order: those taken out before those put in their place.

    Words that differ only in the forms of letters and digits or in spaces are the same; the new wording is shown.
    Joined, the pieces that are not `out` give `new`.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) * len(after) > _MOST:
        before, after = _LINES.findall(old), _LINES.findall(new)
    matcher = SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(after[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(Piece("out", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("in", "".join(after[j1:j2])))
    return pieces


def _keys(words: list[str]) -> list[str]:
    return ["".join(shaded(word).shade.split()) for word in words]
