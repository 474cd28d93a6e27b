"""When a decision is due: «ظرف یک ماه», «تا پایان شهریور», «حداکثر تا ۱۴۰۱/۶/۳۱», counted from the meeting's day."""

import datetime as dt
import re

import jdatetime

from documents.structure.dates import (
    MONTH_NAMES,
    after_months,
    find_dates,
    full_year,
    jalali,
    last_of_month,
    month_of,
)
from documents.structure.minutes.found import Deadline
from documents.structure.numbers import CARDINAL, number_value
from documents.structure.shades import Line, shaded

_MEASURE = r"(?P<unit>روز|هفته|ماه|سال|ساعت)(?P<working> ?کاری| ?اداری)?"
_WITHIN = re.compile(
    r"(?:حداکثر |نهایتا |حداکثر تا )?(?:(?:در )?ظرف(?: مدت| مهلت)?(?: زمان)?|(?:در|طی) (?:مدت|مهلت)|طی"
    r"|حداکثر(?: تا)?|پس از گذشت|به مدت|مهلت ?:?)"
    rf" ?(?:حداکثر |مدت )?(?P<n>\d{{1,3}}|{CARDINAL}) ?{_MEASURE}(?:ه|ۀ)?(?:\s?ای)?(?: ?(?:آینده|آتی))?(?!\w)"
)
_ALONE = re.compile(rf"^\W*(?P<n>\d{{1,3}}|{CARDINAL}) ?{_MEASURE}(?:ه)?(?!\w)\W*$")
_UNTIL = r"(?:حداکثر |نهایتا )?(?:تا|لغایت|الی|قبل از|پیش از) ?"
_END = re.compile(
    _UNTIL
    + r"(?:تاریخ )?(?P<part>پایان|آخر|اواخر|انتهای|نیمه|اواسط|اول|ابتدای|اوایل) ?(?:وقت اداری )?(?:مورخ )?"
    + rf"(?:(?P<month>{MONTH_NAMES})(?: ?ماه)?(?: ?(?:سال )?(?P<year>\d{{4}}|\d{{2}})(?!\d))?(?!\w)"
    r"|(?P<what>هفته|ماه|سال|فصل)(?: ?(?P<which>جاری|آینده|آتی|بعد|\d{4}))?(?!\w)"
    r"|(?P<season>بهار|تابستان|پاییز|زمستان)(?: ?(?:سال )?(?P<year2>\d{4}))?(?!\w))"
)
_MONTH = re.compile(
    _UNTIL + rf"(?P<month>{MONTH_NAMES})(?: ?ماه)?(?: ?(?:سال )?(?P<year>\d{{4}}|\d{{2}})(?!\d))?(?!\w)"
)
_BARE_END = re.compile(
    rf"^\W*(?:پایان|آخر) ?(?P<month>{MONTH_NAMES})(?: ?ماه)?(?: ?(?:سال )?(?P<year>\d{{4}}))?\W*$"
)
_DATE_BEFORE = re.compile(
    _UNTIL + r"(?:(?:تاریخ|مورخه?|روز)? ?)?(?:(?:یک|دو|سه|چهار|پنج)? ?شنبه|جمعه)?[، ]*(?:مورخه? ?)?$"
)
_LABEL = re.compile(
    r"(?:مهلت|موعد|سررسید|زمان)(?: ?(?:اجرا|انجام|اقدام|پیگیری|تحویل|پایان))* ?[:=] ?(?P<rest>[^\n.؛|\t]{2,60})"
)
_SESSION = re.compile(_UNTIL + r"(?:برگزاری )?(?:جلسه|نشست) ?(?:آینده|بعدی?|آتی)(?!\w)")
_SEASONS = {"بهار": 3, "تابستان": 6, "پاییز": 9, "زمستان": 12}


