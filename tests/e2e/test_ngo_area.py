"""An invitation from the letter to the first download: representative, HQ staff, invited member."""

import email
import email.policy
import re
import time
import zipfile

import pytest

from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.browser

ADDRESS = "neda@test.invalid"
SECRET = "Persimmon garden 47"


def fits(page):
    """Whether nothing sticks out of the screen sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def link_in_mail(instance):
    """The invitation's link, once the worker has sent it."""
    for _ in range(120):
        for path in sorted(instance.data.rglob("*.log")) + sorted(instance.data.rglob("*.eml")):
            for part in path.read_bytes().split(b"-" * 79):
                message = email.message_from_bytes(part.strip(), policy=email.policy.default)
                if message["To"] == ADDRESS:
                    found = re.search(rf"{instance.url}(/\S+)", message.get_content())
                    if found:
                        return found[1]
        time.sleep(0.5)
    raise AssertionError("no invitation was sent")


def test_invitation_from_letter_to_first_download(open_as, instance, shots, tmp_path):
    representative = open_as("ngo1-rep")
    representative.goto("/ngo/")
    area = re.search(r"/ngo/\d+/", representative.url)[0]
    representative.goto(f"{area}people/invite/")
    representative.fill("input[name=name]", "ندا راد")
    representative.fill("input[name=email]", ADDRESS)
    representative.fill("input[name=number]", "1101/9")
    representative.fill("input[name=valid_to]", "1406/12/01")
    representative.get_by_role("button", name="ثبت معرفی‌نامه").click()
    representative.wait_for_url(re.compile(r"/people/$"))
    assert "ندا راد" in representative.locator("main").inner_text()
    representative.screenshot(path=shots / "ngo-people.png", full_page=True)

    staff = open_as("staff")
    staff.goto("/ngo/letters/")
    staff.get_by_role("link", name=re.compile("ندا راد")).click()
    staff.get_by_role("button", name="تأیید").click()
    staff.wait_for_url(re.compile(r"/ngo/letters/$"))

    member = open_as(viewport=PHONE, accept_downloads=True)
    member.goto(link_in_mail(instance))
    passwords = member.locator("input[type=password]")
    for number in range(passwords.count()):
        passwords.nth(number).fill(SECRET)
    passwords.first.press("Enter")
    member.wait_for_url(lambda url: "invitation" not in url)
    if "/accounts/login/" in member.url:
        member.fill("input[name=username]", ADDRESS)
        member.fill("input[name=password]", SECRET)
        member.press("input[name=password]", "Enter")
        member.wait_for_url(lambda url: "/accounts/login/" not in url)
    member.goto(area)
    assert "انجمن یاوران محله" in member.locator("h1").inner_text()
    assert "امور مالی" not in member.locator("main").inner_text()
    assert fits(member)
    member.screenshot(path=shots / "ngo-member-phone.png", full_page=True)
    with member.expect_download() as started:
        member.get_by_role("link", name="دریافت همه").click()
    target = tmp_path / "all.zip"
    started.value.save_as(target)
    assert started.value.suggested_filename == "انجمن یاوران محله.zip"
    names = zipfile.ZipFile(target).namelist()
    assert "گزارش‌های فصلی/گزارش بهار ۱۴۰۵.txt" in names
    assert not any("هزینه" in name for name in names)

    representative.goto(f"{area}people/")
    row = representative.locator("li.doc-item", has_text="ندا راد").first
    row.locator("summary").click()
    row.get_by_role("button", name="پایان دادن به دسترسی").click()
    representative.wait_for_load_state()
    assert member.goto(area).status == 403
