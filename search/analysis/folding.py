"""Folding letters: one shape for every way of writing a letter, with the origin of each character kept."""

import re
import unicodedata
from functools import lru_cache

ZWNJ = "\u200c"

#: Letters that are written in several ways, to the one in keys. «ئ», «ؤ» and «أ» lose their hamza.
_LETTERS: dict[str, str] = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ئ": "ی", "ے": "ی",
    "ك": "ک", "ڪ": "ک", "ة": "ه", "ۀ": "ه", "ۂ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۃ": "ه",
    "ؤ": "و", "ۆ": "و", "ۇ": "و", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا", "ء": "",
    "ـ": "", "¬": "", "\u00ad": "", "ڤ": "و", "ݓ": "پ", "ڕ": "ر", "ڵ": "ل", "ٹ": "ت", "ڈ": "د", "ڑ": "ر",
}  # fmt: skip
_DIGITS = {chr(zero + value): str(value) for zero in (0x06F0, 0x0660, 0x0966, 0xFF10) for value in range(10)}
#: Words whose hamza sits on several letters: the folded variants, changed only by one letter, to one of them.
_HAMZA_WORDS = (
    (re.compile("مسیول"), 2, ""), (re.compile("سیوال"), 1, ""), (re.compile("مسیله"), 2, "ا"),
    (re.compile("مسیلت"), 2, "ا"), (re.compile("هییت"), 2, "ا"), (re.compile("جریت"), 2, "ا"),
    (re.compile("نشیت"), 2, "ا"), (re.compile("^شیون"), 1, ""), (re.compile("^ریوس"), 1, ""),
    (re.compile("^ریوف"), 1, ""), (re.compile("^میون"), 1, ""),
)  # fmt: skip
#: Asked first: hardly any word has one.
_ANY_HAMZA = re.compile("|".join(pattern.pattern for pattern, _, _ in _HAMZA_WORDS))


@lru_cache(maxsize=4096)
def fold_character(character: str) -> str:
    """What stands in keys for one character; empty for marks and invisible ones, at times several letters."""
    known = _LETTERS.get(character)
    if known is None:
        known = _DIGITS.get(character)
    if known is not None:
        return known
    if "a" <= character <= "z" or ("ا" <= character <= "ی" and character.isalpha()):
        return character
    decomposed = unicodedata.normalize("NFKD", character)
    if decomposed == character:
        return character.casefold() if character.isalnum() else ""
    return "".join(fold_character(part) for part in decomposed.replace(character, ""))


def fold_with_origins(written: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in `written` that it comes from."""
    letters: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(written):
        for letter in fold_character(character):
            if letter == "و" and letters and letters[-1] == "و":
                continue  # مسوول، داوود، طاووس
            letters.append(letter)
            origins.append(index)
    folded = "".join(letters)
    if "ی" in folded and _ANY_HAMZA.search(folded):
        for pattern, at, instead in _HAMZA_WORDS:
            match = pattern.search(folded)
            if match:
                place = match.start() + at
                folded = folded[:place] + instead + folded[place + 1 :]
                if not instead:
                    del origins[place]
    return folded, origins


class _Table(dict[int, str]):
    """What stands for each character, for `str.translate`; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        found = self[code] = fold_character(chr(code))
        return found


_TABLE = _Table()
_WAWS = re.compile("وو+")


def fold(text: str) -> str:
    """Letters and digits only, folded; everything else is left out. Never fails on any text."""
    folded = text.translate(_TABLE)
    if "وو" in folded:
        folded = _WAWS.sub("و", folded)
    if "ی" in folded and _ANY_HAMZA.search(folded):
        for pattern, at, instead in _HAMZA_WORDS:
            match = pattern.search(folded)
            if match:
                place = match.start() + at
                folded = folded[:place] + instead + folded[place + 1 :]
    return folded
