"""Numbers as Persian official texts write them: digits of three kinds, cardinal and ordinal words.

Patterns here are for *shades* (see `shades`): Persian letters, ASCII digits, no marks, plain spaces.
"""

import re

_DIGITS = {ord(digit): str(i) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for i, digit in enumerate(digits)}
_MARKS = dict.fromkeys(map(ord, "ًٌٍَُِّْٰـ"))
_SPACES = dict.fromkeys(map(ord, "\u200c\u200d\u200e\u200f\u00a0"), " ")
_LETTERS = {ord("ي"): "ی", ord("ى"): "ی", ord("ك"): "ک", ord("أ"): "ا", ord("آ"): "ا"}

UNITS = {"یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9}
TEENS = {
    "ده": 10, "یازده": 11, "دوازده": 12, "سیزده": 13, "چهارده": 14, "پانزده": 15,
    "شانزده": 16, "هفده": 17, "هجده": 18, "هیجده": 18, "نوزده": 19,
}  # fmt: skip
TENS = {"بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70, "هشتاد": 80, "نود": 90}
_HUNDREDS = {
    "صد": 100, "یکصد": 100, "یک صد": 100, "دویست": 200, "سیصد": 300, "چهارصد": 400, "پانصد": 500,
    "ششصد": 600, "هفتصد": 700, "هشتصد": 800, "نهصد": 900,
}  # fmt: skip
CARDINALS = {**UNITS, **TEENS, **TENS, **_HUNDREDS}
#: «سهم» is a share and «سیم» a wire, never a number.
ORDINALS = {
    **{word + "م": value for word, value in CARDINALS.items() if word not in {"سه", "سی"}},
    "اول": 1, "نخست": 1, "نخستین": 1, "سوم": 3, "سی ام": 30, "سیام": 30, "سی‌ام": 30,
}  # fmt: skip


def _alternation(words: dict[str, int]) -> str:
    longest_first = sorted((word for word in words if "\u200c" not in word), key=len, reverse=True)
    return "|".join(word.replace(" ", " ?") for word in longest_first)


_AND = r" ?و ?"
_CARDINAL = rf"(?:(?:{_alternation(CARDINALS)})(?:{_AND}(?:{_alternation(CARDINALS)})){{0,2}})"
_ORDINAL = rf"(?:(?:(?:{_alternation(CARDINALS)}){_AND}){{0,2}}(?:{_alternation(ORDINALS)}))"
#: A number in words in a shade, to be followed by something that is no letter.
ORDINAL = rf"{_ORDINAL}(?!\w)"
CARDINAL = rf"{_CARDINAL}(?!\w)"


def to_ascii_digits(text: str) -> str:
    """The text with Persian and Arabic digits as ASCII ones, character for character."""
    return text.translate(_DIGITS)


def number_value(text: str) -> int | None:
    """The value of a number in digits or words, or None where it is none.

    >>> number_value("۱۲"), number_value("بیست و یکم"), number_value("الف")
    (12, 21, None)
    """
    plain = " ".join(to_ascii_digits(text).translate({**_MARKS, **_SPACES, **_LETTERS}).split())
    if plain.isascii() and plain.isdigit():
        return int(plain[:9])
    if plain in ORDINALS:
        return ORDINALS[plain]
    if plain in CARDINALS:
        return CARDINALS[plain]
    total = 0
    for part in re.split(r" ?(?<!\w)و(?!\w) ?", plain):
        value = CARDINALS.get(part, ORDINALS.get(part))
        if value is None:
            return None
        total += value
    return total or None
