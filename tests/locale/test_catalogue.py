"""The Persian catalogues are complete and well written; an upgrade of a package shows its new strings here."""

import shutil
import subprocess
from pathlib import Path

import polib
import pytest

from tests.locale import catalogues

TOP = catalogues.ROOT / "locale"


def name(path: Path) -> str:
    return str(path.relative_to(catalogues.ROOT))


@pytest.mark.parametrize("path", catalogues.our_catalogues(), ids=name)
def test_catalogue_compiles_with_checked_formats(path: Path, tmp_path: Path) -> None:
    msgfmt = shutil.which("msgfmt")
    assert msgfmt, "gettext is not installed"
    run = subprocess.run(
        [msgfmt, "--check-format", "--check-header", "-o", str(tmp_path / "out.mo"), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("path", catalogues.our_catalogues(), ids=name)
def test_catalogue_has_no_faulty_persian(path: Path) -> None:
    wrong = {
        f"{entry.msgid} => {catalogues.persian_of(entry)}": found
        for entry in catalogues.entries(path)
        if (found := catalogues.faults(entry))
    }
    assert wrong == {}


@pytest.mark.parametrize("path", catalogues.our_catalogues(), ids=name)
def test_catalogue_has_persian_plural_rule(path: Path) -> None:
    assert polib.pofile(str(path)).metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"


def test_every_message_of_wagtail_packages_is_in_persian() -> None:
    ours = catalogues.translated_keys(sorted(TOP.rglob("fa/LC_MESSAGES/*.po")))
    theirs = catalogues.translated_keys(catalogues.packages_with_persian())
    wanted = {
        catalogues.key_of(path, entry)
        for path in catalogues.english_catalogues()
        for entry in catalogues.entries(path)
    }
    assert len(wanted) > 1500
    assert wanted - ours - theirs == set()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("كتاب", "Arabic letter or digit"),
        ("صفحه ها", "space where a ZWNJ belongs"),
        ("می شود", "space after «می»"),
        ("انتشار Page", "Latin word Page"),
        ("\u200cصفحه", "ZWNJ at the edge of a word"),
    ],
)
def test_faults_are_found_in_bad_persian(text: str, fault: str) -> None:
    assert catalogues.faults_of_persian(text) == [fault]


def test_faults_are_not_found_in_good_persian() -> None:
    assert catalogues.faults_of_persian("فایل CSV صفحه‌ها دریافت نمی‌شود؛ «میزبان» در دسترس است.") == []


def test_missing_placeholder_is_found() -> None:
    entry = polib.POEntry(msgid="%(who)s wrote", msgstr="نوشت")
    assert catalogues.faults(entry) == ["placeholders ['%(who)s']"]
