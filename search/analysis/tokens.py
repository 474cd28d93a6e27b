"""Text to tokens, with offsets into the original.

Nearly all of it runs in the interpreter's own loops, over what stands between blanks (`chunks`); only what is not one
plain word, or may make one with its neighbour, is looked at again. The rules are those of `words`.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import accumulate, chain, compress, count
from operator import add, itemgetter, mul
from typing import Any, NamedTuple

from search.analysis.chunks import AFFIX, KEPT, LONG, Chunks, Found, Halves
from search.analysis.lexicon import Lexicon
from search.analysis.words import ALSO, PART, STOP, WORD, Token, Words

__all__ = ["ALSO", "PART", "STOP", "WORD", "Analyzer", "Columns", "Token"]

_SPACED_NUMBER = re.compile(r"\d\s{1,2}[/\u2215\u2044]|[/\u2215\u2044]\s{1,2}\d")
#: For `bytes.translate`: 1 for some kinds, else 0.
_IS_WORD = bytes(kind in (WORD, PART) for kind in range(256))
_IS_ALSO = bytes(kind == ALSO for kind in range(256))
_token = partial(tuple.__new__, Token)


class Columns(NamedTuple):
    """The tokens of a text, one column a list: as `Token` has them."""

    keys: list[str]
    starts: list[int]
    ends: list[int]
    kinds: list[int]

    def tokens(self) -> list[Token]:
        """The same as tokens."""
        return list(map(_token, zip(*self, strict=True)))

    def said(self) -> "Columns":
        """Those that the index holds: no function words, and other readings of a word behind all words."""
        marks = bytes(self.kinds)
        words = self._those(marks.translate(_IS_WORD))
        if ALSO not in marks:
            return words
        others = self._those(marks.translate(_IS_ALSO))
        return Columns(
            words.keys + others.keys,
            words.starts + others.starts,
            words.ends + others.ends,
            words.kinds + others.kinds,
        )

    def _those(self, chosen: bytes) -> "Columns":
        return Columns(
            list(compress(self.keys, chosen)),
            list(compress(self.starts, chosen)),
            list(compress(self.ends, chosen)),
            list(compress(self.kinds, chosen)),
        )

    @classmethod
    def of(cls, found: Found) -> "Columns":
        """The tokens of a chunk that is the whole text."""
        return cls(list(found.keys), list(found.starts), list(found.ends), list(found.kinds))


def _is_plain(text: str) -> bool:
    """Whether words and numbers reach over single blanks at most."""
    return not (
        "  " in text
        or "\u2215" in text
        or "\u2044" in text
        or ("/" in text and _SPACED_NUMBER.search(text) is not None)
    )


class _Line:
    """A text in chunks. There is an empty one more at the end, so that there are always two."""

    __slots__ = ("chunks", "is_joined", "kept", "numbers", "pairs", "take")

    def __init__(self, text: str, kept: Chunks, pairs: frozenset[int]) -> None:
        self.kept = kept
        self.chunks = f"{text} ".split(" ")
        self.numbers: tuple[int, ...] = itemgetter(*self.chunks)(kept)
        take: Any = itemgetter(*self.numbers)
        self.take = take
        self.pairs = pairs
        #: Whether there are neighbours that make one word.
        self.is_joined = not pairs.isdisjoint(map(mul, take(kept.befores), take(kept.afters)[1:]))

    def looked_at(self, looks: Any) -> Iterator[tuple[int, int, int]]:
        """Stretches of chunks that are true in `looks` or make one word, the last first: from, to, number."""
        kept, numbers = self.kept, self.numbers
        alone = list(compress(count(), looks))
        joints: set[int] = set()
        if self.is_joined:
            both = map(mul, self.take(kept.befores), self.take(kept.afters)[1:])
            joints.update(compress(count(), map(self.pairs.__contains__, both)))
        joints.update(index - 1 for index in alone if index and kept.flags[numbers[index]] & AFFIX)
        if not joints:
            for index in reversed(alone):
                yield index, index + 1, numbers[index]
            return
        stretches: list[tuple[int, int]] = []
        done = 0
        for index in sorted(joints.union(alone)):
            if index < done:
                continue
            done = index + 1
            while done - 1 in joints:
                done += 1
            stretches.append((index, done))
        for start, stop in reversed(stretches):
            yield start, stop, kept[" ".join(self.chunks[start:stop])] if stop - start > 1 else numbers[start]

    def found(self, start: int, stop: int, number: int) -> Found:
        """The tokens of a stretch, with places in the text's chunks."""
        return self.kept.found(number) or Found.of(self.kept.words.tokens(" ".join(self.chunks[start:stop])))


