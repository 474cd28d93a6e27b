"""Official PDFs: a text of the institution on its letterhead, numbered, dated, tagged and archival (PDF/A-3a).

Rooms above register how their texts are written on paper (`register`). A PDF is made once for each state of its
text: it is kept in DATA_DIR/pdf under the checksum of everything that is on it, and what it replaces is removed.
Nothing is fetched from a network: the sheet may use our own fonts and drawings, no other file.
"""

import datetime
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.models import Page

from intranet.access.queries import audience_of
from intranet.outbox.actions import publish_many
from intranet.outbox.models import Row

WANTED = "pdf.wanted"


@dataclass(frozen=True)
class Signature:
    """A place to sign: the post, and on whose behalf."""

    post: str
    party: str = ""


@dataclass(frozen=True)
class Letter:
    """What stands on the sheet. `body` is HTML in the language of the text; `facts` are labels and values."""

    title: str
    kind: str
    language: str
    body: SafeString
    address: str
    number: str = ""
    date: datetime.date | None = None
    edition: str = ""
    notice: str = ""
    facts: Sequence[tuple[str, Any]] = field(default_factory=tuple)
    signatures: Sequence[Signature] = field(default_factory=tuple)


def address_of(page: Page) -> str:
    """The page's address in full, at the one address by which people reach the site."""
    return urljoin(settings.SITE_URL, page.get_url() or "")


Writer = Callable[[Any], Letter | None]

_writers: dict[type[models.Model], Writer] = {}


def register(model: type[models.Model], writer: Writer) -> None:
    """Say how objects of `model` are written on paper; a writer returns None for one that is not to be printed."""
    _writers[model] = writer


def has_pdf(obj: models.Model) -> bool:
    """Whether objects of this kind have an official PDF."""
    return type(obj) in _writers


def letter_of(obj: models.Model) -> Letter | None:
    """What stands on the sheet of `obj`, or None when it has none."""
    writer = _writers.get(type(obj))
    return writer(obj) if writer else None


def sheet(letter: Letter, *, draft: bool = False) -> str:
    """The HTML of which the PDF is made."""
    with translation.override(letter.language):
        context = {"letter": letter, "draft": draft, "right_to_left": translation.get_language_bidi()}
        return render_to_string("pdf/letter.html", context)


def make(html: str) -> bytes:
    """The PDF of a sheet."""
    from documents.typesetting import typeset

    return typeset(html)


@dataclass(frozen=True)
class File:
    """A PDF that is there: where, and the checksum of what is on it."""

    path: Path
    etag: str


def folder_of(page_id: int) -> Path:
    """Where the PDFs of a page are kept."""
    return Path(settings.DATA_DIR) / "pdf" / str(page_id)


def official_pdf(page: Page) -> File | None:
    """The PDF of the published page, made now when there is none of its present state."""
    letter = letter_of(page)
    if letter is None:
        return None
    html = sheet(letter)
    digest = hashlib.sha256(html.encode()).hexdigest()[:32]
    path = folder_of(page.pk) / f"{digest}.pdf"
    if not path.exists():
        _keep(path, make(html))
    return File(path, digest)


def draft_pdf(page: Page) -> bytes | None:
    """The PDF of a draft, with «پیش‌نویس» across every sheet; made each time, kept nowhere."""
    letter = letter_of(page)
    return make(sheet(letter, draft=True)) if letter else None


def _keep(path: Path, content: bytes) -> None:
    """Write the file in one step, so that nobody reads half of it, and remove those it replaces."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        part.write(content)
    Path(part.name).replace(path)
    for other in path.parent.glob("*.pdf"):
        if other != path:
            other.unlink(missing_ok=True)


def queue(rows: Sequence[Row]) -> None:
    """Leave the making of PDFs to a consumer of its own, so that whoever waits for a change waits for no PDF."""
    keys = {row.key for row in rows if row.key.startswith("page:")}
    models_of_pages = Page.objects.filter(pk__in=[key.partition(":")[2] for key in keys])
    printed = {
        f"page:{page.pk}" for page in models_of_pages.only("content_type") if page.specific_class in _writers
    }
    gone = {key for key in keys if folder_of(int(key.partition(":")[2])).exists()}
    publish_many(WANTED, sorted(printed | gone))


def make_waiting(rows: Sequence[Row]) -> None:
    """Make the PDFs of the pages that `rows` name; remove those of pages that nobody may read any more."""
    for page_id in {int(row.key.partition(":")[2]) for row in rows if row.key.startswith("page:")}:
        page = Page.objects.filter(pk=page_id, live=True).first()
        specific = page.specific if page else None
        if (
            specific is None
            or audience_of(specific) is None
            or (has_pdf(specific) and official_pdf(specific) is None)
        ):
            shutil.rmtree(folder_of(page_id), ignore_errors=True)
