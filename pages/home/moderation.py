"""Laying the registers and workflows of the institution over the sections of the site. Safe to run again."""

import datetime
from typing import Any

from wagtail.models import Page

from documents.models import Register
from pages.bylaws.models import BylawPage
from pages.districts.models import DistrictPage
from pages.meetings.models import MeetingPage
from pages.memoranda.models import MemorandumPage
from pages.news.models import NewsPage
from workflows import registration
from workflows.assignment import DECISION, REVIEW, assign, install_workflow

# Code of each register, its name, and the code that its numbers bear: 1405/110/1.
REGISTERS = (
    ("bylaws", "دفتر آیین‌نامه‌ها", "110"),
    ("minutes", "دفتر صورتجلسه‌ها", "120"),
    ("memoranda", "دفتر تفاهم‌نامه‌ها", "130"),
    ("threads", "دفتر نامه‌های سمن‌ها", "140"),
)

# The sections whose texts the council decides on, and those that a second reader lets through.
DECIDED = ("bylaws", "meetings", "memoranda")
REVIEWED = ("about", "districts", "news", "received")


def install_moderation(home: Page) -> None:
    """Make what is missing of registers and workflows, and give each section of `home` its workflow."""
    for code, name, prefix in REGISTERS:
        Register.objects.get_or_create(code=code, defaults={"name": name, "prefix": prefix})
    decision, review = install_workflow(*DECISION), install_workflow(*REVIEW)
    for section in home.get_children():
        if section.slug in DECIDED:
            assign(decision, section)
        elif section.slug in REVIEWED:
            assign(review, section)


def register_families() -> None:
    """Tell `workflows` which texts are numbered, and which belong to a district's office."""
    registration.register(
        BylawPage,
        register_code=BylawPage.register_code,
        on_approval=_date_bylaw,
        district_field="district",
        day_field="text_from",
    )
    registration.register(MeetingPage, register_code=MeetingPage.register_code)
    registration.register(MemorandumPage, register_code=MemorandumPage.register_code)
    registration.register(NewsPage, district_field="district")
    registration.register(DistrictPage, district_field="district")


def _date_bylaw(bylaw: Any, day: datetime.date) -> None:
    """A bylaw is approved on the day of its last step, unless its own date was entered (an old text)."""
    bylaw.approved_on = bylaw.approved_on or day
