"""Files are known by their content."""

import io

import pytest

from documents.exceptions import RefusedFile
from documents.file_types import CSV, DOCX, PDF, TXT, ZIP, decoded, identify
from tests.documents.conftest import archive, word_file


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", b"%PDF-1.7 ...", PDF),
        ("a.PDF", b"%PDF-1.7 ...", PDF),
        ("a.docx", word_file("متن"), DOCX),
        ("a.zip", archive(**{"a.txt": "x"}), ZIP),
        ("a.txt", "متن فارسی".encode(), TXT),
        ("a.txt", "متن نامه کامل".encode("windows-1256"), TXT),
        ("a.txt", "متن فارسی".encode("utf-16"), TXT),
        ("a.csv", "شماره,نام\n1,الف\n".encode("utf-8-sig"), CSV),
    ],
)
def test_identify_by_content(name, content, found):
    file = io.BytesIO(content)
    assert identify(file, name) == found
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("page.html", b"<script>alert(1)</script>"),
        ("program.exe", b"MZ\x90"),
        ("picture.svg", b"<svg onload='x()'/>"),
        ("not-a.pdf", b"<html><script>x</script></html>"),
        ("not-a.docx", b"%PDF-1.7"),
        ("pdf-as.txt", b"%PDF-1.7"),
        ("cut.docx", word_file("متن")[:500]),
        ("binary.txt", b"\x00\x01\x02\x03"),
        (
            "macros.docx",
            archive(**{"[Content_Types].xml": "x", "word/document.xml": "x", "word/vbaProject.bin": "x"}),
        ),
        ("bomb.zip", archive(**{"a.txt": "0" * 30_000_000})),
    ],
)
def test_identify_refuses(name, content):
    with pytest.raises(RefusedFile):
        identify(io.BytesIO(content), name)


def test_decoded_sample_cut_within_a_letter():
    assert decoded("سمن".encode()[:-1]) == "سم"
