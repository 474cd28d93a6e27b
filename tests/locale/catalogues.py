"""Where the Persian catalogues are, ours and the installed packages', and how to read one."""

import re
from collections.abc import Iterator
from pathlib import Path

import django
import django_filters
import polib
import taggit
import wagtail
import wagtail_localize
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OUR_APPS = ("intranet", "organizations", "documents", "workflows", "pages", "search")

Key = tuple[str, str | None, str]  # domain, context, English

# Latin words that a Persian reader expects to see as they are: formats, protocols, units of code, keys.
LATIN_WORDS = frozenset({
    "CSV", "XLSX", "PDF", "JSON", "HTML", "PO", "URL", "UUID", "IP", "IPv4", "IPv6", "UTF", "API", "XML",
    "DOCX", "ODT", "SQLite", "PostgreSQL", "Word", "Excel", "Windows", "docx",
    "Alt", "Ctrl", "YYYY", "MM", "DD", "HH", "ss", "uuuuuu", "TZ", "SHA", "eId", "GET", "OpenAPI",
})  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")
TAG = re.compile(r"<[^<>]*>")


def our_catalogues() -> list[Path]:
    """Every Persian catalogue kept in this repository."""
    folders = [ROOT / "locale", *(ROOT / app for app in OUR_APPS)]
    return sorted(path for folder in folders for path in folder.rglob("fa/LC_MESSAGES/*.po"))


def english_catalogues() -> list[Path]:
    """The English catalogues of the Wagtail packages: the list of what they can say."""
    packages = (wagtail, wagtail_localize, taggit)
    folders = [Path(package.__file__).parent for package in packages]
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("locale/en/LC_MESSAGES/*.po")
        if "styleguide" not in path.parts  # a page for Wagtail's own developers
    )


def packages_with_persian() -> list[Path]:
    """The Persian catalogues that the installed packages bring."""
    packages = (django, django_filters, wagtail, wagtail_localize, taggit)
    return sorted(
        path
        for package in packages
        for path in Path(package.__file__).parent.rglob("locale/fa/LC_MESSAGES/*.po")
    )


def entries(path: Path) -> Iterator[polib.POEntry]:
    """The living entries of a catalogue."""
    return (entry for entry in polib.pofile(str(path)) if not entry.obsolete)


def key_of(path: Path, entry: polib.POEntry) -> Key:
    """What gettext looks the entry up by."""
    return (path.stem, entry.msgctxt, entry.msgid)


def persian_of(entry: polib.POEntry) -> list[str]:
    """All forms of the translation: one, or one a plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def is_translated(entry: polib.POEntry) -> bool:
    """Whether gettext would use it, in every plural form."""
    return not entry.fuzzy and all(text.strip() for text in persian_of(entry))


def translated_keys(paths: list[Path]) -> set[Key]:
    """Keys of what the catalogues really translate."""
    return {key_of(path, entry) for path in paths for entry in entries(path) if is_translated(entry)}


def faults(entry: polib.POEntry) -> list[str]:
    """What is wrong with the Persian of one entry, in words; empty when nothing is."""
    found = []
    if entry.fuzzy:
        found.append("fuzzy")
    sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    wanted = {name for source in sources for name in PLACEHOLDER.findall(source)}
    for text in persian_of(entry):
        if not text.strip():
            found.append("empty")
            continue
        names = set(PLACEHOLDER.findall(text))
        if not names <= wanted or (not entry.msgid_plural and names != wanted):
            found.append(f"placeholders {sorted(names ^ wanted)}")
        if entry.msgid_plural and set(PLACEHOLDER.findall(entry.msgid)) - names:
            found.append(f"placeholders of the singular are missing in {text!r}")
        if not any(sorted(TAG.findall(text)) == sorted(TAG.findall(source)) for source in sources):
            found.append("HTML differs")
        found.extend(faults_of_persian(text, entry.msgid))
    return found


def faults_of_persian(text: str, english: str = "") -> list[str]:
    """What is wrong with Persian letters and spacing in `text`."""
    found = []
    plain = re.sub(r"https?://\S+|'id'", " ", PLACEHOLDER.sub(" ", TAG.sub(" ", text)))
    if re.search(r"<code>", text):
        plain = re.sub(r"<code>[^<]*</code>", " ", text)
        plain = PLACEHOLDER.sub(" ", TAG.sub(" ", plain))
    words = re.findall(r"[A-Za-z][A-Za-z0-9]+", plain)
    found += [f"Latin word {word}" for word in words if word not in LATIN_WORDS]
    if re.search("[يىكةۀ٠-٩]", plain):
        found.append("Arabic letter or digit")
    if re.search(r"[ء-ی] (ها|های|هایی|هایش|هایشان|ام|اند|ای|تر|ترین)(?![ء-ی\u200c])", plain):
        found.append("space where a ZWNJ belongs")
    if re.search(r"(?<![ء-ی\u200c])ن?می (?=[ء-ی])", plain):
        found.append("space after «می»")
    if re.search(r"\u200c(?![ء-ی])|(?<![ء-ی)»])\u200c", plain):
        found.append("ZWNJ at the edge of a word")
    if re.search(r"تایید|(?<![ء-ی])بروز |پیشنویس|پیشفرض|اسلاگ|ریدایرکت|جست‌وجو", plain):
        found.append("a word that docs/terminology.md replaces")
    if "  " in text.strip("\n") and "  " not in english:
        found.append("two spaces")
    return found
