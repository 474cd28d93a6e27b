"""Sorting by the Persian alphabet, where code points put پ چ ژ گ after all the rest."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
LATIN_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER_INITIAL = "#"

_Item = TypeVar("_Item")

# Letters that sort with another: Arabic forms and those that carry a hamza.
_SAME_PLACE = str.maketrans(
    {
        "ي": "ی",
        "ى": "ی",
        "ئ": "ی",
        "ك": "ک",
        "أ": "ا",
        "إ": "ا",
        "ٱ": "ا",
        "ء": "ا",
        "ؤ": "و",
        "ة": "ه",
        "ۀ": "ه",
    }
)
_PRIMARY = {" ": "\x01"}
_PRIMARY |= {digit: chr(0x10 + value) for value, digit in enumerate("0123456789")}
_PRIMARY |= {digit: chr(0x10 + value) for value, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")}
_PRIMARY |= {digit: chr(0x10 + value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")}
_PRIMARY |= {letter: chr(0x30 + place) for place, letter in enumerate(ALPHABET)}
_PRIMARY |= {letter: chr(0x60 + place) for place, letter in enumerate(LATIN_ALPHABET.lower())}


def _letters(text: str) -> str:
    """Compose «آ», fold the letters that share a place, drop marks, ZWNJ and punctuation."""
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_SAME_PLACE)
    return "".join(char for char in composed if char in _PRIMARY)


def sort_key(text: str) -> str:
    """Return a key that sorts texts as a Persian reader expects, usable in memory and in a column.

    Spaces come first, then digits, then آ ا ب پ … ی, then Latin. ZWNJ and marks do not count, but
    break a tie so that the order is always the same.
    """
    return "".join(_PRIMARY[char] for char in _letters(text)) + "\x00" + text


def initial(text: str) -> str:
    """Return the letter under which an index lists a text: «پ», "N", or "#" for anything else."""
    for char in _letters(text):
        if char in ALPHABET:
            return char
        if char.isascii() and char.isalpha():
            return char.upper()
        if char != " ":
            break
    return OTHER_INITIAL


def grouped_by_initial(
    items: Iterable[_Item], name: Callable[[_Item], str]
) -> list[tuple[str, Sequence[_Item]]]:
    """Return (letter, items) pairs in alphabetical order, each group sorted, for ا–ی indexes."""
    groups: dict[str, list[_Item]] = {}
    for item in sorted(items, key=lambda each: sort_key(name(each))):
        groups.setdefault(initial(name(item)), []).append(item)
    return list(groups.items())
