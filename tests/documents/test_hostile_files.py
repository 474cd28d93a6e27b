"""Files made to harm: none is taken in, or none does harm. Each is made here."""

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents import extraction
from documents.actions import add_document, extract_waiting
from documents.exceptions import RefusedFile
from documents.extraction import Trouble, extract_text
from documents.file_types import DOCX, PDF, TXT, identify
from documents.models import Document, Image
from intranet.outbox.models import Row
from tests.documents.conftest import archive, word_file
from tests.factories import make_organization, make_representative, make_user

CONTENT = {"[Content_Types].xml": "x", "word/document.xml": "x"}


def pdf(*objects):
    """A PDF of numbered objects (bytes), the first of which is the catalogue."""
    out, offsets = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, os.SEEK_END)
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))
    return out.getvalue()


def stream(content, filters=b"/FlateDecode"):
    return b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), filters, content)


def pdf_bomb(megabytes):
    """A page whose content is packed twice: some kilobytes that unpack to `megabytes`."""
    packed = zlib.compress(zlib.compress(b"BT /F1 9 Tf (x) Tj ET " * (megabytes * 1024 * 1024 // 22), 9), 9)
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        stream(packed, b"/FlateDecode /FlateDecode"),
    )


def png(width, height):
    """A PNG of one bit a pixel, nearly nothing packed."""

    def chunk(kind, content):
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    rows = zlib.compressobj(9)
    data = b"".join(rows.compress(bytes(1 + (width + 7) // 8)) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def lying_archive():
    """A zip whose directory says that its one member is small."""
    content = archive(**(CONTENT | {"word/media/a.bin": "0" * 20_000_000}))
    size = struct.pack("<I", 20_000_000)
    assert content.count(size) >= 1
    return content.replace(size, struct.pack("<I", 20_000))


@pytest.mark.parametrize(
    "part",
    [
        "word/vbaProject.bin",
        "word/VBAPROJECT.BIN",
        "xl/macrosheets/sheet1.xml",
        "Basic/Standard/Module1.xml",
        "Scripts/python/x.py",
    ],
)
def test_macros_are_refused_under_every_name(part):
    with pytest.raises(RefusedFile, match="ماکرو"):
        identify(io.BytesIO(archive(**CONTENT, **{part: "x"})), "a.docx")


@pytest.mark.parametrize(
    "name",
    ["a.docm", "a.xlsm", "a.dotm", "a.svg", "a.html", "a.js", "a.pdf.exe", "a", ".htaccess", "a.pdf\u202e"],
)
def test_types_that_are_not_taken(name):
    with pytest.raises(RefusedFile):
        identify(io.BytesIO(b"%PDF-1.7"), name)


@pytest.mark.parametrize(
    "name",
    ["fdp.\u202eexe.pdf", "a\x00.pdf", "a\nb.pdf", "\u2066a.pdf", "ن" * 220 + ".pdf"],
    ids=["turned", "null", "newline", "isolate", "long"],
)
def test_names_that_mislead_are_refused(name):
    with pytest.raises(RefusedFile, match="نام پرونده"):
        identify(io.BytesIO(b"%PDF-1.7"), name)


def test_persian_name_with_a_joiner_is_taken():
    assert identify(io.BytesIO(b"%PDF-1.7"), "آیین\u200cنامه.pdf") == PDF


@pytest.mark.parametrize(
    "content",
    [
        archive(**CONTENT, **{"word/media/a.xml": "0" * 30_000_000}),
        archive(**CONTENT, **{f"word/{n}.xml": "" for n in range(20_001)}),
    ],
    ids=["one-large-part", "many-parts"],
)
def test_office_file_that_unpacks_to_too_much_is_refused(content):
    with pytest.raises(RefusedFile, match="باز"):
        identify(io.BytesIO(content), "a.docx")


def read(tmp_path, content, media_type):
    file = tmp_path / "file"
    file.write_bytes(content)
    return extract_text(file, media_type)


def test_archive_that_lies_about_its_size_harms_nobody(tmp_path):
    content = lying_archive()
    assert zipfile.ZipFile(io.BytesIO(content)).getinfo("word/media/a.bin").file_size == 20_000
    assert read(tmp_path, content, DOCX.media_type).trouble == Trouble.BROKEN


def test_xml_of_growing_entities_harms_nobody(tmp_path):
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e11;</x>'
    source = zipfile.ZipFile(io.BytesIO(word_file("متن")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, bomb if name == "word/document.xml" else source.read(name))
    found = read(tmp_path, out.getvalue(), DOCX.media_type)
    assert found.text == ""
    assert found.trouble


def test_xml_reads_no_file_of_ours(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary")
    source = zipfile.ZipFile(io.BytesIO(word_file("متن")))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                head, body = content.split(b"?>", 1)
                doctype = f'?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
                content = head + doctype + body.replace("متن".encode(), b"&e;")
            target.writestr(name, content)
    assert "canary" not in read(tmp_path, out.getvalue(), DOCX.media_type).text


def test_pdf_that_unpacks_to_too_much_is_ended_and_said_so(tmp_path, monkeypatch):
    monkeypatch.setattr(extraction, "MAX_MEMORY", 256 * 1024**2)
    monkeypatch.setattr(extraction, "MAX_SECONDS", 20)
    found = read(tmp_path, pdf_bomb(400), PDF.media_type)
    assert found.text == ""
    assert found.trouble


def test_reading_that_does_not_end_is_killed_with_its_children(tmp_path, monkeypatch):
    monkeypatch.setattr(extraction, "MAX_SECONDS", 1)
    pipe = tmp_path / "endless.txt"
    os.mkfifo(pipe)  # reading it waits for ever
    assert extract_text(pipe, TXT.media_type).trouble == Trouble.TOO_MUCH
    running = [
        process
        for process in Path("/proc").iterdir()
        if process.name.isdecimal() and str(pipe) in _command_of(process)
    ]
    assert running == []


def _command_of(process):
    try:
        return (process / "cmdline").read_text()
    except OSError:  # it ended meanwhile
        return ""


def test_reading_knows_no_secret_of_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    given = {}
    popen = extraction.subprocess.Popen

    def seen(*arguments, **options):
        given.update(options)
        return popen(*arguments, **options)

    monkeypatch.setattr(extraction.subprocess, "Popen", seen)
    assert read(tmp_path, "متن".encode(), TXT.media_type).text == "متن"
    assert "canary" not in str(given["env"])
    assert not [name for name in given["env"] if "SECRET" in name or "DATABASE" in name or "EMAIL" in name]


def test_document_is_kept_with_a_note_when_its_text_cannot_be_read(db, media):
    broken = SimpleUploadedFile("گزارش.pdf", b"%PDF-1.7\nthis is no PDF at all")
    document = add_document(
        file=broken, title="گزارش", uploaded_by=make_user("hq_staff"), audience=Document.Audience.STAFF
    )
    extract_waiting(list(Row.objects.filter(topic="document.received")))
    document.refresh_from_db()
    assert document.text_trouble == Trouble.BROKEN
    assert "ذخیره شده است" in str(document.get_text_trouble_display())
    with document.file.open("rb") as kept:
        assert kept.read().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("huge.png", png(12_000, 12_000)),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"),
        ("a.png", b"<html><script>x()</script></html>"),
        ("a.jpg", b"%PDF-1.7"),
    ],
    ids=["bomb", "svg", "svg-as-png", "html-as-png", "pdf-as-jpg"],
)
def test_pictures_that_harm_are_refused(site, client_of, media, name, content):
    from wagtail.images import get_image_model

    client = client_of("editor")
    response = client.post("/admin/images/add/", {"title": "x", "file": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    assert "file" in response.context["form"].errors
    assert not get_image_model().objects.filter(title="x").exists()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
VBA = OLE + "_VBA_PROJECT".encode("utf-16-le") + bytes(100)
TEMPLATE = '<Relationship Type="http://x/attachedTemplate" Target="{}" TargetMode="External"/>'


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("[Content_Types].xml", "application/vnd.ms-word.document.macroEnabled.main+xml"),
        (
            "[Content_Types].xml",
            '<Override PartName="/a.bin" ContentType="application/vnd.ms-office.vbaProject"/>',
        ),
        ("word/picture1.bin", VBA),
        ("word/embeddings/oleObject1.bin", VBA),
        ("word/embeddings/other.xlsx", archive(**CONTENT, **{"xl/vbaProject.bin": "x"})),
        ("word/_rels/settings.xml.rels", TEMPLATE.format("https://far.invalid/a.dotm")),
    ],
    ids=[
        "type",
        "part-of-another-name",
        "project-as-picture",
        "old-object",
        "file-within",
        "template-from-afar",
    ],
)
def test_macros_behind_a_misleading_part_are_refused(part, content):
    with pytest.raises(RefusedFile, match="ماکرو"):
        identify(io.BytesIO(archive(**(CONTENT | {part: content}))), "a.docx")


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/embeddings/oleObject1.bin", OLE),
        ("word/embeddings/other.xlsx", archive(**CONTENT)),
        ("word/_rels/settings.xml.rels", TEMPLATE.format("file:///C:/Normal.dotm")),
    ],
    ids=["old-object-without", "file-within-without", "own-template"],
)
def test_office_file_without_macros_is_taken(part, content):
    assert identify(io.BytesIO(archive(**(CONTENT | {part: content}))), "a.docx") == DOCX


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.docm", "x"),
        ("setup.EXE", "x"),
        ("report.docx", archive(**CONTENT, **{"word/vbaProject.bin": "x"})),
        ("data.dat", archive(**CONTENT, **{"word/vbaProject.bin": "x"})),
        ("old.doc", VBA),
        ("inner.zip", archive(**{"setup.js": "x"})),
    ],
)
def test_archive_with_a_program_or_macros_inside_is_refused(name, content):
    with pytest.raises(RefusedFile, match="بایگانی برنامه"):
        identify(io.BytesIO(archive(**{"readme.txt": "x", name: content})), "a.zip")


def test_archive_of_harmless_files_is_taken():
    inner = archive(**CONTENT)
    content = archive(
        **{"a.txt": "x", "b.docx": inner, "c.doc": OLE, "d.zip": archive(**{"e.pdf": "%PDF-1.7"})}
    )
    assert identify(io.BytesIO(content), "a.zip").suffix == ".zip"


def test_archives_within_archives_are_refused():
    content = archive(**{"a.txt": "x"})
    for _depth in range(4):
        content = archive(**{"inner.zip": content})
    with pytest.raises(RefusedFile, match="درون بایگانی"):
        identify(io.BytesIO(content), "a.zip")


@pytest.mark.parametrize("word", [rb"\objdata", rb"\OBJDATA", rb"\objupdate"])
def test_rtf_with_an_object_of_another_program_is_refused(word):
    with pytest.raises(RefusedFile, match="شیئی"):
        identify(io.BytesIO(b"{\\rtf1 " + b"x" * 3_000_000 + word + b" 0105}"), "a.rtf")


HOSTILE = {
    "pretends.pdf": b"MZ\x90\x00 a program",
    "picture.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "page.txt.html": b"<script>alert(1)</script>",
    "bomb.docx": archive(**CONTENT, **{"word/media/a.xml": "0" * 30_000_000}),
    "macro.docx": archive(**CONTENT, **{"word/picture1.bin": VBA}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_over_http_is_refused_with_words_and_stores_nothing(name, site, client_of, media):
    organization = make_organization()
    client = client_of(make_representative(organization))
    answer = client.post(
        reverse("ngo:files", args=[organization.pk]),
        {"title": "گزارش", "file": SimpleUploadedFile(name, HOSTILE[name])},
    )
    assert answer.status_code == 400
    assert "field__error" in answer.content.decode() or "errorlist" in answer.content.decode()
    assert not Document.objects.exists()


def test_name_over_http_loses_signs_that_turn_it(site, client_of, media):
    organization = make_organization()
    client = client_of(make_representative(organization))
    sent = SimpleUploadedFile("turned\u202efdp.docx", archive(**CONTENT))
    client.post(reverse("ngo:files", args=[organization.pk]), {"title": "گزارش", "file": sent})
    assert Document.objects.get().original_name == "turnedfdp.docx"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_in_the_admin_is_refused_and_stores_nothing(name, site, client_of, media):
    client = client_of("editor")
    answer = client.post(
        reverse("wagtaildocs:add"),
        {
            "title": "گزارش",
            "file": SimpleUploadedFile(name, HOSTILE[name]),
            "audience": "staff",
            "collection": 1,
        },
    )
    assert answer.status_code == 200
    assert not Document.objects.exists()


def test_svg_as_a_picture_is_refused_whatever_its_name(site, client_of, media):
    client = client_of("editor")
    for name in ("a.svg", "a.png"):
        answer = client.post(
            reverse("wagtailimages:add"),
            {"title": "نما", "file": SimpleUploadedFile(name, HOSTILE["picture.svg"]), "audience": "staff"},
        )
        assert answer.status_code == 200
    assert not Image.objects.exists()


def test_admin_form_offers_no_readers_that_make_no_sense_there(site, client_of):
    for address in ("wagtaildocs:add", "wagtailimages:add"):
        shown = client_of("editor").get(reverse(address)).content.decode()
        assert 'value="staff"' in shown
        assert 'value="attached"' not in shown
