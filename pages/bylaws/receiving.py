"""Taking in a bylaw's file as a draft under «received texts»."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from documents.refusals import draft_of
from documents.structure.doubts import Doubt
from documents.structure.provisions import ParsedText, parse
from documents.structure.shades import shadow
from intranet.audit.actions import record
from pages.bylaws.models import BylawPage
from pages.importing import Outcome
from pages.names import cut, free_slug
from pages.news.actions import received_section

#: Residue that the page's text leaves behind, where it has lines of its own.
_LEFT = {"chrome", "contents", "furniture"}
_BLANK_LINES = re.compile(r"\n\s*\n\s*")
_KINDS = (
    (re.compile("اساسنامه|اساس نامه"), BylawPage.Kind.STATUTE),
    (re.compile("دستور ?العمل|بخشنامه"), BylawPage.Kind.DIRECTIVE),
    (re.compile("شیوه ?نامه"), BylawPage.Kind.CODE_OF_PRACTICE),
)


@dataclass(frozen=True)
class Received:
    """A file read: what was understood, the title that its page has, and the page (None in a dry run)."""

    outcome: Outcome
    parsed: ParsedText
    title: str
    page: BylawPage | None = None


def read(path: Path) -> tuple[str, ParsedText]:
    """The file's text, and it taken apart, with the doubts of its reader. Raises `Unreceivable`."""
    draft = draft_of(path)
    parsed = parse(draft.text, draft.furniture)
    found = [Doubt(code, 1) for code in draft.repairs]
    if not parsed.title:
        found.append(Doubt("no_title", 1))
    parsed.doubts[:0] = found
    return draft.text, parsed


def source_of(text: str, parsed: ParsedText) -> str:
    """The text as the page keeps it: all of it but lines of chrome, contents, and heads and feet of pages."""
    parts: list[str] = []
    place = 0
    for each in parsed.residue:
        if each.kind in _LEFT and (not each.start or text[each.start - 1] in "\n\r\f"):
            parts.append(text[place : each.start])
            place = each.end
    parts.append(text[place:])
    return _BLANK_LINES.sub("\n\n", "".join(parts).replace("\f", "").replace("\r\n", "\n")).strip()


def receive(path: Path, *, dry_run: bool = False, actor: Any = None) -> Received:
    """Make a draft of the file; one taken in before is left alone. Raises `Unreceivable`."""
    text, parsed = read(path)
    title = cut(parsed.title or path.stem.replace("_", " "), BylawPage._meta.get_field("title").max_length)
    if dry_run:
        return Received(Outcome.WOULD, parsed, title)
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    known = BylawPage.objects.filter(file_sha256=checksum).first()
    if known is not None:
        return Received(Outcome.KNOWN, parsed, title, known)
    with transaction.atomic():
        page = _draft(title, actor, source=source_of(text, parsed), file_sha256=checksum)
        record(actor, "bylaw.imported", page, file=path.name, sha256=checksum)
    return Received(Outcome.MADE, parsed, title, page)


def _draft(title: str, actor: Any, **fields: Any) -> BylawPage:
    """A draft under the received texts."""
    section = received_section()
    page = BylawPage(
        title=title,
        slug=free_slug(section, title),
        bylaw_kind=_kind_of(title),
        locale=section.locale,
        owner=actor,
        live=False,
        **fields,
    )
    section.add_child(instance=page)
    page.save_revision(user=actor)
    return page


def make_stub(work: str, actor: Any) -> BylawPage:
    """An empty draft of a work that is known by its name only."""
    with transaction.atomic():
        page = _draft(cut(work, BylawPage._meta.get_field("title").max_length), actor)
        record(actor, "bylaw.stub_made", page)
    return page


def _kind_of(title: str) -> str:
    words = shadow(title)
    return next((kind.value for pattern, kind in _KINDS if pattern.search(words)), BylawPage.Kind.BYLAW.value)
