"""Nothing of a source is lost: provisions and residue share it out, letter by letter."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.structure.provisions import ParsedText, parse
from documents.structure.shades import shaded
from tests.documents.structure.texts import TEXTS

LABELS = Counter("مادهتبصرهبندجزءردیففصلبابکتاببخشقسمتمبحثگفتارپیوستضمیمهشمارهواحدهمکررمکرر")
PIECES = [
    "ماده ۱ ـ متن.", "ماده ۲ـ", "**ماده ۳** (الحاقی ۱۴۰۰)- متن", "ماده", "۴", "تبصره ـ متن", "تبصره ۲ قانون",
    "فصل دوم", "الف) بند", "ب) بند", "۱- یک. تبصره: دو", "«", "»", "<!-- x -->", "# عنوان", "آیین‌نامه الف",
    "\u200c", "* * *", "پیوست ۱", "ماده ۱۱ قانون", "مـادّه ۵ ـ متن", "ﻣﺎﺩﻩ ۶ ـ متن", "صفحه ۲ از ۳", "\f", "\r",
    "رئیس شورا", "موارد: الف ـ یک. ب ـ دو.", "۲-۱ متن", "بیشتر بخوانید", "به شرح زیر اصلاح می‌شود:",
]  # fmt: skip


def _alphanumeric(text: str) -> Counter[str]:
    return Counter(letter for letter in shaded(text).shade if letter.isalnum())


def assert_nothing_is_lost(source: str, parsed: ParsedText) -> None:
    """The spans partition the source, and what is in a provision's spans is in its words."""
    spans = [span for provision in parsed.provisions for span in provision.spans]
    spans += [(each.start, each.end) for each in parsed.residue]
    place = 0
    for start, end in sorted(spans):
        assert start == place
        assert end > start
        place = end
    assert place == len(source)
    for provision in parsed.provisions:
        own = _alphanumeric("".join(source[start:end] for start, end in provision.spans))
        said = _alphanumeric(f"{provision.num} {provision.heading} {provision.text} {provision.note}")
        assert not own - said - LABELS, provision.eid
        assert not said - own, provision.eid


@pytest.mark.parametrize("name", TEXTS)
def test_parse_loses_nothing_of_a_bylaw(name: str) -> None:
    assert_nothing_is_lost(TEXTS[name], parse(TEXTS[name]))


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=30),
    st.sampled_from(["\n", " ", "\r\n"]),
)
def test_parse_loses_nothing_of_any_lines(pieces: list[str], joint: str) -> None:
    source = joint.join(pieces)
    assert_nothing_is_lost(source, parse(source))


@settings(max_examples=120, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_parse_loses_nothing_of_a_mangled_bylaw(name: str, data: st.DataObject) -> None:
    source = TEXTS[name]
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = data.draw(st.integers(start, min(len(source), start + 200)))
        put = data.draw(st.sampled_from(["", " ", "\n", *PIECES]))
        source = source[:start] + put + source[end:]
    assert_nothing_is_lost(source, parse(source))
