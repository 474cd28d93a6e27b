"""Copies signed with the institution's certificate."""

import asyncio
import io

import pytest
from django.core.exceptions import ImproperlyConfigured
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents import copies, signing
from documents.codes import shown
from tests.documents.certificates import PASSWORD, write_certificate
from tests.documents.test_pdf import data_dir  # noqa: F401 - fixture
from tests.pages.conftest import make_bylaw  # noqa: F401 - fixture


@pytest.fixture
def certificate(settings, tmp_path):
    signing._signer.cache_clear()
    settings.OFFICIAL_CERTIFICATE = str(tmp_path / "seal.p12")
    settings.OFFICIAL_CERTIFICATE_PASSWORD = PASSWORD
    yield write_certificate(tmp_path / "seal.p12")
    signing._signer.cache_clear()


def validated(content):
    """The state of the one signature of a PDF, trusting its own certificate."""
    [signature] = PdfFileReader(io.BytesIO(content)).embedded_signatures
    store = SimpleCertificateStore.from_certs([signature.signer_cert])
    context = ValidationContext(trust_roots=list(store), allow_fetching=False)
    return asyncio.run(async_validate_pdf_signature(signature, context))


def test_signed_copy_verifies_and_says_by_whom(make_bylaw, data_dir, certificate, client):  # noqa: F811
    page = make_bylaw()
    text = copies.wanted(page)
    copy = copies.make(text)
    state = validated(text.path.read_bytes())
    assert state.intact
    assert state.valid
    assert state.coverage.name == "ENTIRE_FILE"
    assert copy.signed_by == "دبیرخانه ستاد سمن‌ها، ستاد سمن‌ها"
    html = client.get(f"/verify/{shown(copy.code)}/").content.decode()
    assert copy.signed_by in html


def test_changed_file_breaks_the_signature(make_bylaw, data_dir, certificate):  # noqa: F811
    text = copies.wanted(make_bylaw())
    copies.make(text)
    content = bytearray(text.path.read_bytes())
    content[content.index(b"\n%") + 2] ^= 1  # in the remark after the first line, which no reader parses
    assert not validated(bytes(content)).intact


def test_without_a_certificate_copies_are_as_they_were():
    assert signing.sign(b"%PDF-1.7") == (b"%PDF-1.7", "")


@pytest.mark.parametrize("trouble", ["no file", "password"])
def test_certificate_that_cannot_be_read_is_an_error(settings, certificate, tmp_path, trouble):
    if trouble == "no file":
        settings.OFFICIAL_CERTIFICATE = str(tmp_path / "other.p12")
    else:
        settings.OFFICIAL_CERTIFICATE_PASSWORD = "another"
    with pytest.raises(ImproperlyConfigured, match="OFFICIAL_CERTIFICATE"):
        signing.sign(b"%PDF-1.7")
