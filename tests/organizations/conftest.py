"""The offices' screens, filled in as a browser would: the form is fetched, a few fields changed, the rest sent back."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests import factories


def fields_of(html, form="#w-editor-form"):
    """What a form of a page (a CSS selector; of the admin's editor without one) holds, as a browser would send it."""
    form = BeautifulSoup(html, "html.parser").select_one(form)
    data = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if not name or kind in ("submit", "button") or "__prefix__" in name:
            continue
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            data[name] = chosen["value"] if chosen else ""
        else:
            data[name] = field.text if field.name == "textarea" else field.get("value", "")
    return data


def errors_of(response):
    """All that the page says."""
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def url(model, screen, *args):
    """The address of a screen of a model's rows."""
    return reverse(model.snippet_viewset.get_url_name(screen), args=args)


@pytest.fixture
def staff(site):
    """A member of HQ staff."""
    return factories.make_user("hq_staff")


@pytest.fixture
def office(client, staff):
    """A function of (model, row, changes) that edits a row, or adds one when it is None; it gives the response."""
    client.force_login(staff)

    def submit(model, row=None, **changes):
        address = url(model, "edit", row.pk) if row else url(model, "add")
        form = fields_of(client.get(address).content.decode())
        return client.post(address, form | changes)

    return submit
