"""Families of spellings (`families.txt`): the same top ten for each, none empty; and what must not be found."""

import unicodedata
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser

from search import benchmark, engines
from search.analysis import key, serve
from search.queries import search

pytestmark = pytest.mark.django_db

#: Of the top tens of every two spellings of a phrase, how much must be the same.
OVERLAP = 0.99
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
SENTENCES = ("{} در دستور کار است.", "نمایندگان دربارهٔ {} گفتند و شنیدند", "«{}» چنان‌که نوشته‌اند", "{}")
DISTRACTORS = (
    "گزارش کار شهر", "نامهٔ یک مرد به مادر", "کار و بار مردم بازار", "قانون تازه و نظر رسمی", "محله و خانه و کوچه",
    "دست و پا و سر و چشم", "آب و خاک و هوا و آتش", "سال و ماه و روز و ساعت", "دانش و هنر و زیست و روان",
)  # fmt: skip


def _families() -> list[list[str]]:
    lines = (Path(__file__).parent / "families.txt").read_text("utf-8").splitlines()
    return [[one.strip() for one in line.split("|")] for line in lines if line.strip() and line[0] != "#"]


def _presentation_forms() -> dict[int, str]:
    """For each letter the form in which it stands alone, as text that was taken out of a PDF has it."""
    forms = {}
    for code in range(0xFB50, 0xFEFF):
        decomposed = unicodedata.decomposition(chr(code)).split()
        if len(decomposed) == 2 and decomposed[0] == "<isolated>":
            forms[int(decomposed[1], 16)] = chr(code)
    return forms


def _typings(phrase: str) -> Iterator[str]:
    """The phrase with other letters, digits, marks and joiners."""
    yield phrase.translate(str.maketrans("یک", "يك"))
    yield phrase.translate(str.maketrans("یکه", "ىڪە"))
    yield phrase.translate(_presentation_forms())
    yield phrase.translate(DIGITS)
    yield phrase.replace("آ", "ا").replace("أ", "ا").replace("ؤ", "و")
    yield "".join(
        f"{letter}َ" if letter.isalpha() and index % 3 == 0 else letter for index, letter in enumerate(phrase)
    )
    yield (
        "".join(f"{letter}ـ" if letter in "بتجحسشعفقکلمنهی" else letter for letter in phrase[:-1])
        + phrase[-1]
    )
    yield phrase.replace("\u200c", "\u200c\u200c")
    yield phrase.replace("\u200c", "¬")
    yield f"\u200f{phrase}\u200e"
    yield phrase.replace(" ", "\u00a0")
    yield phrase.upper()


@pytest.mark.parametrize("spellings", _families(), ids=lambda spellings: spellings[0])
def test_key_of_a_family_is_one_however_it_is_typed(spellings: list[str]) -> None:
    found = {key(typing) for spelling in spellings for typing in (spelling, *_typings(spelling))}
    assert len(found) == 1
    assert found != {""}


@pytest.fixture
def engine(settings):
    """An index of sentences with every spelling of every family, and of others."""
    texts = [sentence.format(one) for family in _families() for one in family for sentence in SENTENCES]
    documents = {str(number): ("", text) for number, text in enumerate([*texts, *DISTRACTORS])}
    with engines.throw_away(settings.SEARCH_URL or "") as made:
        benchmark.fill(made, benchmark.records(documents), lambda done: None)
        yield made
    serve(None)


def test_search_of_every_family_gives_the_same_top_ten(engine):
    overlaps, empty = [], []
    for family in _families():
        tops = [{item.document for item in benchmark.best(engine, one)[:10]} for one in family]
        empty += [one for one, top in zip(family, tops, strict=True) if not top]
        shares = [len(one & other) / max(len(one), len(other), 1) for one, other in combinations(tops, 2)]
        overlaps.append((sum(shares) / len(shares), family[0]))
    assert empty == []
    assert sum(share for share, _ in overlaps) / len(overlaps) >= OVERLAP, sorted(overlaps)[:10]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("تن‌های خسته", "تنها"),
        ("میدان شهر", "دان"),
        ("کلان‌تر", "کلانتر"),
        ("مردم شهر", "مرد"),
        ("سازمان", "ساز"),
        ("دستگاه", "دست"),
        ("کار قانونی", "غیرقانونی"),
        ("رفتار غیرقانونی", "قانونی"),
        ("شمارهٔ ۱۶۰/۲۴۱۷", "۱۶۰/۲۴۱۸"),
        ("شمارهٔ ۱۶۰/۲۴۱۷", "۲۴۱۷/۱۶۰"),
        ("۱۲٫۵ درصد", "۱۲۵ درصد"),
        ("۵٬۰۰۰٬۰۰۰ ریال", "۵۰۰٬۰۰۰ ریال"),
        ("شبکهٔ سی‌بی‌اس", "بی‌بی‌سی"),
        ("دی ماه", "دی‌وی‌دی"),
        ("حیاط مدرسه", "حیات"),
        ("وزیر کشور", "زیره"),
        ("بهره‌وری", "بهره‌برداری"),
        ("مصوب دولت", "مصوبات"),
        ("خدمهٔ بیمارستان", "خدمات"),
        ("همکلاسی", "کلاس درس"),
        ("بازار روز", "به‌روز"),
    ],
)
def test_search_of_what_only_looks_alike_finds_nothing(add, text, asked):
    add("متن", text)
    add("متنی دیگر", asked)
    assert [hit.object_title for hit in search(asked, AnonymousUser()).hits] == ["متنی دیگر"]
