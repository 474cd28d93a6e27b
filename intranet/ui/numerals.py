"""Digits: Persian for reading, ASCII for storing, typing and addresses."""

from decimal import Decimal

from django.utils.translation import get_language

PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
THOUSANDS_SEPARATOR = "٬"
DECIMAL_SEPARATOR = "٫"

_TO_PERSIAN = str.maketrans("0123456789" + ARABIC_DIGITS, PERSIAN_DIGITS * 2)
_TO_ASCII = str.maketrans(PERSIAN_DIGITS + ARABIC_DIGITS, "0123456789" * 2)


def to_persian(value: object) -> str:
    """Return the text of `value` with every Latin or Arabic digit as a Persian one."""
    return str(value).translate(_TO_PERSIAN)


def to_ascii(value: object) -> str:
    """Return the text of `value` with every Persian or Arabic digit as an ASCII one."""
    return str(value).translate(_TO_ASCII)


def reads_persian() -> bool:
    """Whether the active language is Persian (also when none is active: the site is Persian first)."""
    return (get_language() or "fa").startswith("fa")


def localized(value: object) -> str:
    """Return the text of `value` in the digits of the active language."""
    return to_persian(value) if reads_persian() else to_ascii(value)


def grouped(value: int | Decimal) -> str:
    """Return a number with its thousands set apart: «۱٬۲۵۰٬۰۰۰», or "1,250,000" to an English reader."""
    text = f"{value:,}"
    if not reads_persian():
        return text
    return to_persian(text.replace(",", THOUSANDS_SEPARATOR).replace(".", DECIMAL_SEPARATOR))
