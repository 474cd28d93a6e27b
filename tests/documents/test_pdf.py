"""Official PDFs: what stands on them, who gets them, and when they are made."""

import ctypes
import datetime

import pypdfium2
import pytest
from django.utils import timezone
from pypdfium2 import raw

from documents import copies
from documents.models import OfficialCopy
from documents.typesetting import OwnFiles
from intranet.outbox.actions import drain
from tests.pages.conftest import make_bylaw, make_meeting, make_memorandum  # noqa: F401 - fixtures

TITLE = "آیین‌نامه آزمون چاپ"


@pytest.fixture
def data_dir(settings, tmp_path):
    """A folder of its own for what is made."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def text_of(content):
    """The words of a PDF with all spaces and ZWNJs left out: extraction keeps neither."""
    with pypdfium2.PdfDocument(content) as document:
        words = "".join(page.get_textpage().get_text_range() for page in document)
        return (
            "".join(ch for ch in words if ch.isalnum() or ch == "/"),
            len(document),
            document.get_metadata_dict(),
        )


def traits(content):
    """The language that a PDF says it is in, and whether it is tagged."""
    with pypdfium2.PdfDocument(content) as document:
        buffer = (ctypes.c_ushort * 20)()
        size = raw.FPDFCatalog_GetLanguage(document, buffer, ctypes.sizeof(buffer))
        language = bytes(buffer)[: size - 2].decode("utf-16-le")
        return language, bool(raw.FPDFCatalog_IsTagged(document))


def made(page, edition=""):
    """Where the copy is, made now."""
    text = copies.wanted(page, edition)
    copies.make(text)
    return text.path


def work():
    """What the worker does after a change."""
    drain("documents.pdf-asked")
    drain("documents.pdf-queue")
    drain("documents.pdf")


def squeezed(words):
    return "".join(ch for ch in words if ch.isalnum() or ch == "/")


def test_pdf_of_bylaw_has_number_date_text_and_language(make_bylaw, data_dir):  # noqa: F811
    page = make_bylaw(title=TITLE, number="1403/110/7", approved_on=datetime.date(2022, 4, 6))
    content = made(page).read_bytes()
    words, pages, metadata = text_of(content)
    assert metadata["Title"] == TITLE
    for expected in ("۱۴۰۳/۱۱۰/۷", "۱۷ فروردین ۱۴۰۱", "سازمان مردم‌نهاد تشکلی غیرانتفاعی است", "صفحه ۱ از ۱"):
        assert squeezed(expected) in words, expected
    assert pages == 1
    assert traits(content) == ("fa", True)


def test_pdf_of_minutes_has_attendance_and_resolutions(make_meeting, data_dir):  # noqa: F811
    words, _, _ = text_of(made(make_meeting()).read_bytes())
    for expected in ("رئیس شورا", "مقام مشورتی اعطا شد", "موافق ۷", "دبیر جلسه"):
        assert squeezed(expected) in words, expected


def test_pdf_of_memorandum_has_sides(make_memorandum, data_dir):  # noqa: F811
    words, _, _ = text_of(made(make_memorandum()).read_bytes())
    for expected in ("معاونت اجتماعی", "تجهیز مکان دائمی", "پیشگیری از موازی‌کاری"):
        assert squeezed(expected) in words, expected


def test_worker_makes_pdf_at_publication_and_removes_it_after(make_bylaw, data_dir):  # noqa: F811
    page = make_bylaw()
    work()
    assert len(list(copies.folder_of(page.pk).glob("*.pdf"))) == 1
    page.unpublish()
    work()
    assert not copies.folder_of(page.pk).exists()


def test_door_gives_public_pdf_to_anonymous(make_bylaw, client, data_dir):  # noqa: F811
    page = make_bylaw(title=TITLE)
    work()
    response = client.get(f"/pdf/{page.pk}/")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content.startswith(b"%PDF-")
    again = client.get(f"/pdf/{page.pk}/", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_door_is_closed_to_those_who_may_not_read(make_meeting, client_of, client, data_dir):  # noqa: F811
    page = make_meeting(openness="closed")
    assert client.get(f"/pdf/{page.pk}/").status_code == 302
    assert client_of("ngo_member").get(f"/pdf/{page.pk}/").status_code == 404
    assert not OfficialCopy.objects.filter(page_id=page.pk).exists()
    work()
    assert client_of("hq_staff").get(f"/pdf/{page.pk}/").status_code == 200


def test_door_has_nothing_for_drafts_sections_and_withdrawn(make_bylaw, client_of, data_dir):  # noqa: F811
    client = client_of("ngo_member")
    assert client.get(f"/pdf/{make_bylaw(live=False).pk}/").status_code == 404
    assert client.get(f"/pdf/{make_bylaw().get_parent().pk}/").status_code == 404
    withdrawn = make_bylaw(withdrawn_on=timezone.localdate())
    assert client.get(f"/pdf/{withdrawn.pk}/").status_code == 404
    assert client.get("/pdf/999999/").status_code == 404


def test_draft_pdf_is_marked_and_for_those_who_see_drafts(make_bylaw, client, client_of, data_dir):  # noqa: F811
    page = make_bylaw(live=False)
    address = f"/pdf/{page.pk}/draft/"
    assert client.get(address).status_code == 302
    assert client_of("ngo_member").get(address).status_code == 404
    response = client_of("editor").get(address)
    words, _, _ = text_of(response.content)
    assert squeezed("پیش‌نویس") in words
    assert response.headers["Cache-Control"] == "no-store"
    assert not copies.folder_of(page.pk).exists()


@pytest.mark.parametrize("address", ["http://localhost/x", "file:///etc/passwd", "own:other", "data:,x"])
def test_sheet_fetches_nothing_but_our_own_files(address):
    with pytest.raises(ValueError, match="not one of our own"):
        OwnFiles().fetch(address)
