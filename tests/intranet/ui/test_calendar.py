import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from intranet.ui import calendar

MEETING = dt.date(2011, 5, 15)  # 25/2/1390, the first meeting
FOUNDING = dt.date(2008, 4, 8)  # 20 Farvardin 1387, the founding resolution
MORNING = dt.datetime.combine(dt.date(2022, 4, 6), dt.time(9, 5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("۱۳۹۰/۲/۲۵", MEETING),
        ("25/2/1390", MEETING),
        ("1390-02-25", MEETING),
        ("۱۳۹۰.۰۲.۲۵", MEETING),
        ("١٣٩٠/٢/٢٥", MEETING),
        ("90/2/25", MEETING),
        ("25/2/90", MEETING),
        ("مورخ ۱۳۹۰/۲/۲۵", MEETING),
        ("۲۰ فروردین ۸۷", FOUNDING),
        ("۲۰ فروردين ماه ۱۳۸۷", FOUNDING),
        ("سه‌شنبه ۲۰ فروردین ۱۳۸۷", FOUNDING),
        ("سه شنبه، 20 فروردین 1387", FOUNDING),
        ("2008-04-08", FOUNDING),
        ("۱۷ فروردین ۱۴۰۱ - ۰۹:۰۵", MORNING),
        ("۱۴۰۱/۰۱/۱۷، ساعت ۹:۰۵", MORNING),
        ("1401/01/17 09:05", MORNING),
        ("2022-04-06T09:05:30", MORNING.replace(second=30)),
        ("۱۴۰۳/۱۲/۳۰", dt.date(2025, 3, 20)),
    ],
)
def test_parse_jalali_reads_what_people_write(text: str, expected: dt.date) -> None:
    assert calendar.parse_jalali(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "فردا",
        "۱۴۰۲/۱۲/۳۰",  # not a leap year
        "۱۴۰۱/۷/۳۱",
        "۱۴۰۱/۱۳/۱",
        "۱۴۰۱/۰/۱",
        "۱۴۰۱/۱/۰",
        "۹۹۹/۱/۱",
        "۱۴۰۱/۱/۱/۵",
        "14011/1/1",
        "1401/1/1 25:00",
        "1401/1/1 برابر با چیزی دیگر",
        "2022-02-30",
    ],
)
def test_parse_jalali_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        calendar.parse_jalali(text)


def test_parse_jalali_says_what_is_impossible() -> None:
    with translation.override("en"), pytest.raises(ValueError, match="اسفند 1402 has no day 30"):
        calendar.parse_jalali("1402/12/30")


@given(st.dates(dt.date(1822, 1, 1), dt.date(2121, 1, 1)))
def test_every_day_survives_the_way_there_and_back(day: dt.date) -> None:
    there = calendar.to_jalali(day)
    assert there.to_gregorian() == day
    assert calendar.parse_jalali(there.ascii()) == day
    assert calendar.parse_jalali(there.short()) == day
    assert calendar.parse_jalali(there.long()) == day


def test_to_jalali_uses_the_local_day_of_an_aware_moment(settings) -> None:
    settings.TIME_ZONE = "Asia/Tehran"
    late = dt.datetime(2022, 3, 20, 21, 0, tzinfo=dt.UTC)  # 00:30 of the next day in Tehran
    assert calendar.to_jalali(late) == calendar.JalaliDate(1401, 1, 1)


def test_year_bounds_cover_a_leap_year() -> None:
    assert calendar.year_bounds(1403) == (dt.date(2024, 3, 20), dt.date(2025, 3, 20))


def test_fiscal_year_is_the_jalali_year() -> None:
    assert calendar.fiscal_year(dt.date(2022, 3, 20)) == 1400
    assert calendar.fiscal_year(dt.date(2022, 3, 21)) == 1401


def test_find_jalali_in_running_text() -> None:
    assert calendar.find_jalali("این نشست که در مورخه 25/2/1390 در تالار برگزار شد") == MEETING
    assert calendar.find_jalali("بدون تاریخ") is None
