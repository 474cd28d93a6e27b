"""What is offered as one types: the index holds the beginnings of titles' words, of whole titles and of numbers.

A half-typed word is then one term of the index, found at once among any number of titles.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intranet.ui.numerals import to_ascii
from search.analysis import fold, key

#: What stands before the beginning of a whole title, and of a number; folded words hold no such sign.
TITLE, NUMBER = "^", "#"
SHORTEST, LONGEST_WORD, LONGEST = 2, 12, 24


def _of(text: str, sign: str, longest: int) -> Iterator[str]:
    for length in range(SHORTEST, min(len(text), longest) + 1):
        yield sign + text[:length]


def beginnings(title: str, numbers: Iterable[str]) -> str:
    """All that may be typed for a title and for these numbers, parted by blanks; either may be empty."""
    found: dict[str, None] = {}
    for word in title.split():
        found.update(dict.fromkeys(_of(fold(word), "", LONGEST_WORD)))
    found.update(dict.fromkeys(_of(fold(title), TITLE, LONGEST)))
    for number in numbers:
        found.update(dict.fromkeys(_of(number, NUMBER, LONGEST)))
    return " ".join(found)


@dataclass(frozen=True, slots=True)
class Way:
    """One way of taking what was typed: a beginning, and keys that the title must have."""

    beginning: str
    keys: tuple[str, ...] = ()


def ways(text: str) -> list[Way]:
    """What a half-typed text may be the beginning of, the likeliest first; none while it is too short."""
    words = [word for word in (fold(word) for word in text.split()) if word]
    if not words or len(words[-1]) < SHORTEST:
        return []
    found = []
    if text.strip()[:1].isdigit():
        number = "/".join(re.findall(r"\d+", to_ascii(text)))  # «۱۶۰ / ۱» is half of 160/1…
        found.append(Way(NUMBER + number[:LONGEST]))
        words = words[-1:]
    found.append(Way(TITLE + fold(text)[:LONGEST]))
    before = tuple(dict.fromkeys(key(" ".join(words[:-1])).split()))
    found.append(Way(words[-1][:LONGEST_WORD], before))
    return found
