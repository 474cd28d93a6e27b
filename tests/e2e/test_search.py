"""Searching in a real browser: from typing to the very article, as staff, as NGO members, and without scripts."""

import re

import pytest

from tests.e2e.conftest import shoot

pytestmark = pytest.mark.browser

# The fifth article of the demonstration's text on consultative status, typed on an Arabic keyboard.
QUESTION = "بررسي كارشناسي درخواست ظرف يك ماه"
BYLAW = "شیوه‌نامه اعطای مقام مشورتی"
OWN, OTHER = "انجمن یاوران محله", "کانون همیاران کودک"  # of ngo1-member and of ngo2-member


def ask(page, text):
    """Type a question into the field and send it."""
    page.goto("/search/")
    page.get_by_role("combobox").fill("")
    page.get_by_role("combobox").press_sequentially(text)
    page.get_by_role("combobox").press("Enter")
    page.wait_for_url(re.compile(r"/search/\?.*q="))


def open_the_article(page):
    """Follow the first result that leads to the article; it must be in sight and marked."""
    hit = page.locator(".hit", has_text=BYLAW).first
    assert hit.locator("mark").count() > 0
    hit.locator("a[href*='#art_5']").first.click()
    page.wait_for_url(re.compile(r"/bylaws/.+#art_5"))
    article = page.locator("#art_5")
    assert "بررسی کارشناسی" in article.inner_text()
    assert page.locator(":target").evaluate("element => getComputedStyle(element).backgroundColor") not in (
        "rgba(0, 0, 0, 0)",
        "transparent",
    )
    page.wait_for_function(  # it glides there
        "() => { const top = document.querySelector(':target').getBoundingClientRect().top;"
        " return top >= 0 && top < innerHeight }"
    )


def found(page, text):
    """What a page of results lists for a question."""
    ask(page, text)
    return page.locator("main").inner_text()


def test_staff_member_gets_from_typing_to_the_article(open_as, shots):
    page = open_as("staff")
    ask(page, QUESTION)
    shoot(page, shots, "search-1-results")
    open_the_article(page)
    shoot(page, shots, "search-2-article")


def test_search_without_scripts_gets_to_the_article_too(open_as):
    page = open_as("staff", java_script_enabled=False)
    ask(page, QUESTION)
    page.locator(".hit", has_text=BYLAW).first.locator("a[href*='#art_5']").first.click()
    assert page.url.partition("#")[2].startswith("art_5")
    assert page.locator("#art_5").is_visible()


def test_results_follow_results_without_another_page(open_as):
    page = open_as("staff")
    ask(page, "محله")
    page.evaluate("window.sameDocument = true")
    found_at_first = page.locator("#search-live").inner_text()
    page.get_by_role("region", name="نوع").get_by_role("link", name="آیین‌نامه").press("Enter")
    page.wait_for_url(re.compile("kind=bylaw"))
    chosen = page.get_by_role("region", name="نوع").locator("a[aria-current]")
    chosen.wait_for()
    assert chosen.evaluate("link => link === document.activeElement")
    assert page.locator("#search-live").inner_text() != found_at_first
    assert "محله" in page.title()
    page.get_by_label("از", exact=True).fill("۱۳۹۹")
    page.get_by_role("button", name="اعمال").click()
    page.wait_for_url(re.compile("from="))
    page.get_by_role("link", name="از ۱۳۹۹/۰۱/۰۱").wait_for()
    page.go_back()
    page.get_by_role("link", name="از ۱۳۹۹/۰۱/۰۱").wait_for(state="detached")
    page.go_back()
    page.locator(".search-chips").wait_for(state="detached")
    assert page.locator("#search-live").inner_text() == found_at_first
    assert page.get_by_role("combobox").input_value() == "محله"
    assert page.evaluate("window.sameDocument")


def test_results_that_cannot_be_fetched_are_loaded_as_a_page(open_as):
    page = open_as("staff")
    ask(page, "محله")
    page.evaluate("window.sameDocument = true")
    page.route(
        "**/search/**",
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.fallback(),
    )
    page.get_by_role("region", name="نوع").get_by_role("link", name="آیین‌نامه").click()
    page.wait_for_url(re.compile("kind=bylaw"))
    page.locator(".search-chips").wait_for()
    assert page.evaluate("window.sameDocument === undefined")


