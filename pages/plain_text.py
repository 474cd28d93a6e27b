"""The words of rich text and of StreamFields, one paragraph a line: for search and for checks, never for display."""

import datetime
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import models
from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from intranet.ui.calendar import to_jalali

_BREAK = re.compile(r"<(?:br|hr|/p|/li|/h[1-6]|/blockquote|/tr|/div)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[^\S\n]+")


def from_html(markup: str) -> str:
    """The words of rich text; what separates blocks becomes a line break, entities become characters."""
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", markup)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def from_stream(value: Any) -> str:
    """The words of a StreamField, of any block and however deep: titles of pictures and files too."""
    return "\n".join(part for part in _parts(value) if part)


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, RichText):
        yield from_html(value.source)
    elif isinstance(value, str):
        yield value.strip()
    elif isinstance(value, datetime.date):
        yield to_jalali(value).long()
    elif isinstance(value, StreamValue):
        for child in value:
            yield from _parts(child.value)
    elif isinstance(value, models.Model):
        yield str(getattr(value, "title", ""))
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _parts(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _parts(part)


def of_field(value: Any) -> str:
    """The words of a page's body, whichever kind of field holds it."""
    return from_html(value) if isinstance(value, str) else from_stream(value)
