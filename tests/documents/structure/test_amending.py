"""Amendments carried out on a text."""

import pytest

from documents.structure.amending import UnfitAmendment, insert, replace_words, rewrite, strike
from documents.structure.provisions import parse

TEXT = """آیین‌نامه آزمون
فصل اول ـ کلیات
ماده ۱ ـ تعریف:
مهلت سی روز است و نشانی سی روزه اعلام می‌شود.
الف) بند نخست؛
ب) بند دوم.
تبصره ـ مهلت تمدید نمی‌شود.

ماده ۲ ـ كميته يك دبیر دارد.
"""


def texts(source):
    return {each.eid: each.text for each in parse(source).provisions}


def test_words_are_replaced_in_their_provision_only():
    assert texts(replace_words(TEXT, "art_1__proviso_1", "تمدید نمی‌شود", "یک بار تمدید می‌شود")) == texts(
        TEXT
    ) | {"art_1__proviso_1": "مهلت یک بار تمدید می‌شود."}


def test_words_are_found_in_any_spelling():
    assert texts(replace_words(TEXT, "art_2", "کمیته  یک", "شورا دو"))["art_2"] == "شورا دو دبیر دارد."


def test_words_are_whole_words():
    assert "نشانی سی روزه" in replace_words(TEXT, "art_1", "سی روز", "ده روز")


def test_provision_is_rewritten_with_number_heading_and_children_kept():
    before, after = parse(TEXT), parse(rewrite(TEXT, "art_1", "مهلت ده روز است."))
    assert [each.eid for each in after.provisions] == [each.eid for each in before.provisions]
    assert after.provisions[1].heading == "تعریف"
    assert after.provisions[1].text == "مهلت ده روز است."


def test_struck_provision_keeps_its_number_and_loses_what_is_below():
    found = {each.eid: each.status for each in parse(strike(TEXT, "art_1", "نسخ شد.")).provisions}
    assert found == {"chp_1": "in-force", "art_1": "repealed", "art_2": "in-force"}


@pytest.mark.parametrize(
    ("after", "new", "eid"),
    [
        ("art_1", "ماده ۱ مکرر ـ متن تازه.", "art_1bis"),
        ("art_2", "تبصره ـ متن تازه.", "art_2__proviso_1"),
        ("art_1__para_2", "پ) متن تازه.", "art_1__para_3"),
        ("", "ماده ۳ ـ متن تازه.", "art_3"),
    ],
)
def test_provision_is_added_after_another_and_all_below_it(after, new, eid):
    assert texts(insert(TEXT, after, new)) == texts(TEXT) | {eid: "متن تازه."}


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda: replace_words(TEXT, "art_9", "مهلت", "زمان"), "no_provision"),
        (lambda: replace_words(TEXT, "art_1", "زمان", "مهلت"), "not_found"),
        (lambda: replace_words(TEXT, "art_1", "سی", "ده"), "ambiguous"),
        (lambda: replace_words(TEXT, "art_1", " ", "ده"), "no_words"),
        (lambda: replace_words(TEXT, "art_1__para_1", "نخست", "نخست\nماده ۲ ـ دیگر"), "misread"),
        (lambda: rewrite(TEXT, "art_1", " "), "no_words"),
        (lambda: insert(TEXT, "art_1", "متنی بی‌شماره"), "nothing_new"),
        (lambda: insert("", "", "ماده ۱ ـ متن."), "no_provision"),
    ],
)
def test_unfit_amendment_is_refused_with_its_reason(act, code):
    with pytest.raises(UnfitAmendment) as refusal:
        act()
    assert refusal.value.code == code
