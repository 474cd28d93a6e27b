"""Taking in texts that come from outside, under «received texts»."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.html import escape, format_html_join

from documents.structure.press import Block, PlainText, UnreadableText, read_plain_text
from intranet.audit.actions import record
from intranet.ui.numerals import to_ascii
from pages.names import cut, free_slug
from pages.news.models import NewsIndexPage, NewsPage

RECEIVED_SLUG = "received"
MAX_BYTES = 5 * 1024 * 1024
_TITLE_LENGTH = NewsPage._meta.get_field("title").max_length
_SUMMARY_LENGTH = 280


class Outcome(StrEnum):
    """What became of one file."""

    MADE = "draft"
    PUBLISHED = "published"
    KNOWN = "here already"
    REFUSED = "refused"


@dataclass(frozen=True)
class Taken:
    """One file, what was recognised in it and what became of it. `reason` says why it was refused."""

    path: Path
    outcome: Outcome
    text: PlainText | None = None
    reason: str = ""


class NoReceivedSection(Exception):  # noqa: N818  (named for what is missing)
    """The site has no section for received texts; `manage.py install` makes it."""


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files among `paths` and in their folders, each once, in the order of their names."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (file for file in path.rglob("*") if file.is_file())
            listed = sorted(
                file
                for file in inside
                if not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
        else:
            listed = [path]
        found.update(dict.fromkeys(listed))
    return list(found)


def received_section() -> NewsIndexPage:
    """The section for received texts."""
    section: NewsIndexPage | None = NewsIndexPage.objects.filter(
        slug=RECEIVED_SLUG, locale__language_code="fa"
    ).first()
    if section is None:
        raise NoReceivedSection
    return section


def take_text(path: Path, *, publish: bool, dry_run: bool = False, actor: Any = None) -> Taken:
    """Take in one file as a draft, or published; a file taken in before is left alone.

    With `publish` a draft of an earlier run is published too, unless somebody has worked on it since.
    With `dry_run` nothing is written. Never raises for a bad file: the reason is in the answer.
    """
    try:
        text, checksum = _read(path)
    except OSError as error:
        return Taken(path, Outcome.REFUSED, reason=error.strerror or str(error))
    except UnreadableText as error:
        return Taken(path, Outcome.REFUSED, reason=str(error).removeprefix(f"{path.name}: "))
    outcome = Outcome.PUBLISHED if publish else Outcome.MADE
    known = NewsPage.objects.filter(source_sha256=checksum).first()
    if known is not None and not (publish and _is_untouched(known)):
        return Taken(path, Outcome.KNOWN, text)
    if not dry_run:
        with transaction.atomic():
            page = known or _add(received_section(), text, checksum, actor)
            if publish:
                page.get_latest_revision().publish(user=actor, skip_permission_checks=True)
            record(actor, "news.imported", page, file=path.name, sha256=checksum, published=publish)
    return Taken(path, outcome, text)


def _is_untouched(page: NewsPage) -> bool:
    """Whether the page is still the draft that was made of the file."""
    never_live = not page.live and page.first_published_at is None
    return never_live and page.revisions.count() == 1 and not page.workflow_in_progress


def _read(path: Path) -> tuple[PlainText, str]:
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableText(f"larger than {MAX_BYTES // 1024 // 1024} MB")
    content = path.read_bytes()
    text = read_plain_text(content, path.name)
    if not text.title or not text.blocks:
        raise UnreadableText("no title and body in it")
    return text, hashlib.sha256(content).hexdigest()


def _add(section: NewsIndexPage, text: PlainText, checksum: str, actor: Any) -> NewsPage:
    title = cut(text.title, _TITLE_LENGTH)
    page = NewsPage(
        title=title,
        slug=free_slug(section, title),
        summary=_summary(text),
        date=text.date,
        news_code=to_ascii(text.code)[:20],
        body=list(_stream(text.blocks)),
        source_sha256=checksum,
        locale=section.locale,
        owner=actor,
        live=False,
    )
    section.add_child(instance=page)
    page.save_revision(user=actor)
    return page


def _summary(text: PlainText) -> str:
    """The first paragraph, unless the title was taken from it: then the next."""
    opening = text.title.rstrip("….")[:40]
    blocks = [block for block in text.blocks if not block.text.startswith(opening)] or text.blocks
    return cut(blocks[0].text, _SUMMARY_LENGTH)


def _is_bullet(block: Block) -> str:
    return block.kind if block.kind != "item" or not any(ch.isdigit() for ch in block.mark) else "numbered"


def _stream(blocks: list[Block]) -> Iterable[tuple[str, str]]:
    """The blocks of the text as StreamField blocks. Numbers stand as they were printed."""
    for kind, run in groupby(blocks, key=_is_bullet):
        if kind == "heading":
            yield from (("heading", block.text) for block in run)
        elif kind == "item":
            items = format_html_join("", "<li>{}</li>", ((block.text,) for block in run))
            yield "paragraph", f"<ul>{items}</ul>"
        else:
            lines = (f"{block.mark} {block.text}".strip() for block in run)
            yield "paragraph", "".join(f"<p>{escape(line)}</p>" for line in lines)
