"""An organisation's private page and file, for the tests of who is let in and how."""

from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions import add_document
from pages.members.models import MemberPage
from tests import factories


@pytest.fixture
def private(site, media):
    """`organization` (of district 3), its `page`, its `file`, and `representative`, who acts for it."""
    district = factories.make_district(3)
    organization = factories.make_organization(district, name="یاران")
    page = factories.add_page(
        factories.section("members"),
        MemberPage,
        organization=organization,
        title="صندوق یاران",
        slug="yaran-fund",
    )
    file = add_document(
        file=SimpleUploadedFile("sanduq.txt", "متن پنهان".encode()),
        title="صورت صندوق",
        uploaded_by=None,
        audience="organization",
        organization=organization,
        district=district,
    )
    representative = factories.make_representative(organization)
    representative.first_name = "نماینده یاران"
    representative.save()
    return SimpleNamespace(
        page=page,
        file=file,
        organization=organization,
        district=district,
        representative=representative,
    )
