"""An obligation of the demonstration's memorandum met with evidence: shown, judged, and counted for all to see."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import PHONE, shoot

pytestmark = pytest.mark.browser

OWED = re.compile("معرفی نیروهای انسانی دبیرخانه‌های منطقه‌ای")


def standing(page):
    """What the memorandum's own page says of the obligation, and of its side."""
    page.goto("/memoranda/")
    page.get_by_role("link", name=re.compile("تفاهم‌نامه همکاری ستاد")).first.click()
    page.wait_for_load_state()
    row = page.locator("li", has=page.get_by_role("link", name=OWED))
    side = page.locator("section.card", has=page.locator("#side-first"))
    return row.locator(".badge").first.inner_text(), side.locator("strong").first.inner_text()


def test_obligation_is_met_with_evidence_that_the_other_side_accepts(open_as, shots):
    reader = open_as(viewport=PHONE)
    assert standing(reader) == ("دیرکرد", "۲ از ۳")

    staff = open_as("staff")
    assert standing(staff)[0] == "در انتظار پذیرش"
    staff.get_by_role("link", name=OWED).click()
    staff.wait_for_url(re.compile("/obligations/"))
    waiting = staff.locator("article.card", has_text="در انتظار طرف دیگر")
    waiting.locator("button[value=take_back]").click()
    staff.fill("#id_words", "فهرست نیروها و نمایندگان محله‌ها، با نام ۳۵۴ محله، فرستاده شد.")
    staff.fill("#id_done_on", "۱۳۹۵/۰۴/۲۰")
    staff.press("#id_done_on", "Escape")
    staff.fill("#id_amount", "۳۵۴")
    staff.fill("#id_address", "/bylaws/nowhere/")
    staff.set_input_files(
        "#id_file", {"name": "list.txt", "mimeType": "text/plain", "buffer": "فهرست".encode()}
    )
    staff.get_by_role("button", name="فرستادن برای طرف دیگر").click()
    staff.get_by_text("صفحه‌ای از سامانه نیست").wait_for()
    assert "۳۵۴" in staff.input_value("#id_amount")
    staff.fill("#id_address", "/bylaws/")
    staff.set_input_files(
        "#id_file", {"name": "list.txt", "mimeType": "text/plain", "buffer": "فهرست".encode()}
    )
    staff.get_by_role("button", name="فرستادن برای طرف دیگر").click()
    staff.get_by_text("در انتظار پاسخ طرف دیگر است").wait_for()
    assert staff.locator("article.card", has_text="۳۵۴ محله").locator("button[value=accept]").count() == 0

    colleague = open_as("staff2")
    colleague.goto(staff.url)
    shown = colleague.locator("article.card", has_text="۳۵۴ محله")
    shown.get_by_label("نامه پاسخ").fill("۲۲۰/۳۱۲ ـ ۱۳۹۵/۰۵/۰۲")
    shown.locator("button[value=accept]").click()
    colleague.get_by_text("پاسخ شما ثبت شد").wait_for()
    shoot(colleague, shots, "obligation")

    assert standing(reader) == ("انجام‌شده با تأخیر", "۳ از ۳")
    shoot(reader, shots, "memorandum-phone")
    reader.get_by_role("link", name=OWED).click()
    reader.wait_for_url(re.compile("/obligations/"))
    said = reader.locator("main").inner_text()
    assert "۳۵۴ محله" in said
    assert "list.txt" not in said
    assert reader.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    for page in (reader, colleague):
        serious = [
            fault["id"]
            for fault in Axe().run(page).response["violations"]
            if fault["impact"] in {"serious", "critical"}
        ]
        assert serious == []
