"""Offices' screens, key dates and translations in a real browser, at desk and at phone width."""

import re

import pytest

from tests.e2e.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

BODIES = "/admin/offices/bodies/"
FIRST_SECTION = (
    "from pages.sections.models import SectionPage; print(SectionPage.objects.get(slug='اهداف').pk)"
)
HISTORY = (
    "from wagtail.models import Page; print(Page.objects.get(slug='history', locale__language_code='en').pk)"
)


def fits(page):
    """Whether nothing sticks out of the screen sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def choose(page, field, words):
    """Choose in the chooser of a field the row that a search for `words` finds."""
    page.locator(f"#id_{field}-chooser [data-chooser-action-choose]").first.click()
    page.locator(".modal-dialog input[name=q]").fill(words)
    page.locator(".modal-dialog a[data-chooser-modal-choice]", has_text=words).first.click()
    page.locator(".modal-dialog").wait_for(state="hidden")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_membership_is_added_with_choosers_and_a_picked_day(size, open_as, shots):
    staff = open_as("staff", viewport=size)
    staff.goto(f"{BODIES}?q=قرارگاه")
    staff.get_by_role("link", name="قرارگاه اجتماعی").first.click()
    staff.wait_for_url(re.compile(rf"{BODIES}edit/\d+/"))
    staff.locator("a[href*='/memberships/add/?body=']").click()
    choose(staff, "person", "عضو سوم شورا" if size == DESK else "عضو دوم شورا")
    staff.locator(".jalali:has(#id_valid_from) button").first.click()
    staff.locator(".jalali [aria-current=date], .jalali td button").first.click()
    assert re.fullmatch(r"1[34]\d\d/\d\d/\d\d", staff.input_value("#id_valid_from"))
    assert fits(staff)
    assert staff.evaluate("document.querySelector('main').scrollLeft") == 0
    staff.screenshot(path=shots / f"offices-membership-{size['width']}.png")
    staff.locator("#w-editor-form button[type=submit]").first.click()
    staff.wait_for_url(re.compile(r"/admin/offices/memberships/$"))
    assert staff.locator("tr", has_text="قرارگاه اجتماعی").count() >= 1
    assert fits(staff)


def test_second_saver_is_warned(open_as):
    first, second = open_as("staff"), open_as("staff")
    for page in (first, second):
        page.goto("/admin/offices/districts/")
        page.get_by_role("link", name="منطقه نه").first.click()
        page.wait_for_url(re.compile(r"/districts/edit/\d+/"))
    first.fill("#id_name", "منطقه نهم")
    first.locator("#w-editor-form button[type=submit]").first.click()
    first.wait_for_url(re.compile(r"/admin/offices/districts/$"))
    second.fill("#id_name", "منطقه ۹")
    second.locator("#w-editor-form button[type=submit]").first.click()
    second.get_by_text("چیزی ذخیره نشد").wait_for()
    assert second.input_value("#id_name") == "منطقه ۹"
    assert "منطقه نهم" in second.content()


def test_key_dates_are_added_in_the_editor(open_as, instance, shots):
    editor = open_as("editor", viewport=PHONE)
    number = instance.manage("shell", "-v0", "-c", FIRST_SECTION).strip()
    editor.goto(f"/admin/pages/{number}/edit/")
    editor.locator("[data-streamfield-stream-container] > div > button").first.click()
    editor.get_by_role("option", name="تاریخ‌های مهم").first.click()
    editor.locator("input[data-jalali]").first.fill("۱۴۰۵/۱/۱۷")
    editor.locator("input[name$=-text]").first.fill("گردهمایی سالانه")
    assert fits(editor)
    editor.screenshot(path=shots / "key-dates-phone.png")
    editor.locator("[name=action-submit], button.action-save").first.click()
    editor.locator(".messages .success").first.wait_for()
    editor.screenshot(path=shots / "key-dates-saved-phone.png")
    assert editor.locator("input[data-jalali]").first.input_value() == "1405/01/17"


def test_translators_screen_is_in_persian(open_as, instance):
    editor = open_as("editor")
    number = instance.manage("shell", "-v0", "-c", HISTORY).strip()
    editor.goto(f"/admin/pages/{number}/edit/")
    editor.get_by_text("ترجمه از فارسی به انگلیسی").first.wait_for()
    assert "to انگلیسی" not in editor.content()
