"""One small private file for each NGO, made in memory: a text, a Word file or a PDF."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.actions import add_document
from documents.models import Document
from intranet.demonstration.manifest import Manifest
from intranet.demonstration.texts import table
from organizations.models import Organization

FORM_TITLE = "برگه ثبت اطلاعات سازمان مردم‌نهاد"
FORM_LINES = (
    "نام سازمان:",
    "حوزه فعالیت:",
    "منطقه و محله:",
    "شماره و تاریخ مجوز:",
    "نام مرجع صدور مجوز:",
    "نماینده سازمان و سمت او:",
    "شمار اعضا و داوطلبان:",
    "پیوست: رونوشت مجوز، اساسنامه و معرفی‌نامه نماینده",
)


def _lines(row: dict[str, Any]) -> list[str]:
    return [
        f"نام سازمان: {row['name']}",
        f"حوزه فعالیت: {row['field']}",
        f"برنامه: {row['plan']}",
        f"گزارش: {row['report']}",
        f"درخواست: {row['need']}",
        "این پرونده محرمانه است و تنها برای اعضا و نماینده سازمان، دبیر منطقه و کارکنان ستاد است.",
    ]


def as_text(title: str, lines: list[str]) -> bytes:
    """A plain text file."""
    return "\r\n".join([title, "", *lines, ""]).encode()


def as_word(title: str, lines: list[str]) -> bytes:
    """A Word file, written from right to left."""
    import docx
    from docx.oxml import OxmlElement

    document = docx.Document()
    document.core_properties.title = title
    for text, style in [(title, "Heading 1"), *((line, None) for line in lines)]:
        paragraph = document.add_paragraph(text, style=style)
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_pdf(title: str, lines: list[str]) -> bytes:
    """A one-page PDF."""
    from django.utils.html import format_html, format_html_join
    from weasyprint import HTML

    body = format_html_join("", "<p>{}</p>", ((line,) for line in lines))
    page = format_html(
        "<html lang='fa' dir='rtl'><title>{}</title><style>@page {{ size: A4; margin: 25mm }}"
        " body {{ font: 12pt/2 Vazirmatn, 'DejaVu Sans' }}</style><h1>{}</h1>{}</html>",
        title,
        title,
        body,
    )
    pdf: bytes = HTML(string=str(page)).write_pdf()
    return pdf


FORMATS = ((".docx", as_word), (".pdf", as_pdf), (".txt", as_text))


def build_files(manifest: Manifest, author: Any) -> None:
    """The NGOs' yearly dossiers, private, and the registration form, public."""
    for order, row in enumerate(table("members")["member"]):
        organization = Organization.objects.filter(name=row["name"]).first()
        if organization is None:
            continue
        suffix, write = FORMATS[order % len(FORMATS)]
        title = f"پرونده سالانه {row['name']}"
        manifest.make(
            f"file:{row['slug']}",
            Document.objects.filter(title=title, organization=organization),
            _added,
            f"{title}{suffix}",
            write(title, _lines(row)),
            title=title,
            uploaded_by=author,
            audience=Document.Audience.ORGANIZATION,
            organization=organization,
            district=organization.district,
        )
    manifest.make(
        "file:form",
        Document.objects.filter(title=FORM_TITLE),
        _added,
        f"{FORM_TITLE}.docx",
        as_word(FORM_TITLE, list(FORM_LINES)),
        title=FORM_TITLE,
        uploaded_by=author,
        audience=Document.Audience.PUBLIC,
    )


def _added(name: str, content: bytes, **particulars: Any) -> Document:
    return add_document(file=SimpleUploadedFile(name, content), **particulars)
