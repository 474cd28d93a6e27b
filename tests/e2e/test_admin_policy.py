"""Wagtail's admin under the policy of content: a real browser goes everywhere and reports what the policy stops."""

import re
from collections import deque

import pytest

from tests.e2e.conftest import PASSWORD

pytestmark = pytest.mark.browser

OWNER = f"""
from django.contrib.auth.models import Group
from intranet.accounts.models import User
user, _ = User.objects.get_or_create(username="crawler", defaults={{"email": "crawler@example.org"}})
user.is_superuser = user.is_staff = True
user.set_password("{PASSWORD}")
user.save()
user.groups.set(Group.objects.all())
"""
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", function (event) {
  window.refused.push([event.violatedDirective, event.blockedURI, event.sourceFile, event.lineNumber].join(" "));
});
"""
#: Acts rather than pages, and pages that say the same as others.
LEFT_ALONE = re.compile(r"logout|/(un)?lock/|sprite|jsi18n|export=|/revert/|userbar|\?(?!.*p=1)")
STARTS = [
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/documents/",
    "/admin/documents/multiple/add/",
    "/admin/workflows/list/",
    "/admin/reports/locked/",
    "/admin/snippets/",
    "/admin/collections/",
    "/admin/redirects/",
    "/admin/account/",
]
FAMILIES = (
    "from wagtail.models import Page, get_page_models\n"
    "for m in get_page_models():\n"
    "    page = m.objects.first() if m is not Page else None\n"
    "    if page: print(m._meta.app_label, m._meta.model_name, page.pk, page.get_parent().pk)"
)


def shape(path):
    """The pattern of an address: numbers and names of models put aside."""
    return re.sub(r"\d+", "N", path.split("?")[0].split("#")[0])


@pytest.fixture
def crawler(instance, open_as):
    """A page of somebody who opens everything; `crawler.refused` gathers what the policy stopped, by address."""
    instance.manage("shell", "-c", OWNER)
    page = open_as("crawler")
    page.context.add_init_script(LISTEN)
    page.refused = {}
    return page


def visit(page, path):
    """Open an address, let it settle, and note what was refused there. Returns the status."""
    answer = page.goto(path)
    page.wait_for_load_state("load")
    page.wait_for_timeout(200)
    note(page)
    return answer.status if answer else 0


def note(page):
    """Keep what the policy stopped on the page that is open."""
    found = page.evaluate("window.refused || []")
    if found:
        page.refused.setdefault(page.url.split("/", 3)[-1], set()).update(found)


def links(page):
    """The admin's addresses that the page leads to."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [href for href in found if href.startswith("/admin/") and not LEFT_ALONE.search(href)]


def editors(instance):
    """The screens on which a page of each family is written and made."""
    found = []
    for line in instance.manage("shell", "-v0", "-c", FAMILIES).splitlines():
        app, model, number, parent = line.split()
        found += [f"/admin/pages/{number}/edit/", f"/admin/pages/add/{app}/{model}/{parent}/"]
    assert len(found) > 10
    return found


def close_dialog(page):
    """Close the chooser that is open."""
    page.locator(".modal-dialog [data-dismiss=modal]").first.click()
    page.locator(".modal-dialog").first.wait_for(state="hidden")


def visible(page, selector, most=20):
    """The elements of the page that people see."""
    return [element for element in page.locator(selector).all() if element.is_visible()][:most]


def add_forms(page):
    """Add a form to each inline panel."""
    buttons = visible(page, "button[id$='-ADD']")
    for button in buttons:
        forms = page.locator("#" + button.get_attribute("id").replace("-ADD", "-FORMS")).locator("> *")
        before = forms.count()
        button.click()
        assert forms.count() == before + 1, page.url
    return len(buttons)


def open_choosers(page):
    """Open and close each chooser."""
    buttons = visible(page, "button[id$='-OPEN_MODAL'], [data-chooser-action-choose]")
    for button in buttons:
        button.click()
        close_dialog(page)
    return len(buttons)


def add_blocks(page):
    """Add a block to the first streams."""
    buttons = visible(page, "button.c-sf-add-button", 2)
    for button in buttons:
        button.click()
        page.locator("[role=option]:not(option):visible").first.click()
    return len(buttons)


def write(page):
    """Open the side panels and write into the first rich texts."""
    panels = visible(page, "[data-side-panel-toggle], button[data-side-panel]")
    for button in panels:
        button.click()
        page.wait_for_timeout(300)
    texts = visible(page, ".public-DraftEditor-content", 2)
    for text in texts:
        text.click()
        page.keyboard.type("متن")
    return len(panels) + len(texts)


def test_what_the_editors_open_and_add_keeps_the_policy(crawler, instance):
    used, errors = 0, []
    crawler.on("pageerror", lambda error: errors.append((crawler.url, str(error))))
    crawler.on("dialog", lambda dialog: dialog.accept())
    for path in editors(instance):
        visit(crawler, path)
        used += sum(act(crawler) for act in (add_forms, open_choosers, add_blocks, write))
        note(crawler)
    print(f"{used} uses")
    assert used > 40
    assert errors == []
    assert crawler.refused == {}


def test_every_screen_of_the_admin_keeps_the_policy(crawler, instance):
    families_of_screens = editors(instance)
    waiting = deque([*families_of_screens, *STARTS])
    seen, visited, failed = set(), 0, []
    while waiting and visited < 250:
        path = waiting.popleft()
        kind = path if path in families_of_screens else shape(path)
        if kind in seen:
            continue
        seen.add(kind)
        visited += 1
        if visit(crawler, path) >= 500:
            failed.append(path)
        waiting.extend(links(crawler))
    print(f"{visited} screens")
    assert visited > 100
    assert failed == []
    assert crawler.refused == {}
