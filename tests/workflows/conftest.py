"""A bylaw and the people who bring it through its steps."""

from types import SimpleNamespace

import pytest

from pages.bylaws.models import BylawPage
from tests import factories


@pytest.fixture
def people(site):
    """An editor, a second one, a legal reviewer, three council members, a member of staff, two administrators."""
    names = {
        "editor": "editor",
        "editor2": "editor",
        "legal": "legal_reviewer",
        "legal2": "legal_reviewer",
        "council1": "council_member",
        "council2": "council_member",
        "council3": "council_member",
        "staff": "hq_staff",
        "auditor": "auditor",
        "admin": "administrator",
    }
    return SimpleNamespace(**{name: factories.make_user(role, username=name) for name, role in names.items()})


@pytest.fixture
def bylaw(people):
    """A draft bylaw of the editor's."""
    return make_bylaw(people.editor)


def make_bylaw(owner, **fields):
    """A draft bylaw."""
    fields.setdefault("source", "ماده ۱ـ مشارکت سازمان‌های مردم‌نهاد آزاد است.")
    return factories.add_page(factories.section("bylaws"), BylawPage, live=False, owner=owner, **fields)
