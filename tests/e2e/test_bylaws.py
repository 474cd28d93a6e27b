"""A bylaw taken in from a file, amended twice through review, and read as of three days: in a real browser."""

import re
from pathlib import Path

import pytest

from tests.e2e.conftest import DESK, PHONE, shoot

pytestmark = pytest.mark.browser

FILE = Path(__file__).parent / "participation_bylaw.txt"
TITLE = "آیین‌نامه مشارکت تشکل‌ها، گرفته از فایل"
#: Published as it was in 1400: the import makes a draft only, which an editor moves to its place.
PUBLISH = f"""
from django.utils import timezone
from intranet.ui.calendar import gregorian
from pages.bylaws.models import BylawIndexPage, BylawPage
page = BylawPage.objects.filter(file_sha256__gt="").latest("pk")
page.move(BylawIndexPage.objects.get(locale__language_code="fa"), "last-child")
page = BylawPage.objects.get(pk=page.pk)
page.title, page.slug, page.approved_on = "{TITLE}", "from-a-file", gregorian(1400, 6, 15)
page.save_revision().publish(skip_permission_checks=True)
print(page.pk)
"""


def enter(editor, bylaw, day, verb, eid, **words):
    """Enter an amendment and carry it out in the draft."""
    editor.goto(f"/amendments/of/{bylaw}/")
    editor.fill("#id_title", f"مصوبه {day}")
    editor.fill("#id_on", day)
    editor.press("#id_on", "Escape")
    editor.select_option("#id_verb", verb)
    editor.select_option("#id_eid", eid)
    for name, text in words.items():
        editor.fill(f"#id_{name}", text)
    editor.get_by_role("button", name="ثبت و دیدن تغییر").click()
    editor.wait_for_url(re.compile(r"/amendments/\d+/"))


def hand_in_and_approve(open_as, editor):
    """The draft through its workflow: handed in, approved by the legal reviewer, voted by the council."""
    editor.get_by_role("link", name="به پیش‌نویس").click()
    editor.wait_for_url(re.compile(r"/workflows/\d+/history/"))
    editor.locator("form[action$='/submit/'] button").click()
    editor.wait_for_load_state()
    for name, button in (("legal", "accept"), ("council1", "vote_for"), ("council2", "vote_for")):
        person = open_as(name)
        person.goto("/desk/")
        person.get_by_role("link", name=TITLE).first.click()
        person.wait_for_url(re.compile(r"/workflows/\d+/"))
        person.click(f"button[value={button}]")
        person.wait_for_load_state()


def test_bylaw_from_a_file_amended_twice_and_read_by_days(open_as, instance, shots):
    instance.manage("import_bylaw", str(FILE))
    bylaw = instance.manage("shell", "-v0", "-c", PUBLISH).strip().splitlines()[-1]
    editor = open_as("editor")
    enter(
        editor,
        bylaw,
        "1401/03/01",
        "amend",
        "art_1",
        old_words="تکریم تشکل‌ها",
        new_words="پشتیبانی از تشکل‌ها",
    )
    shoot(editor, shots, "bylaws-1-amendment")
    editor.click("button[value=apply]")
    editor.wait_for_load_state()
    own = editor.url
    editor.goto("/amendments/")
    shoot(editor, shots, "bylaws-2-work-list")
    editor.goto(own)
    reader = open_as(None)
    assert (
        "تکریم تشکل‌ها" in reader.goto("/bylaws/from-a-file/").text()
    )  # nothing is published past the review
    hand_in_and_approve(open_as, editor)
    assert "پشتیبانی از تشکل‌ها" in reader.goto("/bylaws/from-a-file/").text()

    enter(editor, bylaw, "1403/02/10", "repeal", "art_3")
    editor.click("button[value=apply]")
    editor.wait_for_load_state()
    hand_in_and_approve(open_as, editor)
    editor.goto("/amendments/")
    assert editor.get_by_role("link", name=TITLE).count() == 1  # only where one is entered: none waits

    # Three days, three texts.
    seen = []
    for day in ("1400-12-01", "1402-01-01", "1403-12-01"):
        reader.goto(f"/bylaws/from-a-file/@{day}/")
        shoot(reader, shots, f"bylaws-3-{day}")
        text = reader.locator(".legal").inner_text()
        seen.append(("تکریم تشکل‌ها" in text, "نسخ شد" in text))
    assert seen == [(True, False), (False, False), (False, True)]

    # What changed between the first and the last, from the text itself; on paper too.
    reader.goto("/bylaws/from-a-file/")
    reader.get_by_role("link", name="تغییرات").click()
    reader.fill("#id_before", "1400/12/01")
    reader.press("#id_before", "Escape")
    reader.get_by_role("button", name="مقایسه").click()
    reader.wait_for_load_state()
    assert reader.locator("del").filter(has_text="تکریم").count() == 1
    shoot(reader, shots, "bylaws-4-redline")
    reader.emulate_media(media="print")
    shoot(reader, shots, "bylaws-5-redline-print")
    dark = open_as(None, viewport=PHONE, color_scheme="dark")
    dark.goto(reader.url)
    dark.screenshot(path=shots / "bylaws-6-redline-dark.png", full_page=True)

    # One article, its history and its citation, copied with the button.
    context = open_as(None, permissions=["clipboard-read", "clipboard-write"])
    context.goto("/bylaws/from-a-file/art_1/")
    context.get_by_role("link", name="رونوشت ارجاع").click()
    context.wait_for_timeout(200)
    copied = context.evaluate("navigator.clipboard.readText()")
    assert copied == f"ماده ۱ {TITLE}، مصوب ۱۵ شهریور ۱۴۰۰\n{instance.url}/bylaws/from-a-file/art_1/"
    shoot(context, shots, "bylaws-7-article")
    context.set_viewport_size(DESK)
    context.goto("/bylaws/from-a-file/@1400-13-01/")
    assert "ماه ۱۳" in context.locator("main").inner_text()
    shoot(context, shots, "bylaws-8-no-such-day")

    # Without scripts the link of each provision leads to the page with the same words.
    plain = open_as(None, java_script_enabled=False)
    plain.goto("/bylaws/from-a-file/")
    plain.locator("#art_2 .cite").first.click()
    assert plain.url.endswith("/bylaws/from-a-file/art_2/")
