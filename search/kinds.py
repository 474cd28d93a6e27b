"""Kinds of objects that search knows by name, and their codes in the index."""

from zlib import crc32

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

KINDS: dict[str, Promise] = {
    "bylaw": pgettext_lazy("kind of text", "Bylaw"),
    "provision": pgettext_lazy("kind of text", "Provision"),
    "meeting": pgettext_lazy("kind of text", "Meeting"),
    "minutes": pgettext_lazy("kind of text", "Minutes"),
    "resolution": pgettext_lazy("kind of text", "Resolution"),
    "memorandum": pgettext_lazy("kind of text", "Memorandum"),
    "obligation": pgettext_lazy("kind of text", "Obligation"),
    "district": pgettext_lazy("kind of text", "District secretariat"),
    "member": pgettext_lazy("kind of text", "Member organisation"),
    "news": pgettext_lazy("kind of text", "News"),
    "document": pgettext_lazy("kind of text", "File"),
    "section": pgettext_lazy("kind of text", "Section"),
    "home": pgettext_lazy("kind of text", "Front page"),
    "index": pgettext_lazy("kind of text", "Index"),
    "page": pgettext_lazy("kind of text", "Page"),
}
OTHER = "page"


def code_of(kind: str) -> int:
    """The number that stands for a kind in the index."""
    return crc32(kind.encode())


_BY_CODE = {code_of(kind): kind for kind in KINDS}


def kind_of(code: int) -> str:
    """The kind behind a number of the index; one that is not known by name counts as a page."""
    return _BY_CODE.get(code, OTHER)
