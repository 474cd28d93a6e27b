"""The short codes on official copies: nobody guesses one, and whoever reads one from paper may err a little."""

import secrets

from intranet.ui.numerals import to_ascii

#: Crockford's letters: none that is taken for a digit or for another when it is read out.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_LIKE = str.maketrans("OIL", "011")


def new_code() -> str:
    """A new code: sixty bits by chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """The code that was typed, in whatever digits and groups; "" for what is none."""
    code = "".join(ch for ch in to_ascii(typed).upper() if ch.isalnum()).translate(_LIKE)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def shown(code: str) -> str:
    """The code in groups of four, as it is printed."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))
