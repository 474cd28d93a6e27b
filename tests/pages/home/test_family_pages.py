"""Sections, districts and news as their readers see them."""

import datetime as dt

import pytest

from organizations.models import Neighbourhood
from pages.districts.models import DistrictPage
from pages.news.models import NewsPage
from pages.sections.models import SectionPage
from tests import factories


@pytest.fixture
def news(site):
    for number, year in enumerate((2020, 2021, 2021, 2022)):
        factories.add_page(
            factories.section("news"),
            NewsPage,
            title=f"خبر شماره {number}",
            slug=f"n{number}",
            date=dt.date(year, 6, 1),
            body=[
                ("quote", {"text": "نقل قول", "source": "منبع"}),
                ("facts", [{"value": "22", "label": "منطقه"}]),
            ],
        )


def test_list_news_by_jalali_year(client, news):
    html = client.get("/news/?year=1400").content.decode()
    assert "خبر شماره ۱" in html
    assert "خبر شماره ۳" not in html
    assert '?year=1399"' in html


@pytest.mark.parametrize("query", ["year=abc", "year=9999", "page=x", "page=۲", "year=۱۴۰۰"])
def test_list_news_survives_any_address(client, news, query):
    assert client.get(f"/news/?{query}").status_code == 200


def test_read_news_shows_jalali_date_and_blocks(client, news):
    html = client.get("/news/n1/").content.decode()
    assert "۱۱ خرداد ۱۴۰۰" in html
    assert "<blockquote>" in html
    assert "<dd>۲۲</dd>" in html
    assert "خبر شماره ۲" in html


def test_read_section_shows_what_is_below_and_the_way_back(client, site):
    about = factories.section("about")
    factories.add_page(about, SectionPage, title="تاریخچه", slug="history", body=[("heading", "سرآغاز")])
    assert 'href="/about/history/"' in client.get("/about/").content.decode()
    html = client.get("/about/history/").content.decode()
    assert "<h2>سرآغاز</h2>" in html
    assert 'aria-current="page">تاریخچه' in html
    assert 'href="/about/"' in html


def test_read_districts_in_the_order_of_their_numbers(client, site):
    index = factories.section("districts")
    for number in (10, 2):
        district = factories.make_district(number)
        Neighbourhood.objects.create(district=district, name=f"محله {number}")
        factories.add_page(
            index,
            DistrictPage,
            title=f"دبیرخانه {number}",
            slug=f"d{number}",
            district=district,
            priorities="اعتیاد\nکودکان کار",
            telephone="021-5566",
        )
    html = client.get("/districts/").content.decode()
    assert html.index("دبیرخانه ۲") < html.index("دبیرخانه ۱۰")
    assert "۱ محله" in html
    page = client.get("/districts/d2/").content.decode()
    assert "کودکان کار" in page
    assert "محله ۲" in page
    assert '<bdi dir="ltr" class="number">۰۲۱-۵۵۶۶</bdi>' in page


def test_read_withdrawn_district_shows_notice_only(client, site):
    factories.add_page(
        factories.section("districts"),
        DistrictPage,
        title="دبیرخانه ۵",
        slug="d5",
        district=factories.make_district(5),
        telephone="021-5566",
        withdrawn_on=dt.date(2024, 1, 1),
        withdrawal_note="ادغام در دبیرخانه دیگر",
    )
    page = client.get("/districts/d5/").content.decode()
    assert "ادغام در دبیرخانه دیگر" in page
    assert "۰۲۱-۵۵۶۶" not in page
