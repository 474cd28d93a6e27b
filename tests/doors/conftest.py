"""A private page and file of an NGO, named so that they are found wherever they leak."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions import add_document
from pages.members.models import MemberPage
from tests import factories

CANARY = "زنبورک‌قفس"
CANARY_FILE = "صندوقچه‌قفس"


@pytest.fixture
def canary(site, media):
    """An NGO of district 3 with its people, a private page and a private file that carry the canary words."""
    district = factories.make_district(3)
    organization = factories.make_organization(district, name="انجمن یاران")
    page = factories.add_page(
        factories.section("members"),
        MemberPage,
        organization=organization,
        title=CANARY,
        slug="yaran-private",
        summary=f"خلاصه {CANARY}",
        body=f"<p>متن {CANARY}</p>",
    )
    document = add_document(
        file=SimpleUploadedFile("sanduqche.txt", "متن پنهان صندوقچه".encode()),
        title=CANARY_FILE,
        uploaded_by=None,
        audience="organization",
        organization=organization,
        district=district,
    )
    return SimpleNamespace(
        page=page,
        document=document,
        organization=organization,
        district=district,
        words=(CANARY, CANARY_FILE, "yaran-private", "sanduqche"),
    )


@pytest.fixture
def shows():
    """Whether a response carries a canary: in its text, in JSON escapes or in a percent-encoded address."""

    def check(response, words):
        body = b"".join(response) if response.streaming else response.content
        text = body.decode("utf-8", errors="replace") + str(dict(response.headers))
        found = [word for word in words if word in text]
        escaped = [word for word in words if word.encode("unicode_escape").decode() in text]
        return found + escaped

    return check
