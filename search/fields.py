"""Field words of a query: «نوع:خبر», «منطقه:۳», «از:مرداد ۱۳۹۰», `kind:news`. What is not one stays plain words."""

import datetime
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from intranet.ui.calendar import MONTHS, days_in_month, gregorian, year_bounds
from intranet.ui.numerals import to_ascii
from search.analysis import fold, key, keys
from search.kinds import KIND_WORDS, STATUS_WORDS

LANGUAGES = {"fa": ("فارسی", "fa", "persian", "farsi"), "en": ("انگلیسی", "en", "english")}

_NAMES: dict[str, tuple[str, ...]] = {
    "kind": ("نوع", "kind", "type"),
    "district": ("منطقه", "district"),
    "body": ("نهاد", "مرجع", "body"),
    "organization": ("سازمان", "سمن", "organisation", "organization", "org", "ngo"),
    "number": ("شماره", "number", "no"),
    "title": ("عنوان", "title"),
    "since": ("از", "from", "since", "after"),
    "until": ("تا", "to", "until", "before"),
    "year": ("سال", "year"),
    "status": ("وضعیت", "status"),
    "language": ("زبان", "language", "lang"),
}
_BY_WORD = {fold(word): name for name, words in _NAMES.items() for word in words}

_FIELD = re.compile(r"(?<!\S)(?P<name>[^\W\d_]{2,12})\s?[:\uff1a\u2236]\s?(?=[^\s:\uff1a\u2236])")
_QUOTED = re.compile(r'["“”«»„](?P<inner>[^"“”«»„]+)["“”«»„]')
_END = r"(?![\w/\u2215\u2044])"
_WORD = re.compile(r"[^\s\"“”«»„]+")
_DIGITS = re.compile(rf"\d{{1,4}}{_END}")
_NUMBER = re.compile(r"\d+(?:\s{0,2}[/\u2215\u2044-]\s{0,2}\d+)*")
_MONTHS = {fold(name): number for number, name in enumerate(MONTHS, 1)} | {"امرداد": 5}
_NUMERIC_DATE = re.compile(rf"(\d{{4}})\s?[/.\-]\s?(\d{{1,2}})(?:\s?[/.\-]\s?(\d{{1,2}}))?{_END}")
_NUMERIC_DATE_TURNED = re.compile(rf"(\d{{1,2}})\s?[/.\-]\s?(\d{{1,2}})\s?[/.\-]\s?(\d{{4}}){_END}")
_NAMED_DATE = re.compile(rf"(?:(\d{{1,2}})\s)?([^\W\d_]+)(?:\sماه)?\s(\d{{4}}){_END}")
_LABEL_WORDS = 4


class Field(NamedTuple):
    """A field word: `value` is canonical, and `start` to `end` is where it stands in the query's text."""

    name: str
    value: str
    start: int
    end: int


class _Read(NamedTuple):
    value: str
    length: int


def _read_label(words: dict[str, str], text: str) -> _Read | None:
    """The longest beginning of the text that is one of `words`, whatever its spelling."""
    if quoted := _QUOTED.match(text):
        code = words.get(key(quoted["inner"]))
        return _Read(code, quoted.end()) if code else None
    ends = [match.end() for match in _WORD.finditer(text, 0, 80)][:_LABEL_WORDS]
    for end in reversed(ends):
        if code := words.get(key(text[:end])):
            return _Read(code, end)
    return None


@cache
def _labels(name: str) -> dict[str, str]:
    tables = {"kind": KIND_WORDS, "status": STATUS_WORDS, "language": LANGUAGES}
    return {key(word): code for code, words in tables[name].items() for word in words}


def _read_small_number(text: str) -> _Read | None:
    match = _DIGITS.match(text)
    return _Read(str(int(match[0])), match.end()) if match and int(match[0]) else None


def _read_number(text: str) -> _Read | None:
    """A registry number in any digits and with any spaces, canonical."""
    quoted = _QUOTED.match(text)
    match = quoted or _NUMBER.match(text) or _WORD.match(text)
    if match is None:
        return None
    written = quoted["inner"] if quoted else match[0]
    found = keys(written.replace("-", "/"))
    return _Read(found[0], match.end()) if found else None


def _read_title(text: str) -> _Read | None:
    """One word, or several in quotation marks; of a name too, whose end must not depend on what names there are."""
    quoted = _QUOTED.match(text)
    match = quoted or _WORD.match(text)
    if match is None:
        return None
    value = quoted["inner"] if quoted else match[0]
    return _Read(value, match.end()) if keys(value) else None


def _month_bounds(year: int, month: int) -> tuple[datetime.date, datetime.date]:
    return gregorian(year, month, 1), gregorian(year, month, days_in_month(year, month))


def _one_day(year: int, month: int, day: int) -> tuple[datetime.date, datetime.date]:
    one = datetime.date(year, month, day) if year > 1500 else gregorian(year, month, day)
    return one, one


def _bounds_of_year(year: int) -> tuple[datetime.date, datetime.date]:
    if 1800 <= year <= 2200:
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return year_bounds(year)


def read_date(text: str) -> tuple[datetime.date, datetime.date, int] | None:
    """The first and last day of a day, month or year at the beginning of the text, and its length; None if none.

    Understands «۱۳۹۰/۵/۱», «1/5/1390», «۱۳۹۰/۵», «۱ مرداد ۱۳۹۰», «مرداد ۱۳۹۰», «۱۳۹۰» and ISO Gregorian days.
    """
    plain = to_ascii(text[:60])
    try:
        if match := _NUMERIC_DATE.match(plain):
            year, month = int(match[1]), int(match[2])
            bounds = _one_day(year, month, int(match[3])) if match[3] else _month_bounds(year, month)
        elif match := _NUMERIC_DATE_TURNED.match(plain):
            bounds = _one_day(int(match[3]), int(match[2]), int(match[1]))
        elif (match := _NAMED_DATE.match(plain)) and fold(match[2]) in _MONTHS:
            year, month = int(match[3]), _MONTHS[fold(match[2])]
            bounds = _one_day(year, month, int(match[1])) if match[1] else _month_bounds(year, month)
        elif (match := re.match(rf"\d{{4}}{_END}", plain)) is not None:
            bounds = _bounds_of_year(int(match[0]))
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return *bounds, match.end()


def _read_since(text: str) -> _Read | None:
    found = read_date(text)
    return _Read(found[0].isoformat(), found[2]) if found else None


def _read_until(text: str) -> _Read | None:
    found = read_date(text)
    return _Read(found[1].isoformat(), found[2]) if found else None


_READERS: dict[str, Callable[[str], _Read | None]] = {
    "kind": lambda text: _read_label(_labels("kind"), text),
    "status": lambda text: _read_label(_labels("status"), text),
    "language": lambda text: _read_label(_labels("language"), text),
    "district": _read_small_number,
    "year": _read_small_number,
    "number": _read_number,
    "body": _read_title,
    "organization": _read_title,
    "title": _read_title,
    "since": _read_since,
    "until": _read_until,
}


def fields_of(text: str) -> Iterator[Field]:
    """The field words of a query's text, in order; one whose value cannot be read is none."""
    place = 0
    while match := _FIELD.search(text, place):
        place = match.end()
        name = _BY_WORD.get(fold(match["name"]))
        read = _READERS[name](text[place:]) if name else None
        if name and read:
            yield Field(name, read.value, match.start(), place + read.length)
            place += read.length
