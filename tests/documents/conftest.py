"""Small real files, made in memory."""

import io
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions import add_document
from documents.models import Document
from tests import factories


def word_file(*paragraphs):
    """The bytes of a Word file."""
    document, buffer = docx.Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(buffer)
    return buffer.getvalue()


def archive(**members):
    """The bytes of a zip archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def upload():
    """A function of name and bytes that makes an uploaded file."""
    return SimpleUploadedFile


@pytest.fixture
def organization(site):
    return factories.make_organization(factories.make_district(3))


@pytest.fixture
def private_file(organization, upload):
    """A Word file of an NGO, for its own people."""
    return add_document(
        file=upload("گزارش‌های سالانه.docx", word_file("برنامه سال آینده انجمن")),
        title="گزارش سالانه",
        uploaded_by=factories.make_representative(organization),
        audience=Document.Audience.ORGANIZATION,
        organization=organization,
    )
