import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

DAY = dt.date(2022, 4, 6)
MOMENT = dt.datetime(2022, 4, 6, 5, 35, tzinfo=dt.UTC)  # 09:05 in Tehran, by the summer time of 1401


def render(expression: str, language: str = "fa", **context: object) -> str:
    with translation.override(language), timezone.override("Etc/GMT-4"):
        return Template("{% load persian %}{{ " + expression + " }}").render(Context(context))


@pytest.mark.parametrize(
    ("expression", "persian", "english"),
    [
        ("day|jalali", "۱۷ فروردین ۱۴۰۱", "6 April 2022"),
        ("day|jalali_short", "۱۴۰۱/۰۱/۱۷", "2022-04-06"),
        ("day|jalali_weekday", "چهارشنبه ۱۷ فروردین ۱۴۰۱", "Wednesday 6 April 2022"),
        ("day|jalali_datetime", "۱۷ فروردین ۱۴۰۱", "6 April 2022"),
        ("day|iso", "2022-04-06", "2022-04-06"),
        ("moment|jalali_datetime", "۱۷ فروردین ۱۴۰۱، ساعت ۰۹:۳۵", "6 April 2022, 09:35"),
        ("moment|iso", "2022-04-06T09:35:00+04:00", "2022-04-06T09:35:00+04:00"),
        ("day|jalali_year|digits", "۱۴۰۱", "1401"),
        ("nothing|jalali", "", ""),
        ("nothing|jalali_datetime", "", ""),
        ("nothing|number", "", ""),
        ("1250000|grouped", "۱٬۲۵۰٬۰۰۰", "1,250,000"),
        (
            "'160/1818'|number",
            '<bdi dir="ltr" class="number">۱۶۰/۱۸۱۸</bdi>',
            '<bdi dir="ltr" class="number">160/1818</bdi>',
        ),
        ("'۲۲ منطقه'|digits", "۲۲ منطقه", "22 منطقه"),
    ],
)
def test_filter_follows_the_active_language(expression: str, persian: str, english: str) -> None:
    context = {"day": DAY, "moment": MOMENT, "nothing": None}
    assert render(expression, "fa", **context) == persian
    assert render(expression, "en", **context) == english


def test_number_escapes_markup() -> None:
    assert "&lt;b&gt;" in render("value|number", value="<b>")


def test_filesize_chooses_the_unit() -> None:
    sizes = [0, 512, 1024, 2_500_000, 900_000_000_000]
    assert [render("size|filesize", "en", size=size) for size in sizes] == [
        "0 bytes", "512 bytes", "1 KB", "2.4 MB", "838 GB",
    ]  # fmt: skip


def test_ago_counts_days_then_gives_the_date() -> None:
    today = timezone.localdate()
    assert render("day|ago", "en", day=today) == "today"
    assert render("day|ago", "en", day=today - dt.timedelta(days=3)) == "3 days ago"
    assert render("day|ago", "en", day=DAY) == "6 April 2022"
