"""A meeting from its invitation to notified minutes and an overdue follow-up, as several people, in a real browser."""

import re

import pytest

from tests.e2e.conftest import PHONE, shoot

pytestmark = pytest.mark.browser

PERIOD_OVER = (
    "from django.utils import timezone; from pages.conduct.models import Meeting;"
    "Meeting.objects.filter(session_number='99').update(approvable_from=timezone.localdate())"
)
SAVED = "همه چیز ذخیره شد."


def press(page, words):
    page.get_by_role("button", name=words).first.click()


def saved(page):
    page.locator("[data-status]", has_text=SAVED).wait_for()


def test_meeting_from_invitation_to_an_overdue_follow_up(open_as, instance, shots):
    staff = open_as("staff")
    staff.goto("/conduct/new/")
    staff.select_option("select[name=body]", label="شورای مرکزی ستاد")
    staff.fill("input[name=session_number]", "99")
    staff.fill("input[name=day]", "1405/08/30")
    staff.fill("textarea[name=agenda]", "طرح آزمون مرورگر | دبیرخانه\nزمان جلسه بعد")
    press(staff, "فراخواندن و دعوت")
    staff.wait_for_url(re.compile(r"/conduct/\d+/$"))
    address = staff.url
    press(staff, "نهایی کردن دستور جلسه")
    press(staff, "رسمیت جلسه")
    staff.goto(f"{address}room/")
    for person in range(3):
        staff.locator("select[data-field$='.presence']").nth(person).select_option("present")
        saved(staff)
    staff.locator("input[data-field$='.in_favour']").first.fill("۳")
    staff.locator("[data-result]").first.get_by_text("تصویب شد").wait_for()
    _line_fails_and_returns(staff)
    _two_write_at_once(staff, open_as("staff2"), address)
    staff.locator("textarea[data-field$='.text']").first.fill("متن مصوبه آزمون")
    staff.locator("input[data-field$='.core_actors']").first.fill("انجمن یاوران محله")
    staff.locator("select[data-field$='.proposal']").nth(1).select_option("postpone")
    saved(staff)
    shoot(staff, shots, "meeting-room")
    staff.goto(address)
    press(staff, "پایان جلسه و آغاز صورتجلسه")
    press(staff, "فرستادن صورتجلسه برای حاضران")
    _corrected(open_as("council2"), staff, address)
    instance.manage("shell", "-c", PERIOD_OVER)
    chair = open_as("council1")
    chair.goto(address)
    chair.locator("summary", has_text="تصویب و امضا").click()
    press(chair, "این صورتجلسه را تصویب می‌کنم")
    chair.locator(".hash").wait_for()
    staff.goto(address)
    press(staff, "ابلاغ به حاضران و مجریان")
    staff.get_by_text("ابلاغ در").first.wait_for()
    _followed_up(staff, open_as("ngo1-rep"), open_as("staff2"))
    board = open_as(None, viewport=PHONE)
    board.goto("/resolutions/?state=objection_period")
    board.get_by_role("link", name="طرح آزمون مرورگر").wait_for()
    assert board.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _line_fails_and_returns(staff):
    """What is written while the line is down stays on the device and goes when it returns, also after a reload."""
    staff.context.set_offline(True)
    staff.locator("[data-field='m.minutes']").fill("گشایش جلسه")
    staff.locator("[data-status]", has_text="ارتباط قطع است").wait_for()
    staff.context.set_offline(False)
    saved(staff)
    staff.reload()
    assert staff.input_value("[data-field='m.minutes']").strip() == "گشایش جلسه"


def _two_write_at_once(staff, colleague, address):
    """Both see both wordings, and nothing is lost."""
    colleague.goto(f"{address}room/")
    staff.locator("[data-field='m.minutes']").fill("گشایش جلسه با تلاوت")
    saved(staff)
    colleague.locator("[data-field='m.minutes']").fill("گشایش جلسه با گزارش")
    note = colleague.locator("[data-note='m.minutes']")
    note.get_by_text("گشایش جلسه با تلاوت").wait_for()
    assert colleague.input_value("[data-field='m.minutes']") == "گشایش جلسه با گزارش"
    note.get_by_role("button", name="نوشته او بماند").click()


def _corrected(member, staff, address):
    member.goto(f"{address}correct/?on=m.minutes")
    member.fill("textarea[name=now]", "گشایش جلسه با تلاوت و گزارش")
    press(member, "پیشنهاد")
    member.wait_for_url(address)
    staff.goto(address)
    staff.locator("ins").first.wait_for()
    press(staff, "پذیرش")
    staff.get_by_text("پذیرفته‌شده").first.wait_for()


def _followed_up(staff, owner, colleague):
    """A follow-up that should have been done: its owner reports, another than he accepts, then it is done."""
    staff.goto("/resolutions/?state=objection_period")
    staff.get_by_role("link", name="طرح آزمون مرورگر").click()
    staff.get_by_role("link", name="افزودن پیگیری").click()
    staff.fill("input[name=title]", "کار آزمون")
    staff.select_option("select[name=owner_organization]", label="انجمن یاوران محله")
    staff.fill("input[name=due_on]", "1405/08/01")
    staff.locator("main form button.button--primary").click()
    staff.get_by_role("link", name="کار آزمون").click()
    staff.locator(".badge", has_text="دیرکرد").wait_for()
    owner.goto(staff.url)
    owner.fill("textarea[name=text]", "انجام شد")
    owner.fill("input[name=progress]", "100")
    owner.locator("main form button.button--primary").click()
    owner.get_by_text("در انتظار پذیرش").first.wait_for()
    colleague.goto(staff.url)
    press(colleague, "پذیرش")
    colleague.locator(".badge", has_text="انجام شد").wait_for()
