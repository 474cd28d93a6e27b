"""The Wagtail admin with Jalali inputs, through its own views."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from pages.news.models import NewsPage
from tests import factories


@pytest.fixture
def page(site):
    return factories.add_page(
        factories.section("news"), NewsPage, title="خبر", slug="x", date=dt.date(2022, 4, 6)
    )


@pytest.fixture
def admin(client, page):
    """An editor, at the page that he may edit."""
    client.force_login(factories.make_user("editor"))
    return client


def test_edit_form_shows_jalali_inputs(admin, page):
    response = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.status_code == 200, response.headers
    html = response.content.decode()
    assert 'value="1401/01/17"' in html
    assert html.count('data-jalali="datetime"') == 2  # go-live and expiry
    assert "ui/js/calendar.js" in html
    assert "ui/css/admin.css" in html


def test_save_from_the_admin_stores_gregorian(admin, page):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = {
        "title": "خبر",
        "slug": "x",
        "summary": "",
        "date": "۲۵ اردیبهشت ۱۳۹۰",
        "go_live_at": "۱۴۵۰/۱/۵ ۱۰:۳۰",
        "expire_at": "",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    response = admin.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    page.refresh_from_db()
    saved = page.get_latest_revision_as_object()
    assert saved.date == dt.date(2011, 5, 15)
    assert timezone.localtime(saved.go_live_at).strftime("%H:%M") == "10:30"


def test_impossible_date_is_refused_in_the_admin(admin, page):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = admin.post(url, {"title": "خبر", "slug": "x", "date": "۱۴۰۲/۱۲/۳۰", "body-count": "0"})
    assert response.context["form"].errors["date"] == ["اسفند ۱۴۰۲ روز ۳۰ ندارد."]


def test_history_shows_jalali(admin, page):
    html = admin.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "امروز" in html
    assert "، ساعت " in html


def test_filters_of_reports_take_jalali_days(site, client_of):
    client = client_of("hq_staff")
    for report, field in (("site_history", "timestamp_from"), ("aging_pages", "last_published_at")):
        address = reverse(f"wagtailadmin_reports:{report}")
        html = client.get(address, {field: "۱۴۰۳/۱/۱"}).content.decode()
        assert f'name="{field}"' in html
        assert 'value="1403/01/01"' in html
        assert 'data-jalali="date"' in html
        assert "w-date" not in html.split(f'name="{field}"')[1][:300]
