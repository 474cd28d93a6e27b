"""Key dates in a page's text: typed in Jalali in the admin, stored Gregorian, read as a list, found by search."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from pages.plain_text import of_field
from pages.sections.models import SectionPage
from tests import factories

pytestmark = pytest.mark.django_db


def key_dates(*rows):
    """What the admin's form sends for a body of one list of key dates."""
    data = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "key_dates",
        "body-0-id": "",
    }
    data["body-0-value-count"] = str(len(rows))
    for number, (day, text) in enumerate(rows):
        part = f"body-0-value-{number}"
        data |= {f"{part}-deleted": "", f"{part}-order": str(number), f"{part}-id": ""}
        data |= {f"{part}-value-date": day, f"{part}-value-text": text}
    return data


@pytest.fixture
def page(site):
    return factories.add_page(factories.section("about"), SectionPage, title="گاه‌شمار", slug="calendar")


def save(client, page, *rows):
    form = {
        "title": page.title,
        "slug": page.slug,
        "summary": "",
        "show_in_menus": "",
        "comments-TOTAL_FORMS": "0",
    }
    form |= {"comments-INITIAL_FORMS": "0", "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": ""}
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form | key_dates(*rows))


def test_save_key_dates_in_jalali_and_read_them(page, client_of, client):
    response = save(
        client_of("editor"), page, ("۲۵ اردیبهشت ۱۳۹۰", "نشست تالار"), ("1387/1/20", "تصویب تشکیل ستاد")
    )
    assert response.status_code == 302
    page = SectionPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [row["date"] for row in page.body[0].value] == [
        datetime.date(2011, 5, 15),
        datetime.date(2008, 4, 8),
    ]
    page.save_revision().publish(skip_permission_checks=True)
    soup = BeautifulSoup(client.get(page.url).content, "html.parser")
    rows = soup.select(".key-dates__item")
    assert [(row.time["datetime"], row.time.text, row.span.text) for row in rows] == [
        ("2008-04-08", "۲۰ فروردین ۱۳۸۷", "تصویب تشکیل ستاد"),
        ("2011-05-15", "۲۵ اردیبهشت ۱۳۹۰", "نشست تالار"),
    ]


def test_save_impossible_key_date_says_why(page, client_of):
    response = save(client_of("editor"), page, ("1403/12/31", "روز نبوده"))
    assert response.status_code == 200
    assert len(SectionPage.objects.get(pk=page.pk).get_latest_revision_as_object().body) == 0


def test_words_of_key_dates_are_searched():
    body = SectionPage._meta.get_field("body").stream_block.to_python(
        [{"type": "key_dates", "value": [{"date": "2008-04-08", "text": "تصویب"}]}]
    )
    assert of_field(body) == "۲۰ فروردین ۱۳۸۷\nتصویب"
