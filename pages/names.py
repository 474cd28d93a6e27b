"""Titles and addresses of pages that are made of files."""

from django.utils.text import slugify
from wagtail.models import Page


def cut(text: str, length: int) -> str:
    """`text` within `length`, cut between words and marked as cut."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"


def free_slug(section: Page, title: str) -> str:
    """An address for `title` that no child of `section` has."""
    stem = slugify(title.replace("\u200c", " "), allow_unicode=True)[:80].strip("-") or "text"
    taken = set(section.get_children().values_list("slug", flat=True))
    return next(
        slug for n in range(len(taken) + 1) if (slug := f"{stem}-{n + 1}" if n else stem) not in taken
    )
