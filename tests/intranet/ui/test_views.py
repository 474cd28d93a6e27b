import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from tests import factories

CSS = ["tokens", "base", "layout", "components", "print"]


@pytest.mark.parametrize("who", ["anonymous", "ngo_member"])
def test_style_guide_is_not_found_for_readers(client, site, who):
    if who != "anonymous":
        client.force_login(factories.make_user(who))
    assert client.get(reverse("ui:style-guide")).status_code in {302, 404}


def test_style_guide_shows_every_component_to_staff(client, site):
    user = factories.make_user("editor")
    user.is_staff = True
    user.save()
    client.force_login(user)
    response = client.get(reverse("ui:style-guide"))
    assert response.status_code == 200
    html = response.content.decode()
    for component in (
        "hero",
        "doc-list",
        "legal",
        "steps",
        "timeline",
        "queue",
        "facet",
        "alphabet",
        "form",
        "empty",
    ):
        assert component in html


def test_pages_hold_no_inline_script_style_or_handler(client, site):
    html = client.get("/").content.decode()
    assert " style=" not in html
    assert "<script>" not in html
    assert " onclick" not in html


def test_page_says_its_language_and_direction(client, site):
    html = client.get("/").content.decode()
    assert '<html lang="fa" dir="rtl">' in html
    assert 'href="#main"' in html


def test_style_sheets_stay_small():
    sent = sum(len(gzip.compress(Path(finders.find(f"ui/css/{name}.css")).read_bytes())) for name in CSS)
    assert sent < 14_000
