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
#: How people name a kind after «نوع:»; in any spelling, since they are compared by their keys.
KIND_WORDS: dict[str, tuple[str, ...]] = {
    "bylaw": ("آیین‌نامه", "دستورالعمل", "شیوه‌نامه", "bylaw", "bylaws"),
    "minutes": ("صورتجلسه", "صورت‌جلسه", "جلسه", "minutes", "meeting", "meetings"),
    "resolution": ("مصوبه", "مصوبات", "resolution", "resolutions"),
    "memorandum": ("تفاهم‌نامه", "memorandum", "memoranda"),
    "district": ("دبیرخانه منطقه", "دبیرخانه", "district", "secretariat"),
    "member": (
        "سازمان عضو",
        "سازمان",
        "سمن",
        "عضو",
        "member",
        "members",
        "organisation",
        "organization",
        "ngo",
    ),
    "news": ("خبر", "اخبار", "news"),
    "document": ("فایل", "سند", "پرونده", "file", "files", "document", "documents"),
    "section": ("بخش", "section"),
    "index": ("فهرست", "index"),
    "page": ("صفحه", "page"),
}
STATUSES: dict[str, Promise] = {
    "in_force": pgettext_lazy("status of text", "In force"),
    "not_yet": pgettext_lazy("status of text", "Not yet in force"),
    "repealed": pgettext_lazy("status of text", "Repealed"),
    "withdrawn": pgettext_lazy("status of text", "Withdrawn"),
    "passed": pgettext_lazy("status of text", "Passed"),
    "amended": pgettext_lazy("status of text", "Passed as amended"),
    "rejected": pgettext_lazy("status of text", "Rejected"),
    "postponed": pgettext_lazy("status of text", "Postponed"),
    "referred": pgettext_lazy("status of text", "Referred"),
}
STATUS_WORDS: dict[str, tuple[str, ...]] = {
    "in_force": ("معتبر", "لازم‌الاجرا", "جاری", "in-force", "in force"),
    "not_yet": ("هنوز اجرا نشده", "آینده", "not-yet", "not yet in force"),
    "repealed": ("منسوخ", "نسخ‌شده", "لغو شده", "ملغی", "repealed"),
    "withdrawn": ("برداشته‌شده", "بازپس‌گرفته", "withdrawn"),
    "passed": ("تصویب شده", "تصویب", "passed"),
    "amended": ("تصویب با اصلاح", "اصلاح شده", "amended"),
    "rejected": ("رد شده", "رد", "rejected"),
    "postponed": ("موکول", "به تعویق", "postponed"),
    "referred": ("ارجاع", "ارجاع شده", "referred"),
}
#: Parts that people look for by themselves: they count under their own kind, not under that of their object.
OWN_KIND = {"resolution"}


def code_of(kind: str) -> int:
    """The number that stands for a kind in the index."""
    return crc32(kind.encode())


_BY_CODE = {code_of(kind): kind for kind in KINDS}
_STATUS_BY_CODE = {code_of(status): status for status in STATUSES}


def kind_of(code: int) -> str:
    """The kind behind a number of the index; one that is not known by name counts as a page."""
    return _BY_CODE.get(code, OTHER)


def status_of(code: int) -> str:
    """The status behind a number of the index; "" for none and for one that is not known by name."""
    return _STATUS_BY_CODE.get(code, "")
