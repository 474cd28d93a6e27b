"""The one way in which an account's name is kept and asked for, however it was typed."""

import unicodedata

from intranet.ui.numerals import to_ascii

# Keyboards differ in these letters; nobody sees it in what he types. The half space and the stretch carry nothing.
_LETTERS = str.maketrans({"ي": "ی", "ى": "ی", "ك": "ک", "\u200c": None, "\u200d": None, "ـ": None})


def fold_name(typed: str) -> str:
    """Persian letters for Arabic ones, ASCII digits for Persian and Arabic ones; capital letters stay."""
    return to_ascii(unicodedata.normalize("NFKC", typed)).translate(_LETTERS).strip()


def hint_of(typed: str) -> str:
    """What the record keeps of a name that is nobody's: its first two letters and its length.

    People type their password where the name belongs, and the record forgets nothing.
    """
    return f"{typed[:2]}… ({len(typed)})"
