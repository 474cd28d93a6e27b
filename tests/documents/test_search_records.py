"""What files offer to search: of a PDF each page, by an address that opens it there."""

import pytest

from documents.actions import add_document
from documents.models import Document
from documents.search_records import DocumentSource
from intranet.outbox.actions import drain

pytestmark = pytest.mark.django_db


def _records(site, upload, html):
    from weasyprint import HTML

    document = add_document(
        file=upload("گزارش.pdf", HTML(string=html).write_pdf()),
        title="گزارش سالانه",
        uploaded_by=None,
        audience=Document.Audience.PUBLIC,
    )
    drain("documents.text")
    return document, list(DocumentSource().records_for(document.pk))


def test_records_pdf_of_several_pages_has_one_a_page(site, upload):
    html = "<p>alpha 11</p><p style='page-break-before: always'></p><p style='page-break-before: always'>beta 22</p>"
    document, records = _records(site, upload, html)
    assert [record.uid for record in records] == [
        f"document:{document.pk}",
        f"document:{document.pk}#page=1",
        f"document:{document.pk}#page=3",
    ]
    whole, first, third = records
    assert (whole.body, whole.title) == ("", "گزارش سالانه")
    assert "alpha" in first.body
    assert "beta" in third.body
    assert "alpha" not in third.body
    assert third.url == f"{document.url}#page=3"
    assert third.title == "صفحه 3"
    assert third.trail.endswith("گزارش سالانه")
    assert {record.audience for record in records} == {whole.audience}


def test_records_pdf_of_one_page_is_one_record(site, upload):
    _document, (record,) = _records(site, upload, "<p>alpha 11</p>")
    assert "alpha" in record.body
    assert "#" not in record.url
