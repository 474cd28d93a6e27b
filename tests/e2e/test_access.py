"""A closed door, knocked at: the reader asks, the headquarters sees why he cannot read it and lets him in."""

import time

import pytest

from tests.e2e.conftest import PHONE, shoot

pytestmark = pytest.mark.browser


def own_page(open_as):
    """A private page that no other test looks at, of a representative who has no other: what is opened stays open."""
    representative = open_as("ngo2-rep")
    representative.goto("/members/")
    return representative.locator("main a[href*='/members/']").first.get_attribute("href")


def test_why_can_i_not_see_this(open_as, shots):
    own = own_page(open_as)
    lawyer = open_as("legal")
    assert lawyer.goto(own).status == 404
    shoot(lawyer, shots, "access-1-closed-door")
    assert lawyer.goto("/members/nothing-is-here/").status == 404
    lawyer.goto(own)
    lawyer.get_by_label("برای چه کاری به آن نیاز دارید؟").fill("برای پاسخ به نامه سازمان")
    lawyer.get_by_role("button", name="فرستادن درخواست").click()
    lawyer.get_by_text("درخواست شما فرستاده شد").wait_for()

    staff = open_as("staff")
    link = staff.get_by_role("link", name="می‌خواهد").first
    for _ in range(30):  # the worker finds what the request is about
        staff.goto("/desk/")
        if link.count():
            break
        time.sleep(1)
    link.click()
    staff.get_by_text("برای پاسخ به نامه سازمان").wait_for()
    shoot(staff, shots, "access-2-request")

    staff.goto(own)
    staff.get_by_role("link", name="چه کسانی این صفحه را می‌خوانند").click()
    staff.locator("#id_about").fill("legal")
    staff.get_by_role("button", name="بگو چرا").click()
    assert "هیچ‌یک" in staff.locator("#why").inner_text()
    assert "آن را نمی‌خواند، زیرا" in staff.locator("#why").inner_text()
    shoot(staff, shots, "access-3-why-not")

    staff.goto("/desk/")
    link.click()
    staff.get_by_role("button", name="باز شود").click()
    staff.get_by_text("پاسخ شما ثبت شد").wait_for()
    assert lawyer.goto(own).status == 200


def test_emergency_is_open_for_an_hour_and_told(open_as, shots):
    own = own_page(open_as)
    administrator = open_as("admin", viewport=PHONE, color_scheme="dark")
    assert administrator.goto(own).status == 404
    administrator.get_by_role("link", name="دسترسی اضطراری").click()
    administrator.get_by_label("دلیل").fill("شکایتی رسیده است و نماینده در دسترس نیست.")
    shoot(administrator, shots, "access-4-glass-phone-dark")
    administrator.get_by_role("button", name="دسترسی اضطراری").click()
    administrator.get_by_text("تا یک ساعت برای شما باز است").wait_for()
    representative = open_as("ngo2-rep")
    representative.goto("/desk/")
    representative.get_by_role("link", name="مدیر سامانه").first.click()
    representative.get_by_text("شکایتی رسیده است").wait_for()
    shoot(representative, shots, "access-5-told")