def deadline_in(line: Line, held_on: dt.date | None, *, alone: bool = False) -> Deadline | None:
    """The first deadline in the line; `alone` for the cell of a table, where no word has to announce it."""
    if (label := _LABEL.search(line.shade)) is not None:
        start, end = label.span("rest")
        labelled = deadline_in(shaded(line.cut(start, end)), held_on, alone=True)
        if labelled is not None:
            return labelled
    shade = line.shade
    found: list[tuple[int, int, dt.date | None]]
    found = [(*match.span(), _after(match, held_on)) for match in _WITHIN.finditer(shade)]
    found += [(*match.span(), _end_of(match, held_on)) for match in _END.finditer(shade)]
    if not found:
        found = [
            (*match.span(), _month(month_of(match["month"]), match["year"], held_on))
            for match in _MONTH.finditer(shade)
        ]
    for each in find_dates(shade, held_on):
        before = _DATE_BEFORE.search(shade, 0, each.start)
        if before is not None:
            found.append((before.start(), each.end, each.day))
    if not found and (session := _SESSION.search(shade)):
        found.append((*session.span(), None))
    if not found and alone:
        found = _alone(shade, held_on)
    if not found:
        return None
    start, end, day = min(found, key=lambda each: (each[0], -each[1]))
    return Deadline(" ".join(line.cut(start, end).split()).strip(" ،؛.:"), day)


def _alone(shade: str, held_on: dt.date | None) -> list[tuple[int, int, dt.date | None]]:
    within, end = _ALONE.match(shade), _BARE_END.match(shade)
    if within is not None:
        return [(0, len(shade), _after(within, held_on))]
    if end is not None:
        return [(0, len(shade), _month(month_of(end["month"]), end["year"], held_on))]
    days = find_dates(shade, held_on)
    return [(days[0].start, days[0].end, days[0].day)] if days else []


def _after(match: re.Match[str], held_on: dt.date | None) -> dt.date | None:
    number = number_value(match["n"])
    if held_on is None or number is None or number > 400:
        return None
    unit = match["unit"]
    if unit == "ساعت":
        return held_on + dt.timedelta(days=-(-number // 24))
    if unit in {"روز", "هفته"}:
        days = number * 7 if unit == "هفته" else number
        return _working(held_on, days) if match["working"] else held_on + dt.timedelta(days=days)
    return after_months(held_on, number if unit == "ماه" else 12 * number)


def _working(start: dt.date, days: int) -> dt.date:
    """`days` of Saturday to Wednesday after `start`; holidays are not known here."""
    day = start
    while days:
        day += dt.timedelta(days=1)
        days -= day.weekday() not in {3, 4}
    return day


def _month(month: int, year: str | None, held_on: dt.date | None) -> dt.date | None:
    """The last day of a month; without its year the first that ends after the meeting."""
    if year:
        return last_of_month(full_year(int(year)), month)
    if held_on is None:
        return None
    this: int = jdatetime.date.fromgregorian(date=held_on).year
    last = last_of_month(this, month)
    return last if last >= held_on else last_of_month(this + 1, month)


def _end_of(match: re.Match[str], held_on: dt.date | None) -> dt.date | None:
    part = match["part"]
    if match["month"]:
        last = _month(month_of(match["month"]), match["year"], held_on)
    elif match["season"]:
        last = _month(_SEASONS[match["season"]], match["year2"], held_on)
    else:
        last = _end_of_period(match["what"], match["which"] or "", held_on)
    if last is None or part in {"پایان", "آخر", "اواخر", "انتهای"}:
        return last
    start = jdatetime.date.fromgregorian(date=last)
    return jalali(start.year, start.month, 15 if part in {"نیمه", "اواسط"} else 1)


def _end_of_period(what: str, which: str, held_on: dt.date | None) -> dt.date | None:
    """The end of «هفته», «ماه», «فصل» or «سال», this one, the next one or that of a year."""
    if which.isdigit():
        return last_of_month(int(which), 12) if what == "سال" else None
    if held_on is None:
        return None
    later = which in {"آینده", "آتی", "بعد"}
    today = jdatetime.date.fromgregorian(date=held_on)
    if what == "هفته":
        friday: dt.date = held_on + dt.timedelta(days=6 - today.weekday() + 7 * later)
        return friday
    if what == "سال":
        return last_of_month(today.year + later, 12)
    index = (today.month - 1) // 3 * 3 + 3 + 3 * later if what == "فصل" else today.month + later
    return last_of_month(today.year + (index - 1) // 12, (index - 1) % 12 + 1)
