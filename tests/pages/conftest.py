"""Texts of the institution for the tests of page families."""

import datetime

import pytest

from pages.bylaws.models import BylawPage
from pages.meetings.models import AgendaItem, Attendance, MeetingPage, Resolution
from pages.memoranda.models import MemorandumPage, Obligation
from tests import factories

SOURCE = """آیین‌نامه آزمون
در اجرای مصوبه شورا این آیین‌نامه تصویب شد.
فصل اول ـ کلیات
ماده ۱ ـ سازمان مردم‌نهاد تشکلی غیرانتفاعی است.
تبصره ۱ ـ شبکه‌ها نیز مشمول این ماده‌اند.
الف ـ ثبت در سامانه سما
ب ـ داشتن پروانه معتبر
ماده ۲ ـ نشانی دبیرخانه 160/1818/18066 است.
"""


def articles(count):
    """A bylaw's source with `count` articles, each with a proviso."""
    return "\n".join(
        f"ماده {n} ـ متن ماده {n} است.\nتبصره ـ تبصره ماده {n} است." for n in range(1, count + 1)
    )


@pytest.fixture
def make_bylaw(site):
    """A function that publishes (or not) a bylaw."""

    def make(live=True, owner=None, **fields):
        fields.setdefault("source", SOURCE)
        return factories.add_page(factories.section("bylaws"), BylawPage, live=live, owner=owner, **fields)

    return make


@pytest.fixture
def amend():
    """A function that publishes another text of a bylaw from a day on, and gives its version."""

    def publish(page, source, day, **fields):
        page = BylawPage.objects.get(pk=page.pk)
        page.source, page.text_from = source, day
        for name, value in fields.items():
            setattr(page, name, value)
        page.save_revision().publish(skip_permission_checks=True)
        return page.versions.order_by("-number").first()

    return publish


@pytest.fixture
def make_meeting(site):
    """A function that publishes (or not) the minutes of a meeting with one resolution a number."""

    def make(live=True, numbers=("1/1",), **fields):
        fields.setdefault("held_on", datetime.date(2011, 5, 15))
        parent = factories.section("meetings")
        page = factories.add_page(parent, MeetingPage, live=False, **fields)
        page.attendances.set([Attendance(name="رئیس شورا", role="رئیس"), Attendance(name="دبیر شورا")])
        page.agenda_items.set([AgendaItem(title="ارتقای دبیرخانه")])
        page.resolutions.set(
            [
                Resolution(
                    number=number,
                    title=f"مصوبه {number}",
                    text="مقام مشورتی اعطا شد.",
                    votes_for=7,
                    core_actors="دبیرخانه، شورا",
                )
                for number in numbers
            ]
        )
        revision = page.save_revision()
        if live:
            revision.publish(skip_permission_checks=True)
        return MeetingPage.objects.get(pk=page.pk)

    return make


@pytest.fixture
def make_memorandum(site):
    """A function that publishes a memorandum between two organisations."""

    def make(live=True, **fields):
        fields.setdefault("first_party", factories.make_organization(name="ستاد سمن‌ها"))
        fields.setdefault("second_party", factories.make_organization(name="معاونت اجتماعی"))
        fields.setdefault("is_public", True)
        fields.setdefault("source", "ماده ۱ ـ موضوع همکاری است.\nماده ۲ ـ مدت چهار سال است.")
        fields.setdefault("aims", "هم‌افزایی دو نهاد\n• پیشگیری از موازی‌کاری")
        page = factories.add_page(factories.section("memoranda"), MemorandumPage, live=False, **fields)
        page.obligations.set(
            [
                Obligation(obligor="first", text="معرفی سمن‌های توانمند"),
                Obligation(obligor="second", text="تجهیز مکان دائمی"),
                Obligation(obligor="joint", text="ایجاد زیرساخت"),
            ]
        )
        revision = page.save_revision()
        if live:
            revision.publish(skip_permission_checks=True)
        return MemorandumPage.objects.get(pk=page.pk)

    return make
