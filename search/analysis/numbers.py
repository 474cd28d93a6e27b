"""Registry numbers in a text, however they are spaced, parted or digited."""

import re

from search.analysis.folding import fold

_PARTED = re.compile(
    r"\d+(?:\s{0,3}[/\\\-_.\u2010-\u2015\u2212\u2215\u2044\u0640\u066b]\s{0,3}\d+|\s{1,3}\d+)+"
)
_DIGITS = re.compile(r"\d+")


def registry_numbers(text: str) -> list[str]:
    """Numbers of several parts, each as `160/1818/18066`, once, in order: «160-1818 / 18066», «۱۶۰ ۱۸۱۸ ۱۸۰۶۶»."""
    found = ("/".join(fold(part) for part in _DIGITS.findall(match[0])) for match in _PARTED.finditer(text))
    return list(dict.fromkeys(found))
