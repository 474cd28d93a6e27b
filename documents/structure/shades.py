"""A line folded for matching: Persian letters, ASCII digits, plain spaces and dashes, no marks.

What patterns find in a shade can be cut out of the line itself, which is never changed.
"""

import re
import unicodedata
from dataclasses import dataclass

_FOLD = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ﻱ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "ئ": "ی", "أ": "ا", "إ": "ا",
        **dict(zip("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2, strict=True)),
        **dict.fromkeys("–—‒―−‐‑ـ¬\u00ad", "-"),
        **dict.fromkeys("\u00a0\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff", " "),
        **dict.fromkeys("\u2066\u2067\u2068\u2069\u061c\u200b", " "),
        **dict.fromkeys("\t\u2009\u202f\u2002\u2003", " "),
        "﴿": "(", "﴾": ")", "（": "(", "）": ")", "：": ":", "﹕": ":",
    }
)  # fmt: skip
_UNMARKED = {**_FOLD, **str.maketrans(dict.fromkeys("*_\\#", " "))}
#: Marks over letters, and kashida that stretches a word (elsewhere it is a dash).
_DROPPED = re.compile(
    r"[\u064b-\u0655\u0670]|(?<=[\u0621-\u063a\u0641-\u06cc])(?<!تبصره)(?<!الف)ـ+(?=[\u0621-\u063a\u0641-\u06cc])"
)
_PRESENTED = re.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]")


def shadow(text: str) -> str:
    """The text folded character for character."""
    return text.translate(_FOLD)


def unmarked(raw: str) -> str:
    """The shadow of a raw line, its light markup as spaces: still character for character."""
    return raw.translate(_UNMARKED)


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its shade; `places` leads back from a place in the shade to one in the text (None: the same)."""

    text: str
    shade: str
    places: list[int] | None = None

    def cut(self, start: int, end: int | None = None) -> str:
        """What stands in the line where the shade has `start` to `end`."""
        if self.places is None:
            return self.text[start:end]
        return self.text[self.places[start] : None if end is None else self.places[end]]


def shaded(text: str) -> Line:
    """The line with its shade, also of words that are stretched, vocalised or in presentation forms."""
    if not _DROPPED.search(text) and not _PRESENTED.search(text):
        return Line(text, text.translate(_FOLD))
    dropped = {place for match in _DROPPED.finditer(text) for place in range(*match.span())}
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if place in dropped:
            continue
        folded = unicodedata.normalize("NFKC", letter) if _PRESENTED.match(letter) else letter
        for each in folded.translate(_FOLD):
            letters.append(each)
            places.append(place)
    places.append(len(text))
    return Line(text, "".join(letters), places)
