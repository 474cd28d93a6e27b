"""Numbers as Persian official texts write them: digits of three kinds, cardinal and ordinal words."""

import re

_DIGITS = {ord(digit): str(i) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩") for i, digit in enumerate(digits)}

_UNITS = {"یک": 1, "دو": 2, "سه": 3, "چهار": 4, "پنج": 5, "شش": 6, "هفت": 7, "هشت": 8, "نه": 9}
_TEENS = {
    "ده": 10, "یازده": 11, "دوازده": 12, "سیزده": 13, "چهارده": 14, "پانزده": 15,
    "شانزده": 16, "هفده": 17, "هجده": 18, "هیجده": 18, "نوزده": 19,
}  # fmt: skip
_TENS = {"بیست": 20, "سی": 30, "چهل": 40, "پنجاه": 50, "شصت": 60, "هفتاد": 70, "هشتاد": 80, "نود": 90}
_HUNDREDS = {"صد": 100, "یکصد": 100, "دویست": 200, "سیصد": 300}
CARDINALS = {**_UNITS, **_TEENS, **_TENS, **_HUNDREDS}
_IRREGULAR = {"اول": 1, "نخست": 1, "دوم": 2, "سوم": 3, "سی‌ام": 30, "سی ام": 30, "آخر": 0}
ORDINALS = {**{word + "م": value for word, value in CARDINALS.items()}, **_IRREGULAR}
del ORDINALS["آخر"], ORDINALS["دوم"]
ORDINALS["دوم"] = 2


def _alternation(words: dict[str, int]) -> str:
    return "|".join(sorted((re.escape(word).replace("\\ ", r"\s?") for word in words), key=len, reverse=True))


_AND = r"\s*و\s*"
_CARDINAL = rf"(?:(?:{_alternation(CARDINALS)})(?:{_AND}(?:{_alternation(CARDINALS)}))*)"
_ORDINAL = rf"(?:(?:(?:{_alternation(CARDINALS)}){_AND})*(?:{_alternation(ORDINALS)}))"
#: A number in words in a shadow line (see `lines`), to be followed by something that is no letter.
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
    plain = " ".join(to_ascii_digits(text).replace("\u200c", " ").split())
    if plain.isascii() and plain.isdigit():
        return int(plain)
    if plain in ORDINALS:
        return ORDINALS[plain]
    total = 0
    for part in re.split(r"\s+و\s+", plain):
        value = CARDINALS.get(part, ORDINALS.get(part))
        if value is None:
            return None
        total += value
    return total or None
