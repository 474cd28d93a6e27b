"""Official copies, held against PDF/A-3 and PDF/UA by the validator of those who wrote the standards' tests.

`scripts/verapdf.sh` gives it; without one these tests are left out (CI gives it).
"""

import os
import subprocess

import pytest
from defusedxml import ElementTree

from documents import copies, pdf, signing
from documents.structure.provisions import parse
from documents.typesetting import typeset
from pages.bylaws.models import BylawPage
from pages.legal_text import render
from tests.documents.certificates import PASSWORD, write_certificate
from tests.documents.structure.texts import TEXTS
from tests.documents.test_pdf import data_dir  # noqa: F401 - fixture
from tests.pages.bylaws.test_days import FIRST, ONE, SECOND, TWO
from tests.pages.conftest import amend, make_bylaw, make_meeting, make_memorandum  # noqa: F401 - fixtures

pytestmark = [pytest.mark.verapdf, pytest.mark.django_db]
PARTS = ("3a", "ua1")


def faults(*paths):
    """What breaks a rule of PDF/A-3a or PDF/UA-1 in the files: file, rule and description."""
    found = []
    for part in PARTS:
        done = subprocess.run(
            [
                "java", "-cp", f"{os.environ['VERAPDF']}/*", "org.verapdf.apps.GreenfieldCliWrapper",
                "-f", part, "--format", "xml", *map(str, paths),
            ],
            capture_output=True, check=False, timeout=300,
        )  # fmt: skip
        jobs = ElementTree.fromstring(done.stdout).findall(".//job")
        assert len(jobs) == len(paths), done.stderr.decode()
        for job in jobs:
            assert job.find("validationReport") is not None, ElementTree.tostring(job).decode()
            rules = job.findall(".//rule[@status='failed']")
            found += [(job.findtext("item/name"), part, rule.findtext("description")) for rule in rules]
    return found


@pytest.fixture
def bylaw(make_bylaw, amend, data_dir):  # noqa: F811
    page = make_bylaw(title="آیین‌نامه مهلت", source=ONE, approved_on=FIRST, number="1390/110/4")
    amend(page, TWO, SECOND)
    return BylawPage.objects.get(pk=page.pk)


def made(page, edition=""):
    text = copies.wanted(page, edition)
    copies.make(text)
    return text.path


def test_copies_of_every_kind_are_archival_and_accessible(bylaw, make_meeting, make_memorandum):  # noqa: F811
    paths = [made(bylaw), made(bylaw, "1"), made(bylaw, "1-2"), made(make_meeting()), made(make_memorandum())]
    assert faults(*paths) == []


def test_signed_copy_is_archival_and_accessible(bylaw, settings, tmp_path):
    signing._signer.cache_clear()
    write_certificate(tmp_path / "seal.p12")
    settings.OFFICIAL_CERTIFICATE = str(tmp_path / "seal.p12")
    settings.OFFICIAL_CERTIFICATE_PASSWORD = PASSWORD
    assert faults(made(bylaw)) == []
    signing._signer.cache_clear()


def test_sheets_of_all_sorts_of_texts_are_archival_and_accessible(tmp_path):
    paths = []
    for number, source in enumerate(TEXTS.values()):
        parsed = parse(source)
        letter = pdf.Letter(
            title=parsed.title or "متن",
            kind="آیین‌نامه",
            language="fa",
            body=render(parsed, "fa").html,
            address="",
        )
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(typeset(pdf.sheet(letter)))
        paths.append(path)
    assert faults(*paths) == []


def test_validator_finds_what_is_no_archive(tmp_path):
    from weasyprint import HTML

    path = tmp_path / "plain.pdf"
    path.write_bytes(HTML(string="<p>متن").write_pdf())
    assert {part for _name, part, _rule in faults(path)} == set(PARTS)
