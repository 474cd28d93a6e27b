"""Kinds of objects that search knows by name, and their codes in the index."""

from zlib import crc32

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "bylaw": _("Bylaw"),
    "provision": _("Provision"),
    "meeting": _("Meeting"),
    "minutes": _("Minutes"),
    "resolution": _("Resolution"),
    "memorandum": _("Memorandum"),
    "obligation": _("Obligation"),
    "district": _("District secretariat"),
    "member": _("Member organisation"),
    "news": _("News"),
    "document": _("File"),
    "section": _("Section"),
    "home": _("Front page"),
    "index": _("Index"),
    "page": _("Page"),
}
OTHER = "page"


def code_of(kind: str) -> int:
    """The number that stands for a kind in the index."""
    return crc32(kind.encode())


_BY_CODE = {code_of(kind): kind for kind in KINDS}


def kind_of(code: int) -> str:
    """The kind behind a number of the index; one that is not known by name counts as a page."""
    return _BY_CODE.get(code, OTHER)
