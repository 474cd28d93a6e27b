"""What stands on official PDFs: a text of the institution on its letterhead, numbered and dated.

Rooms above register how their texts are written on paper (`register`). `copies` makes and keeps the PDFs, `typesetting`
sets them. Nothing is fetched from a network: the sheet may use our own fonts and drawings, no other file.
"""

import datetime
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from wagtail.models import Page

from documents.codes import shown


@dataclass(frozen=True)
class Signature:
    """A place to sign: the post, and on whose behalf."""

    post: str
    party: str = ""


@dataclass(frozen=True)
class Attached:
    """A file within the PDF: the source of what is on its sheets, for programs."""

    name: str
    description: str
    content: bytes


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
    #: What a reader of a text that is not the present one must know first.
    standing: str = ""
    facts: Sequence[tuple[str, Any]] = field(default_factory=tuple)
    signatures: Sequence[Signature] = field(default_factory=tuple)
    #: The page's own name for this text of it, such as a version's number; "" where it has but one.
    key: str = ""
    #: What goes into the file beside its sheets; asked for when it is made.
    attached: Callable[[], Sequence[Attached]] = tuple


def address_of(page: Page) -> str:
    """The page's address in full, at the one address by which people reach the site."""
    return urljoin(settings.SITE_URL, page.get_url() or "")


Writer = Callable[[Any], Letter | None]
#: Writes one edition of an object: `"2"` a version, `"1-2"` two compared; None for one that there is not.
EditionWriter = Callable[[Any, str], Letter | None]

_writers: dict[type[models.Model], tuple[Writer, EditionWriter | None, Writer]] = {}


def register(
    model: type[models.Model],
    writer: Writer,
    of_edition: EditionWriter | None = None,
    of_draft: Writer | None = None,
) -> None:
    """Say how objects of `model` are written on paper; a writer returns None for one that is not to be printed.

    `of_draft` is for a model whose published text is written from somewhere else than its draft is.
    """
    _writers[model] = (writer, of_edition, of_draft or writer)


def has_pdf(model: type[models.Model] | None) -> bool:
    """Whether objects of this kind have an official PDF."""
    return model in _writers


def printed_models() -> list[type[models.Model]]:
    """The kinds of page that have an official PDF; each keeps the day of its withdrawal."""
    return list(_writers)


def letter_of(obj: models.Model, edition: str = "") -> Letter | None:
    """What stands on the sheet of `obj` as it is, or of one `edition` of it; None when it has none.

    It is written in the language of the text, whoever asks: the sheets are everybody's.
    """
    writer, of_edition, _of_draft = _writers.get(type(obj), (None, None, None))
    with _in_language_of(obj):
        if edition:
            return of_edition(obj, edition) if of_edition else None
        return writer(obj) if writer else None


def letter_of_draft(obj: models.Model) -> Letter | None:
    """What stands on the sheet of `obj` as a revision of it says; None when it has none."""
    _writer, _of_edition, of_draft = _writers.get(type(obj), (None, None, None))
    with _in_language_of(obj):
        return of_draft(obj) if of_draft else None


def _in_language_of(obj: models.Model) -> AbstractContextManager[None]:
    return translation.override(obj.locale.language_code if isinstance(obj, Page) else None)


def sheet(letter: Letter, *, draft: bool = False, code: str = "") -> str:
    """The HTML of which the PDF is made, with the `code` of a copy and where to ask about it."""
    with translation.override(letter.language):
        context: dict[str, Any] = {
            "letter": letter,
            "draft": draft,
            "right_to_left": translation.get_language_bidi(),
        }
        if code:
            context |= {"code": shown(code), "verify_at": address_of_code(code)}
        return render_to_string("pdf/letter.html", context)


def address_of_code(code: str) -> str:
    """Where anybody asks whether a copy is genuine and current."""
    return urljoin(settings.SITE_URL, reverse("verify_code", args=[shown(code)]))
