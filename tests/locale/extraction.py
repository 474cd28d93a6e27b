"""What our own code says: every message marked for translation, found as `makemessages` finds it."""

import subprocess
from pathlib import Path

import polib
from django.utils.translation import templatize

from tests.locale.catalogues import OUR_APPS, ROOT, Key, key_of

_KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)


def _xgettext(language: str, files: list[Path], out: Path, folder: Path) -> polib.POFile:
    listing = folder / f"{out.stem}.txt"
    listing.write_text("\n".join(str(path) for path in files), encoding="utf-8")
    command = [
        "xgettext",
        f"--language={language}",
        "--from-code=UTF-8",
        "--no-wrap",
        "--add-comments=Translators",
    ]
    command += [f"--keyword={keyword}" for keyword in _KEYWORDS]
    command += [f"--files-from={listing}", f"--output={out}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return polib.pofile(str(out)) if out.exists() else polib.POFile()


def _sources(pattern: str, *, below: tuple[str, ...]) -> list[Path]:
    return sorted(path for folder in below for path in (ROOT / folder).rglob(pattern) if path.is_file())


def own_messages(folder: Path) -> dict[Key, list[str]]:
    """Every message of our code with the files that say it. `folder` is for scratch files."""
    found: dict[Key, list[str]] = {}
    python = [path for path in _sources("*.py", below=OUR_APPS) if "migrations" not in path.parts]
    python = [
        path
        for path in python
        if "_(" in path.read_text(encoding="utf-8") or "gettext" in path.read_text(encoding="utf-8")
    ]
    copies: dict[str, Path] = {}
    templates = _sources("*.html", below=(*OUR_APPS, "templates")) + _sources("*.txt", below=("templates",))
    for number, path in enumerate(templates):
        copy = folder / f"template{number}.py"
        copy.write_text(templatize(path.read_text(encoding="utf-8"), origin=str(path)), encoding="utf-8")
        copies[copy.name] = path
    for out, language, files in (
        ("python/django.po", "Python", python),
        ("templates/django.po", "Python", [folder / name for name in copies]),
        ("scripts/djangojs.po", "JavaScript", _sources("*.js", below=OUR_APPS)),
    ):
        target = folder / out
        target.parent.mkdir()
        for entry in _xgettext(language, files, target, folder):
            places = [copies.get(Path(name).name, Path(name)) for name, _ in entry.occurrences]
            names = sorted(
                {str(path.relative_to(ROOT)) if path.is_absolute() else str(path) for path in places}
            )
            found.setdefault(key_of(target, entry), []).extend(names)
    return found