class Analyzer:
    """The analysis over one lexicon. Safe for several threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = Words(lexicon)
        self._halves = Halves(self.words)
        self._chunks = Chunks(self.words, self._halves)

    def _line(self, text: str) -> _Line | None:
        """The text in chunks; None for one that must be read word by word."""
        if not _is_plain(text):
            return None
        if len(self._chunks) > KEPT:
            self._chunks = Chunks(self.words, self._halves)
        line = _Line(text, self._chunks, self._halves.pairs)
        return line if all(line.numbers) else None  # LONG is 0

    def columns(self, text: str) -> Columns:
        """All tokens of a text in order, in columns; see `analyze`."""
        line = self._line(text)
        if line is None:
            return Columns.of(Found.of(self.words.tokens(text)))
        take, kept = line.take, line.kept
        places = list(accumulate(take(kept.steps), initial=0))
        keys, kinds = list(take(kept.firsts)), list(take(kept.kinds))
        starts, ends = list(map(add, places, take(kept.starts))), list(map(add, places, take(kept.ends)))
        flags = take(kept.flags)
        if any(flags) or line.is_joined:
            for start, stop, number in line.looked_at(flags):
                place, found = places[start], line.found(start, stop, number)
                keys[start:stop] = found.keys
                starts[start:stop] = [place + at for at in found.starts]
                ends[start:stop] = [place + at for at in found.ends]
                kinds[start:stop] = found.kinds
        return Columns(keys, starts, ends, kinds)

    def analyze(self, text: str) -> list[Token]:
        """All tokens of a text in order, function words, parts of numbers and other readings marked by their kind.

        Never fails on any text; `text[token.start:token.end]` is what was written for it.
        """
        return self.columns(text).tokens()

    def keys(self, text: str) -> list[str]:
        """The keys by which a text is indexed, in order, without function words; other readings last."""
        line = self._line(text)
        if line is None:
            found = Found.of(self.words.tokens(text))
            return [*found.said(), *found.also()]
        take, kept = line.take, line.kept
        said, rare = take(kept.said), take(kept.rare)
        if not line.is_joined and not any(rare):
            return list(chain.from_iterable(said))
        parts, others = list(said), []
        for start, stop, number in line.looked_at(rare):
            if number == LONG:
                found = line.found(start, stop, number)
                parts[start:stop] = [found.said()]
                others.append(found.also())
            else:
                parts[start:stop] = [kept.said[number]]
                others.append(kept.also.get(number, ()))
        return [*chain.from_iterable(parts), *chain.from_iterable(reversed(others))]

    def _key(self, text: str) -> str:
        columns = self.columns(text)
        words = [key for key, kind in zip(columns.keys, columns.kinds, strict=True) if kind == WORD]
        if not words:
            words = [
                key for key, kind in zip(columns.keys, columns.kinds, strict=True) if kind not in (PART, ALSO)
            ]
        return " ".join(words)

    def key(self, text: str) -> str:
        """One canonical key of a phrase: the same for every spelling. A phrase of function words keeps them."""
        once = self._key(text)
        for _ in range(4):  # a rare word's parts may have shorter bases still
            again = self._key(once)
            if again == once:
                break
            once = again
        return once
