"""A bylaw's file becomes a draft, once."""

import io
import json

import docx
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from documents.structure.provisions import parse
from intranet.audit.models import Event
from pages.bylaws.models import BylawPage
from pages.bylaws.receiving import source_of
from tests.documents.structure.texts import TEXTS

pytestmark = pytest.mark.django_db


def run(*args):
    out = io.StringIO()
    with translation.override("fa"):
        call_command("import_bylaw", *(str(arg) for arg in args), stdout=out)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "bylaw.txt"
    path.write_text(TEXTS["web page"], encoding="utf-8")
    return path


def test_import_dry_run_writes_nothing(site, file):
    out = run(file, "--dry-run")
    assert "would be made" in out
    assert "3 article" in out
    assert not BylawPage.objects.exists()


def test_import_prints_what_was_understood_as_json(site, file):
    found = json.loads(run(file, "--dry-run", "--json"))
    assert found["title"] == "دستورالعمل ساماندهی داوطلبان"
    assert [each["eId"] for each in found["provisions"]] == ["art_1", "art_2", "art_3"]
    assert found["provisions"][0]["parent"] is None
    assert not any("بخوانید" in each["text"] for each in found["provisions"])
    assert "chrome" in {each["kind"] for each in found["residue"]}
    assert found["doubts"] == []


def test_import_makes_a_draft_under_received_texts_once(site, file):
    run(file)
    run(file)
    page = BylawPage.objects.get()
    assert page.get_parent().slug == "received"
    assert not page.live
    assert page.bylaw_kind == BylawPage.Kind.DIRECTIVE
    assert page.get_latest_revision().as_object().source == page.source
    assert "انتهای پیام" not in page.source
    assert "here already" in run(file)


def test_import_says_doubts_with_their_lines(site, tmp_path):
    path = tmp_path / "gaps.txt"
    path.write_text(TEXTS["gaps"], encoding="utf-8")
    out = run(path, "--dry-run")
    assert "پس از ماده ۲ ماده ۴ آمده است: ۳ نیست. (سطر ۵)" in out


def test_import_takes_word(site, tmp_path):
    document = docx.Document()
    for line in TEXTS["cabinet"].splitlines():
        document.add_paragraph(line)
    document.save(tmp_path / "bylaw.docx")
    found = json.loads(run(tmp_path / "bylaw.docx", "--dry-run", "--json"))
    assert [each["num"] for each in found["provisions"] if each["kind"] == "article"] == ["۱", "۲", "۳", "۴"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "خالی"),
        ("a.txt", bytes(range(256)) * 4, "UTF-8"),
        ("a.docx", b"PK\x03\x04 cut short", "آسیب"),
        ("a.pdf", b"%PDF-1.7 cut short", "خراب"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "docx"),
        ("a.rtf", b"{\\rtf1 text}", "docx"),
    ],
)
def test_import_bad_file_is_refused_in_persian(site, tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=words):
        run(tmp_path / name)
    assert not BylawPage.objects.exists()


def test_import_absent_file_is_refused(site, tmp_path):
    with pytest.raises(CommandError, match="باز نمی‌شود"):
        run(tmp_path / "none.txt")


@pytest.mark.parametrize("name", TEXTS)
def test_source_of_reads_as_the_file_did(name):
    parsed = parse(TEXTS[name])
    again = parse(source_of(TEXTS[name], parsed))
    assert [(each.eid, each.text) for each in again.provisions] == [
        (each.eid, each.text) for each in parsed.provisions
    ]


def test_import_is_recorded(site, file):
    run(file)
    assert Event.objects.filter(verb="bylaw.imported").count() == 1
