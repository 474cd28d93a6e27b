"""What editors are told of a text that looks wrong."""

import pytest

from documents.structure.provisions import parse
from pages.bylaws.doubts import doubts
from tests.pages.conftest import SOURCE, articles


def found(source):
    return doubts(source, parse(source))


@pytest.mark.parametrize("source", ["", SOURCE, articles(20)])
def test_sound_text_raises_no_doubt(source):
    assert found(source) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("متنی بی‌ماده", "«ماده»"),
        ("ماده ۱ ـ متن\nماده ۳ ـ متن", "۲"),
        ("ماده ۲ ـ متن\nماده ۳ ـ متن", "۲"),
        ("ماده ۱ ـ متن\nماده ۲ ـ «متن", "«…»"),
        ("ماده ۱ ـ مصوب 6831 است.", "۱۳۸۶"),
        ("ماده ۱ ـ متن\nماده ۲ ـ متن\nماده ۲ ـ متن", "۲"),
        ("ماده ۱ ـ\nماده ۲ ـ متن", "۱"),
    ],
)
def test_doubtful_text_is_told(source, words):
    assert len(found(source)) == 1
    assert words in found(source)[0]


def test_doubts_are_at_most_eight():
    assert len(found("\n".join(f"ماده {n} ـ متن" for n in range(1, 60, 3)))) == 8
