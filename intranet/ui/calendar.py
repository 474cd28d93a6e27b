"""The Jalali calendar: Gregorian is stored, Jalali is read and typed.

Valid for the years 1200 to 1500, where the 33-year rule and the observed calendar agree.
"""

import datetime as dt
import re
from dataclasses import dataclass

import jdatetime
from django.utils import timezone
from django.utils.translation import gettext as _

from .numerals import localized, to_ascii, to_persian

MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")  # by date.weekday()
FIRST_YEAR, LAST_YEAR = 1200, 1500
_LEAP_PLACES = {1, 5, 9, 13, 17, 22, 26, 30}  # in each cycle of 33 years

_MONTH_SPELLINGS = {name: number for number, name in enumerate(MONTHS, start=1)} | {"امرداد": 5, "اسپند": 12}
_LETTERS = str.maketrans(
    "يىكأإ", "ییکاا", "\u200c\u200d\u200e\u200f\u0640\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
)
_NUMERIC = re.compile(r"(?<!\d)(?P<a>\d{1,4})\s*[/\-.]\s*(?P<b>\d{1,2})\s*[/\-.]\s*(?P<c>\d{1,4})(?!\d)")
_NAMED = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s*(?:ام\s+)?(?P<month>{'|'.join(_MONTH_SPELLINGS)})"
    r"\s*(?:ماه)?\s*(?:سال)?\s*(?P<year>\d{4}|\d{2})(?!\d)"
)
_CLOCK = re.compile(r"(?<!\d)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?!\d)")
_GREGORIAN = re.compile(r"(?P<year>1[6-9]\d\d|2\d{3})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_FILLER = {day.replace("\u200c", "") for day in WEEKDAYS} | {"سه", "چهار", "پنج", "یک", "دو", "شنبه"}
_FILLER |= {"مورخ", "مورخه", "تاریخ", "ساعت", "در", "T"}


@dataclass(frozen=True, order=True, slots=True)
class JalaliDate:
    """A day of the Jalali calendar."""

    year: int
    month: int
    day: int

    @property
    def month_name(self) -> str:
        """The month's Persian name."""
        return MONTHS[self.month - 1]

    def to_gregorian(self) -> dt.date:
        """The same day in the Gregorian calendar; ValueError when there is no such day."""
        return gregorian(self.year, self.month, self.day)

    def long(self) -> str:
        """«۱۷ فروردین ۱۴۰۱»."""
        return to_persian(f"{self.day} {self.month_name} {self.year}")

    def short(self) -> str:
        """«۱۴۰۱/۰۱/۱۷»."""
        return to_persian(self.ascii())

    def ascii(self) -> str:
        """`1401/01/17`, the form that inputs hold."""
        return f"{self.year:04d}/{self.month:02d}/{self.day:02d}"


def local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """Bring an aware datetime to the site's time zone; leave everything else."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def to_jalali(value: dt.date | dt.datetime) -> JalaliDate:
    """Return the Jalali day of a date, or of a datetime at the site's local time."""
    value = local(value)
    converted = jdatetime.date.fromgregorian(year=value.year, month=value.month, day=value.day)
    return JalaliDate(converted.year, converted.month, converted.day)


def jalali_year(value: dt.date | dt.datetime) -> int:
    """Return the Jalali year of a date: 1401."""
    return to_jalali(value).year


def fiscal_year(value: dt.date | dt.datetime) -> int:
    """Return the fiscal year of a date. A municipality's year is the Jalali year itself."""
    return jalali_year(value)


def year_bounds(year: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last Gregorian day of a Jalali year, for date range queries."""
    return gregorian(year, 1, 1), gregorian(year + 1, 1, 1) - dt.timedelta(days=1)


def is_leap(year: int) -> bool:
    """Whether Esfand has thirty days in this Jalali year."""
    return year % 33 in _LEAP_PLACES


def days_in_month(year: int, month: int) -> int:
    """Return how many days a Jalali month has."""
    if month <= 6:
        return 31
    return 30 if month < 12 or is_leap(year) else 29


def gregorian(year: int, month: int, day: int) -> dt.date:
    """Return the Gregorian date of a Jalali day; ValueError, in the reader's language, when impossible."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            _("The year must be between %(first)s and %(last)s.")
            % {"first": localized(FIRST_YEAR), "last": localized(LAST_YEAR)}
        )
    if not 1 <= month <= 12:
        raise ValueError(_("There is no month %(month)s.") % {"month": localized(month)})
    if not 1 <= day <= days_in_month(year, month):
        raise ValueError(
            _("%(month)s %(year)s has no day %(day)s.")
            % {"month": MONTHS[month - 1], "year": localized(year), "day": localized(day)}
        )
    return jdatetime.date(year, month, day).togregorian()


def full_year(year: int) -> int:
    """Return the whole of a year written short: 87 is 1387, 04 is 1404."""
    if year >= 100:
        return year
    return year + (1400 if year < 40 else 1300)


def _clean(text: str) -> str:
    return to_ascii(text).translate(_LETTERS).strip()


def _find_date(text: str) -> tuple[dt.date, str]:
    """Return the date in a cleaned text and what is left of the text without it."""
    if match := _GREGORIAN.search(text):
        found = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    elif match := _NAMED.search(text):
        found = gregorian(full_year(int(match["year"])), _MONTH_SPELLINGS[match["month"]], int(match["day"]))
    elif match := _NUMERIC.search(text):
        first, month, last = int(match["a"]), int(match["b"]), int(match["c"])
        year, day = (last, first) if len(match["c"]) == 4 or (first <= 31 < last) else (first, last)
        found = gregorian(full_year(year), month, day)
    else:
        raise ValueError(_("Write the date like ۱۴۰۱/۰۱/۱۷ or ۱۷ فروردین ۱۴۰۱."))
    return found, text[: match.start()] + " " + text[match.end() :]


def parse_jalali(text: str) -> dt.date | dt.datetime:
    """Read a date as people write it; a date with a clock time gives a naive local datetime.

    Understands «۱۳۹۰/۲/۲۵», «25/2/1390», «۲۰ فروردین ۸۷», «۱۷ فروردین ۱۴۰۱ - ۰۹:۰۵» and, for
    programs, ISO Gregorian. ValueError with a message for people when it is no possible date.
    """
    found, rest = _find_date(_clean(text))
    clock = _CLOCK.search(rest)
    if clock:
        rest = rest[: clock.start()] + " " + rest[clock.end() :]
    if "/" in rest or not _FILLER.issuperset(re.findall(r"\w+", rest)):
        raise ValueError(_("Write the date like ۱۴۰۱/۰۱/۱۷ or ۱۷ فروردین ۱۴۰۱."))
    if not clock:
        return found
    hour, minute, second = (int(clock[part] or 0) for part in ("hour", "minute", "second"))
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(_("There is no such time of day: %(time)s.") % {"time": localized(clock[0])})
    return dt.datetime.combine(found, dt.time(hour, minute, second))


def parse_jalali_date(text: str) -> dt.date:
    """Read a Jalali date, setting a clock time aside."""
    value = parse_jalali(text)
    return value.date() if isinstance(value, dt.datetime) else value


def find_jalali(text: str) -> dt.date | None:
    """Return the first possible Jalali date inside a running text, or None."""
    try:
        return _find_date(_clean(text))[0]
    except ValueError:
        return None
