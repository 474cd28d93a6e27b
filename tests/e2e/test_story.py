"""The main job, in a real browser: a bylaw from draft to print, and a private page that stays private."""

import re
from pathlib import Path

import pypdfium2
import pytest

from tests.e2e.conftest import shoot

pytestmark = pytest.mark.browser

TITLE = "آیین‌نامه مشارکت تشکل‌ها در اداره محله"
# The facts are those of the institution's fifth text: composition of the workgroup, priorities, SAMA, the budget.
SOURCE = (Path(__file__).parent / "participation_bylaw.txt").read_text(encoding="utf-8")


PARENT_OF_BYLAWS = (
    "from pages.bylaws.models import BylawIndexPage; "
    "print(BylawIndexPage.objects.get(locale__language_code='fa').pk)"
)


def open_review(page, title):
    """From the desk to the review page of the text that waits."""
    page.goto("/desk/")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url(re.compile(r"/workflows/\d+/"))


def test_bylaw_from_draft_to_print(open_as, instance, shots):
    # The editor writes and hands it in.
    editor = open_as("editor")
    parent = instance.manage("shell", "-v0", "-c", PARENT_OF_BYLAWS).strip()
    editor.goto(f"/admin/pages/add/bylaws/bylawpage/{parent}/")
    editor.fill("#id_title", TITLE)
    editor.fill("#id_source", SOURCE)
    shoot(editor, shots, "story-1-editor")
    submit = editor.locator("[name=action-submit]")
    if not submit.is_visible():
        editor.locator("footer [data-w-dropdown-target=toggle]").first.click()
    submit.click()
    editor.wait_for_url(re.compile(r"/admin/pages/(?!add/)"))
    editor.goto("/desk/")
    shoot(editor, shots, "story-2-editors-desk")
    assert TITLE in editor.content()

    # The legal reviewer approves; so far no number, and nobody else can read it.
    legal = open_as("legal")
    open_review(legal, TITLE)
    shoot(legal, shots, "story-3-legal-review")
    assert TITLE not in open_as(None).goto("/bylaws/").text()
    legal.click("button[value=accept]")
    legal.wait_for_load_state()

    # The council votes.
    for name in ("council1", "council2"):
        member = open_as(name)
        open_review(member, TITLE)
        shoot(member, shots, f"story-4-{name}")
        member.click("button[value=vote_for]")
        member.wait_for_load_state()

    # A staff member finds it by another spelling, once the worker has indexed it.
    staff = open_as("staff")
    for _ in range(20):
        staff.goto("/search/?q=آئين نامه مشاركت تشكلها در اداره محله")
        if staff.get_by_role("link", name=TITLE).count():
            break
        staff.wait_for_timeout(1000)
    shoot(staff, shots, "story-5-search")
    staff.get_by_role("link", name=TITLE).first.click()
    staff.wait_for_load_state()
    shoot(staff, shots, "story-6-bylaw")
    assert staff.locator("#art_2__proviso_1").count() == 1
    assert re.search(r"[۰-۹]{4}/[۰-۹]+/[۰-۹]+", staff.locator("main").inner_text())

    # He prints the official copy.
    link = staff.locator("a[href*='/pdf/']").first.get_attribute("href")
    for _ in range(60):
        answer = staff.request.get(link)
        if answer.status != 202:  # it is made in the background
            break
        staff.wait_for_timeout(1000)
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    with pypdfium2.PdfDocument(answer.body()) as copy:
        assert "ماده" in copy[0].get_textpage().get_text_bounded()
        copy[0].render(scale=1.2).to_pil().save(shots / "story-7-pdf.png")

    # Whoever gets it asks whether it is genuine, with nothing but the file.
    anybody = open_as(None)
    anybody.goto("/verify/")
    file = {"name": "copy.pdf", "mimeType": "application/pdf", "buffer": answer.body()}
    anybody.locator("input[type=file]").set_input_files(file)
    anybody.get_by_role("button", name="راستی‌آزمایی").click()
    assert "بی‌کم‌وکاست" in anybody.locator("main").inner_text()
    assert anybody.locator("main").get_by_role("link", name=TITLE).count() == 1
    shoot(anybody, shots, "story-8-verified")

    # Everybody may read it now, and the editor was told.
    assert TITLE in open_as(None).goto("/bylaws/").text()
    mail = "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in (instance.data / "mail").glob("*")
    )
    assert mail


def test_private_page_opens_for_its_members_only(open_as, shots):
    member = open_as("ngo1-member")
    member.goto("/members/")
    shoot(member, shots, "private-1-index")
    own = member.locator("main a[href*='/members/']").first.get_attribute("href")
    assert member.goto(own).status == 200
    shoot(member, shots, "private-2-own")
    for other in ("ngo2-member", "ngo2-rep", "editor", "legal", "council1", "admin"):
        page = open_as(other)
        answer = page.goto(own)
        assert answer.status == 404, other
    shoot(page, shots, "private-3-closed-door")
    stranger = open_as(None)
    assert stranger.goto(own).status == 404
    stranger.get_by_role("link", name="وارد شوید و دوباره بکوشید").click()
    assert "/accounts/login/" in stranger.url
    assert open_as("staff").goto(own).status == 200
