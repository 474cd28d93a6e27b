"""Taking files in."""

import hashlib

import pytest
from django.test import override_settings

from documents.actions import add_document, remove_document
from documents.collections import ORGANIZATIONS
from documents.exceptions import RefusedFile
from documents.models import Document
from intranet.access.models import Target
from intranet.audit.models import Event
from intranet.outbox.actions import drain
from tests import factories
from tests.documents.conftest import word_file

pytestmark = pytest.mark.django_db


def test_add_keeps_name_type_size_checksum_and_text(private_file):
    drain("documents.text")
    kept = Document.objects.get(pk=private_file.pk)
    with kept.file.open() as file:
        content = file.read()
    assert kept.filename == "گزارش‌های سالانه.docx"
    assert kept.media_type.endswith("wordprocessingml.document")
    assert kept.file_size == len(content)
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.text == "برنامه سال آینده انجمن"
    assert kept.collection.name == ORGANIZATIONS


def test_add_persian_pdf_text_is_extracted(site, upload):
    from weasyprint import HTML

    pdf = HTML(string="<p lang='fa' dir='rtl'>ماده 12</p>").write_pdf()
    document = add_document(
        file=upload("a.pdf", pdf), title="", uploaded_by=None, audience=Document.Audience.PUBLIC
    )
    drain("documents.text")
    document.refresh_from_db()
    assert document.title == "a.pdf"
    assert "12" in document.text


def test_add_broken_pdf_is_kept_without_text(site, upload):
    document = add_document(
        file=upload("a.pdf", b"%PDF-1.7 cut short"),
        title="x",
        uploaded_by=None,
        audience=Document.Audience.PUBLIC,
    )
    assert drain("documents.text") == 1
    document.refresh_from_db()
    assert document.text == ""


@override_settings(WAGTAILDOCS_MAX_UPLOAD_SIZE=1000)
def test_add_too_large_stores_nothing(site, upload):
    with pytest.raises(RefusedFile):
        add_document(file=upload("a.txt", b"a" * 1001), title="x", uploaded_by=None, audience="public")
    assert not Document.objects.exists()


def test_add_refused_through_the_admin_says_why(site, client_of):
    client = client_of("editor")
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    answer = client.post(
        reverse("wagtaildocs:add"),
        {"title": "x", "file": SimpleUploadedFile("a.pdf", b"<html>"), "audience": "staff", "collection": ""},
    )
    assert answer.status_code == 200
    assert not Document.objects.exists()


def test_remove_closes_the_target_and_is_recorded(private_file):
    actor = factories.make_user("hq_staff")
    pk = private_file.pk
    remove_document(private_file, actor)
    assert not Target.objects.filter(object_id=pk, content_type__model="document").exists()
    assert Event.objects.filter(verb="document.removed", actor_id=actor.pk).exists()


def test_word_tables_are_extracted(tmp_path):
    import docx

    from documents.extraction import extract_text
    from documents.file_types import DOCX

    document = docx.Document()
    document.add_paragraph("پیش از جدول")
    document.add_table(rows=1, cols=2).rows[0].cells[1].text = "درون جدول"
    document.save(str(tmp_path / "a.docx"))
    assert "درون جدول" in extract_text(tmp_path / "a.docx", DOCX.media_type).text
    assert word_file("x")
