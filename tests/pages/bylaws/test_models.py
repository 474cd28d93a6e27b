"""A bylaw's status by its dates, the dates it refuses, and what it offers to search."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.bylaws.models import BylawPage

Status = BylawPage.Status
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, Status.IN_FORCE),
        ({"approved_on": 0}, Status.IN_FORCE),
        ({"approved_on": -9, "in_force_from": 1}, Status.NOT_YET),
        ({"approved_on": 1}, Status.NOT_YET),
        ({"approved_on": -9, "repealed_on": 1}, Status.IN_FORCE),
        ({"approved_on": -9, "repealed_on": 0}, Status.REPEALED),
        ({"repealed_on": -1, "withdrawn_on": -1}, Status.WITHDRAWN),
    ],
)
def test_status_follows_dates_and_index_agrees(make_bylaw, client, fields, status):
    today = timezone.localdate()
    page = make_bylaw(**{name: today + days * DAY for name, days in fields.items()})
    assert page.status == status
    for value in Status.values:
        found = client.get("/bylaws/", {"status": value}).context["bylaws"]
        assert [each.pk for each in found] == ([page.pk] if value == status else [])


@pytest.mark.parametrize(
    ("approved", "in_force", "repealed", "field"),
    [(5, 4, None, "in_force_from"), (5, None, 4, "repealed_on"), (1, 5, 4, "repealed_on")],
)
def test_impossible_dates_are_refused(approved, in_force, repealed, field):
    def day(number):
        return datetime.date(2020, 1, number) if number else None

    page = BylawPage(
        title="آزمون", approved_on=day(approved), in_force_from=day(in_force), repealed_on=day(repealed)
    )
    page._check_slug_is_unique = lambda: None
    with pytest.raises(ValidationError) as refusal:
        page.clean()
    assert list(refusal.value.message_dict) == [field]


def test_passages_are_page_divisions_articles_and_provisos(make_bylaw):
    page = make_bylaw(summary="خلاصه", subject="مشارکت", number="1403/110/7")
    passages = {passage.anchor: passage for passage in page.get_passages()}
    assert list(passages) == ["", "chp_1", "art_1", "art_1__proviso_1", "art_2"]
    assert passages[""].body == "خلاصه\nمشارکت\nدر اجرای مصوبه شورا این آیین‌نامه تصویب شد."
    assert passages["art_1__proviso_1"].title == "ماده ۱، تبصره ۱"
    assert "ثبت در سامانه سما" in passages["art_1__proviso_1"].body
    assert passages["art_1"].kind == "provision"
    assert "شبکه‌ها" not in passages["art_1"].body


def test_withdrawn_text_offers_its_notice_only(make_bylaw):
    page = make_bylaw(withdrawn_on=timezone.localdate(), withdrawal_note="به دستور شورا")
    assert [(each.body, each.status) for each in page.get_passages()] == [("به دستور شورا", "withdrawn")]
