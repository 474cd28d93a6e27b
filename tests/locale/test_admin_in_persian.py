"""An editor and an administrator meet no English on the admin's screens.

The screens are walked by their links from the admin's front page, as each person may; every text node and every
attribute that is shown or read out is looked at. What may stay in Latin letters is listed by hand.
"""

import re
from collections import deque
from collections.abc import Iterator
from datetime import date

import pytest
from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, NavigableString
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from intranet.accounts.permission_names import name_permissions
from intranet.accounts.roles import Role
from organizations.models import Membership, Post, Representative
from pages.bylaws.models import BylawPage
from pages.meetings.models import MeetingPage
from pages.memoranda.models import MemorandumPage
from pages.news.models import NewsPage
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    # wagtail-localize 1.14 pages through its report without an order
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),
]

ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "data-w-tooltip-content-value")
WORD = re.compile(r"[A-Za-z]{3,}")

ALLOWED = (
    r"English",  # the name of a language, in that language
    r"NGO Support Headquarters",  # the English front page's own title
    r"Ctrl( \+ (Shift|Alt))? \+ \S",  # keys
    r"Esc",
    r"[\w.@-]+@test\.invalid",
    r"JPG|JPEG|PNG|WEBP|CSV|XLSX|TSV|AVIF|GIF|HEIC|SVG|PDF|DOCX",
    r"(home|sections|bylaws|meetings|memoranda|districts|members|news)\.\w+page",  # codes of page types
    r"None",  # Wagtail prints the counter of an unopened side panel so, hidden
    r"Wagtail v[\d.]+",
)
MAY_STAY = re.compile("|".join(f"(?:{pattern})" for pattern in ALLOWED))
# Doors that change something, leave the admin, or answer to scripts only.
NOT_SCREENS = re.compile(
    r"logout|/sprite|/jsi18n|editing-sessions|/lock/|/unlock/|set_position|view_draft|block-preview|/bulk/"
)


def texts_of(html: str) -> Iterator[str]:
    """What a page shows or reads out."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup(["script", "style", "svg"]):
        element.decompose()
    for node in soup.find_all(string=True):
        if isinstance(node, NavigableString) and not isinstance(node, Comment | Doctype):
            yield " ".join(node.split())
    for element in soup.find_all(True):
        yield from (str(element[name]) for name in ATTRIBUTES if element.get(name))
        if element.name == "input" and element.get("type") in {"submit", "button"}:
            yield str(element.get("value", ""))


def latin_in(text: str) -> list[str]:
    """Latin words of `text` that nobody allowed."""
    return WORD.findall(MAY_STAY.sub(" ", text))


def links_of(html: str) -> Iterator[str]:
    """Where a page leads within the admin: links, choosers and the menu, which is JSON."""
    for found in re.findall(r'["\'](/admin/[^"\'\\ ?#]*)', html):
        if not NOT_SCREENS.search(found):
            yield found


def walk(client: Client, *starts: str, of_each: int = 1) -> Iterator[tuple[str, str]]:
    """Every screen that the links lead to, at most `of_each` of one form, with its HTML."""
    queue = deque(starts)
    seen = set(starts)
    visits: dict[str, int] = {}
    while queue:
        url = queue.popleft()
        form = re.sub(r"\d+", "N", url)
        if url not in starts and visits.get(form, 0) >= of_each:
            continue
        visits[form] = visits.get(form, 0) + 1
        response = client.get(url, follow=True)
        kind = response.headers.get("Content-Type", "")
        if response.status_code != 200 or not kind.startswith(("text/html", "application/json")):
            continue
        html = response.content.decode() if kind.startswith("text/html") else response.json().get("html", "")
        yield url, html
        for link in links_of(html):
            if link not in seen:
                seen.add(link)
                queue.append(link)


@pytest.fixture
def furnished(site, make_user):
    """A site with a page of each family in several states, and Persian names for whoever is shown."""
    name_permissions()
    call_command("install", verbosity=0)
    author = make_user(Role.EDITOR, username="نویسنده")
    draft = {"owner": author, "live": False}
    bylaw = factories.add_page(
        factories.section("bylaws"), BylawPage, title="آیین‌نامه", source="ماده ۱ـ متن", owner=author
    )
    bylaw.source = "ماده ۱ـ متن دیگر"
    bylaw.save_revision(user=author)
    factories.add_page(factories.section("bylaws"), BylawPage, title="پیش‌نویس", source="ماده ۱ـ متن", **draft)
    factories.add_page(
        factories.section("meetings"), MeetingPage, title="جلسه", held_on=date(2024, 5, 1), **draft
    )
    factories.add_page(factories.section("memoranda"), MemorandumPage, title="تفاهم‌نامه", owner=author)
    factories.add_page(factories.section("news"), NewsPage, title="خبر", owner=author)
    body = factories.make_body()
    person = factories.person_of(factories.make_user(Role.NGO_MEMBER, username="عضو", first_name="ندا"))
    Membership.objects.create(person=person, body=body, post=Post.objects.create(title="رئیس", body=body))
    Representative.objects.create(
        person=person, organization=factories.make_organization(factories.make_district(3))
    )
    return [reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in Page.objects.filter(depth__gt=1)]


@pytest.mark.parametrize(
    ("role", "least"), [(Role.EDITOR, 40), (Role.ADMINISTRATOR, 25), (Role.HQ_STAFF, 60)]
)
def test_admin_screens_are_in_persian(furnished, client, make_user, role, least) -> None:
    client.force_login(make_user(role, username="کاربر-آزمون", first_name="نگار", last_name="راد"))
    english: dict[str, set[str]] = {}
    screens = 0
    for url, html in walk(client, reverse("wagtailadmin_home"), *furnished):
        screens += 1
        for text in texts_of(html):
            if latin_in(text):
                english.setdefault(text[:200], set()).add(url)
    assert english == {}
    assert screens >= least


def test_english_left_in_a_screen_is_found() -> None:
    html = '<p>انتشار <b>Publish page</b></p><a title="Open">باز</a><p>English</p><script>var x = "hello"</script>'
    assert [word for text in texts_of(html) for word in latin_in(text)] == ["Publish", "page", "Open"]
