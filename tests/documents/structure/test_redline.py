"""What differs between two wordings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.structure.redline import redline


def test_words_are_compared_whole():
    assert [tuple(piece) for piece in redline("ظرف سی روز اعلام می‌کند", "ظرف پانزده روز اعلام می‌کند")] == [
        ("same", "ظرف "),
        ("out", "سی "),
        ("in", "پانزده "),
        ("same", "روز اعلام می‌کند"),
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("كميته يك", "کمیته یک"), ("ماده ۵", "ماده 5"), ("الف  ب", "الف ب"), ("", "")]
)
def test_forms_of_letters_digits_and_spaces_are_no_change(old, new):
    assert {piece.kind for piece in redline(old, new)} <= {"same"}


def test_new_and_vanished_texts_are_one_piece():
    assert redline("", "متن تازه") == [("in", "متن تازه")]
    assert redline("متن کهنه", "") == [("out", "متن کهنه")]


@given(st.text("ابپ ۱\n"), st.text("ابپ ۱\n"))
def test_nothing_of_the_new_wording_is_lost(old, new):
    assert "".join(piece.text for piece in redline(old, new) if piece.kind != "out") == new


def test_long_unsplit_texts_are_compared_by_lines():
    lines = [f"سطر {number} این متن چند واژه دارد" for number in range(800)]
    changed = [*lines[:400], "سطری دیگر", *lines[401:]]
    pieces = redline("\n".join(lines), "\n".join(changed))
    assert [piece.text.strip() for piece in pieces if piece.kind != "same"] == [lines[400], "سطری دیگر"]
