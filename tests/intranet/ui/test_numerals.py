from decimal import Decimal

from django.utils import translation

from intranet.ui import numerals


def test_to_persian_takes_latin_and_arabic_digits() -> None:
    assert numerals.to_persian("12/٤٥ و ۶") == "۱۲/۴۵ و ۶"


def test_to_ascii_takes_persian_and_arabic_digits() -> None:
    assert numerals.to_ascii("۱۶۰/١٨١٨/18066") == "160/1818/18066"


def test_grouped_follows_the_language() -> None:
    with translation.override("fa"):
        assert numerals.grouped(1250000) == "۱٬۲۵۰٬۰۰۰"
        assert numerals.grouped(Decimal("2.4")) == "۲٫۴"
    with translation.override("en"):
        assert numerals.grouped(1250000) == "1,250,000"