def test_ngo_member_does_not_find_another_ngos_private_page(open_as):
    member, staff = open_as("ngo1-member"), open_as("staff")
    for text in (f"پرونده سالانه {OTHER}", OTHER):
        assert f"پرونده سالانه {OTHER}" not in found(member, text)
        assert f"پرونده سالانه {OTHER}" in found(staff, text)
    assert f"پرونده سالانه {OWN}" in found(member, f"پرونده سالانه {OWN}")
    answers = [
        member.request.get(address, params={"q": f"پرونده سالانه {OTHER}"}).text()
        for address in ("/api/search", "/search/suggest", "/search/suggest/opensearch")
    ]
    assert not any(f"سالانه {OTHER}" in re.sub(r'"query": "[^"]*"', "", text) for text in answers[:2])
    assert f"پرونده سالانه {OWN}" not in found(open_as(None), OWN)
    ask(member, QUESTION)
    open_the_article(member)


def test_saved_search_is_kept_renamed_and_taken_back(open_as, shots):
    page = open_as("staff")
    ask(page, "دبیرخانه منطقه")
    page.get_by_role("button", name="ذخیره این جستجو").click()
    page.wait_for_url(re.compile(r"/search/saved/"))
    field = page.get_by_role("textbox", name="نام")
    field.fill("دبیرخانه‌ها")
    field.press("Enter")
    page.get_by_role("link", name="دبیرخانه‌ها", exact=True).wait_for()
    page.get_by_role("button", name="تازه‌ها را روزانه خبر بده").click()
    page.get_by_text("ایمیل روزانه").wait_for()
    shoot(page, shots, "search-3-saved")
    page.get_by_role("button", name="ساختن خوراک").click()
    address = page.get_by_label("نشانی خوراک").input_value()
    shoot(page, shots, "search-4-feed")
    feed = open_as(None).request.get(address)
    assert feed.status == 200
    assert "<entry>" in feed.text()
    page.get_by_role("button", name="حذف: دبیرخانه‌ها").click()
    page.get_by_role("button", name="بازگرداندن").click()
    page.get_by_role("link", name="دبیرخانه‌ها", exact=True).click()
    page.wait_for_url(re.compile(r"/search/\?"))


def test_token_is_shown_once_and_searches_in_its_owners_name(open_as, shots):
    page = open_as("ngo1-member")
    page.goto("/accounts/tokens/")
    page.get_by_label("کاربرد").fill("گزارش‌ساز")
    page.get_by_role("button", name="توکن را بساز").click()
    secret = page.locator("#token").input_value()
    shoot(page, shots, "search-5-token")
    page.goto("/accounts/tokens/")
    assert secret not in page.content()
    program = open_as(None).request
    asked = {"params": {"q": f"پرونده سالانه {OWN}"}}
    known = program.get("/api/search", headers={"Authorization": f"Bearer {secret}"}, **asked).json()
    assert known["total"] > program.get("/api/search", **asked).json()["total"]
    page.get_by_role("button", name="باطل‌کردن: گزارش‌ساز").click()
    refused = program.get("/api/search", headers={"Authorization": f"Bearer {secret}"}, **asked)
    assert refused.status == 401


@pytest.mark.parametrize(
    "typed", ["شيوه نامه اعطاي مقام مشورتي", "شیوه‌نامه مشورتی", "شيوهنامه اعطا", "مقام مشور"]
)
def test_editor_finds_a_page_by_any_keyboard(open_as, shots, typed):
    editor = open_as("editor")
    editor.goto("/admin/pages/search/")
    editor.locator("input[name=q]").last.press_sequentially(typed)
    editor.get_by_text("معرفی ستاد").first.wait_for(state="hidden")  # all pages were listed until then
    editor.locator("main").get_by_text(BYLAW).first.wait_for()
    shoot(editor, shots, "search-6-explorer")


def test_editor_chooses_a_page_by_an_arabic_keyboard(open_as, shots):
    editor = open_as("editor")
    editor.goto("/admin/snippets/search/pinnedanswer/add/")
    editor.locator("#inline_child_pages-0 [data-chooser-action-choose]").first.click()
    field = editor.locator(".modal input[name=q]")
    editor.wait_for_load_state("networkidle")  # its script listens then
    field.press_sequentially("شيوه نامه اعطاي مقام")
    result = editor.locator(".modal").get_by_role("link", name=re.compile(BYLAW)).first
    result.wait_for()
    shoot(editor, shots, "search-7-chooser")
    result.click()
    editor.locator(".modal").wait_for(state="hidden")
    assert BYLAW in editor.locator("main").inner_text()
