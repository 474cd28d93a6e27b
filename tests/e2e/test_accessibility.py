"""Every kind of page for readers, as those who open it: axe finds nothing serious, nothing is cut off on a phone."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import DESK, PHONE

pytestmark = pytest.mark.browser

ONE_PAGE_OF_EACH_FAMILY = """
import json
from django.apps import apps
from wagtail.models import Page
from pages.base import IntranetPage
found = {}
for model in apps.get_models():
    if issubclass(model, IntranetPage):
        page = model.objects.filter(live=True, locale__language_code="fa").order_by("pk").last()
        if page:
            found[model.__name__] = page.pk, page.get_url()
print(json.dumps(found))
"""
APPS = {
    None: [
        "/accounts/login/",
        "/accounts/password/reset/",
        "/search/",
        "/search/?q=سازمان مردم نهاد",
        "/search/?q=ققنوس",
    ],
    "staff": [
        "/desk/",
        "/accounts/",
        "/accounts/password/",
        "/accounts/security/",
        "/accounts/security/app/",
        "/accounts/security/passkeys/add/",
        "/accounts/data/",
        "/search/?q=مشارکت&kind=bylaw",
    ],
    "editor": ["/desk/"],
    "council1": ["/desk/"],
    "ngo1-rep": ["/desk/", "/accounts/tokens/"],
}


@pytest.fixture(scope="module")
def families(instance):
    """The number and address of one published page of each family."""
    return json.loads(instance.manage("shell", "-v0", "-c", ONE_PAGE_OF_EACH_FAMILY))


def faults(page, address):
    """What is wrong with the page as a reader meets it, in words."""
    said = []
    page.on("console", lambda message: message.type == "error" and said.append(f"console: {message.text}"))
    answer = page.goto(address)
    if answer.status not in (200, 503):
        said.append(f"status {answer.status}")
    found = Axe().run(page).response["violations"]
    said += [
        f"{violation['id']}: {violation['nodes'][0]['html'][:200]}"
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
    page.set_viewport_size(PHONE)
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
        said.append(f"{wide} pixels wide on a phone")
    page.set_viewport_size(DESK)
    return [f"{address} {line}" for line in said]


@pytest.mark.parametrize("account", [None, "staff", "editor", "ngo1-rep", "council1"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_for_readers_pass_axe_and_fit_a_phone(open_as, families, account, scheme):
    page = open_as(account, color_scheme=scheme)
    addresses = list(APPS[account])
    if account in (None, "staff"):
        private = {"MemberPage", "MemberIndexPage"}
        addresses += [url for name, (_, url) in families.items() if account or name not in private]
    if account == "staff":
        addresses += [f"/access/page/{families['BylawPage'][0]}/", "/en/"]
    if account == "ngo1-rep":
        page.goto("/desk/")
        own = page.locator("a[href*='/members/']").first.get_attribute("href")
        addresses += [own]
    found = [line for address in addresses for line in faults(page, address)]
    assert not found, "\n".join(found)
