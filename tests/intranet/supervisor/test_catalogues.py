import gettext
import os

from intranet.supervisor import catalogues


def test_compile_what_is_older_than_its_source(tmp_path, monkeypatch):
    source = tmp_path / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Bylaw"\nmsgstr "آیین‌نامه"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogues, "files_below", lambda packages, pattern: [source])
    catalogues.compile_stale()
    with source.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Bylaw") == "آیین‌نامه"
    assert not list(catalogues.stale())
    os.utime(source, ns=(0, source.with_suffix(".mo").stat().st_mtime_ns + 1))
    assert list(catalogues.stale()) == [source]
