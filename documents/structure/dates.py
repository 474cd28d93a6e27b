"""Jalali dates and hours as official texts write them: in digits either way round, or with the month's name.

Patterns here are for *shades* (see `shades`).
"""

import datetime as dt
import re
from dataclasses import dataclass

import jdatetime

from documents.structure.numbers import CARDINAL, ORDINAL, number_value

MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "ابان", "اذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
MONTH_NAMES = "|".join(month.replace("ا", "[اآ]", 1) if month[0] == "ا" else month for month in MONTHS)
NUMERIC_DATE = (
    r"(?:(?P<y>\d{4})[/.-](?P<m>\d{1,2})[/.-](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[/.-](?P<m2>\d{1,2})[/.-](?P<y2>\d{4}))"
)
WORDED_DATE = rf"(?P<d3>\d{{1,2}})\s*(?P<month>{MONTH_NAMES})\s*(?:ماه\s*)?(?P<y3>\d{{4}}|\d{{2}})"
DATE = re.compile(rf"(?<!\d)(?:{NUMERIC_DATE}|{WORDED_DATE})(?!\d)")

_SHORT = r"(?P<y4>\d{2})[/.](?P<m4>\d{1,2})[/.](?P<d4>\d{1,2})"
_OF_YEAR = r"(?:\s*(?:سال)?\s*(?P<y5>\d{4}|\d{2})(?!\d|\s*[:/]))?"
_SPOKEN = rf"(?P<d5>\d{{1,2}}|{ORDINAL}|{CARDINAL})\s*(?P<month5>{MONTH_NAMES})(?:\s*ماه)?(?!\w){_OF_YEAR}"
_ANY = re.compile(rf"(?<![\d/])(?:{NUMERIC_DATE}|{_SHORT}(?![\d/]))(?!\d)|(?<!\w)(?:{_SPOKEN})")
_CLOCK = (
    r"(?P<{0}>\d{{1,2}})(?:[:٫](?P<{0}m>\d{{2}}))?(?!\d|[/.]\d)(?P<{0}half> ?و ?نیم(?!\w))?"
    r"(?P<{0}late> ?(?:عصر|بعد ?از ?ظهر|شب))?"
)
_HOURS = re.compile(
    r"(?:ساعت|ساعات)(?: ?(?:شروع|آغاز|پایان|خاتمه|ختم|اتمام|تشکیل|برگزاری)(?: جلسه)?)? ?:? ?"
    + _CLOCK.format("a")
    + rf"(?: ?(?:صبح|ظهر))?(?: ?(?:تا|الی|لغایت|-) ?(?:ساعت ?)?{_CLOCK.format('b')})?"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day and where in the shade it stands; `guessed` when its year was not written."""

    day: dt.date
    start: int
    end: int
    guessed: bool = False


def jalali(year: int, month: int, day: int) -> dt.date | None:
    """The Gregorian day, or None where there is no such day; a year of two digits is one of these decades."""
    year = full_year(year)
    if not 1200 <= year <= 1599:
        return None
    try:
        found: dt.date = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None
    return found


def full_year(year: int) -> int:
    """A Jalali year, the century added to one of two digits: those up to 20 are of the fifteenth."""
    if year >= 100:
        return year
    return year + (1300 if year > 20 else 1400)


def month_of(name: str) -> int:
    """The number of a month from its name in a shade, from 1."""
    return MONTHS.index(name.replace("آ", "ا")) + 1


def to_date(match: re.Match[str]) -> dt.date | None:
    """The day of a match of `DATE`, or None where there is no such day."""
    parts = match.groupdict()
    if parts["month"]:
        return jalali(int(parts["y3"]), month_of(parts["month"]), int(parts["d3"]))
    year, month, day = (int(parts[key] or parts[f"{key}2"]) for key in ("y", "m", "d"))
    return jalali(year, month, day)


def find_dates(shade: str, near: dt.date | None = None) -> list[FoundDate]:
    """All days in the shade; one without a year is the first such day from `near` on (left out without `near`)."""
    found: list[FoundDate] = []
    for match in _ANY.finditer(shade):
        parts = match.groupdict()
        if parts["month5"]:
            day = number_value(parts["d5"])
            month = month_of(parts["month5"])
            if day is None or not 1 <= day <= 31:
                continue
            if parts["y5"]:
                when, guessed = jalali(int(parts["y5"]), month, day), False
            else:
                when, guessed = (first_after(near, month, day) if near else None), True
        elif parts["y4"]:
            when, guessed = jalali(int(parts["y4"]), int(parts["m4"]), int(parts["d4"])), False
        else:
            year, month, number = (int(parts[key] or parts[f"{key}2"]) for key in ("y", "m", "d"))
            when, guessed = jalali(year, month, number), False
        if when is not None:
            found.append(FoundDate(when, match.start(), match.end(), guessed))
    return found


def first_after(near: dt.date, month: int, day: int) -> dt.date | None:
    """The first `day` of `month` from `near` on."""
    year: int = jdatetime.date.fromgregorian(date=near).year
    for each in (year, year + 1):
        when = jalali(each, month, day)
        if when is not None and when >= near:
            return when
    return None


def last_of_month(year: int, month: int) -> dt.date:
    """The last day of a Jalali month."""
    following = jdatetime.date(year + month // 12, month % 12 + 1, 1)
    last: dt.date = following.togregorian() - dt.timedelta(days=1)
    return last


def after_months(start: dt.date, months: int) -> dt.date:
    """The same day so many Jalali months later; the month's last where it has no such day."""
    day = jdatetime.date.fromgregorian(date=start)
    months += day.month - 1
    year, month = day.year + months // 12, months % 12 + 1
    return jalali(year, month, day.day) or last_of_month(year, month)


def find_hours(shade: str) -> tuple[dt.time | None, dt.time | None, int, int] | None:
    """Beginning and end by the clock, and where they stand, of the first «ساعت …» in the shade."""
    for match in _HOURS.finditer(shade):
        begins, ends = _time(match, "a"), _time(match, "b")
        if begins is not None:
            return begins, ends, match.start(), match.end()
    return None


def _time(match: re.Match[str], name: str) -> dt.time | None:
    if not match[name]:
        return None
    hour, minute = int(match[name]), int(match[f"{name}m"] or (30 if match[f"{name}half"] else 0))
    if match[f"{name}late"] and hour < 12:
        hour += 12
    return dt.time(hour % 24, minute) if hour <= 24 and minute < 60 else None
