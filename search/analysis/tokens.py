"""Text to tokens, with offsets into the original.

Nearly all of it runs in the interpreter's own loops, over what stands between blanks (`chunks`); only what is not one
plain word, or may make one with its neighbour, is looked at again. The rules are those of `words`.
"""

import re
from functools import partial
from itertools import chain, compress
from operator import itemgetter, mul
from typing import Any, NamedTuple

from search.analysis.chunks import KEPT, UNREAD, Chunks, Halves
from search.analysis.lexicon import Lexicon
from search.analysis.places import pack, places
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
    def of(cls, tokens: list[Token]) -> "Columns":
        """These tokens."""
        return cls(*map(list, zip(*tokens, strict=True))) if tokens else cls([], [], [], [])


class _Line(NamedTuple):
    """A text as chunks: `take` gives what a list of `kept` has for each; `is_doubtful` if any reads in two ways."""

    kept: Chunks
    take: Any
    is_doubtful: bool = False


def _stretches(joints: set[int]) -> list[tuple[int, int]]:
    """Where neighbours begin that make one word, and behind which they end: 2 and 3 joined to the next are 2 to 5."""
    found: list[tuple[int, int]] = []
    for joint in sorted(joints):
        if found and joint < found[-1][1]:
            found[-1] = (found[-1][0], joint + 2)
        else:
            found.append((joint, joint + 2))
    return found


class Analyzer:
    """The analysis over one lexicon. Safe for several threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = Words(lexicon)
        self._halves = Halves(self.words)
        self._chunks = Chunks(self.words, self._halves)

    def _line(self, text: str) -> _Line | None:
        """The text in chunks, those that make one word as one; None for a text that must be read word by word."""
        if "  " in text:  # words and numbers may reach over two blanks
            return None
        kept, pairs = self._chunks, self._halves.pairs
        if len(kept) > KEPT:
            kept = self._chunks = Chunks(self.words, self._halves)
        chunks = f"{text} .".split(" ")  # always two at least
        numbers: tuple[int, ...] = itemgetter(*chunks)(kept)
        take: Any = itemgetter(*numbers)
        both = [*map(mul, take(kept.befores), take(kept.afters)[1:])]
        rare = kept.rare.intersection(numbers)
        if not rare and pairs.isdisjoint(both):
            return _Line(kept, take)
        if not rare.isdisjoint(kept.open) and (UNREAD in rare or _SPACED_NUMBER.search(text)):
            return None
        words, affixes = pairs.intersection(both), rare.intersection(kept.affixes)
        joints = {place for place, product in enumerate(both) if product in words} if words else set()
        if affixes:
            joints.update(place for place, number in enumerate(numbers[1:]) if number in affixes)
        if letters := rare.intersection(kept.letters):
            last = len(numbers) - 2  # what follows is the dot that was put there
            beside = [place for place, number in enumerate(numbers) if number in letters]
            joints.update(place for at in beside for place in (at - 1, at) if 0 <= place < last)
        if joints:
            joined = [*numbers]
            for start, stop in reversed(_stretches(joints)):
                joined[start:stop] = [kept[" ".join(chunks[start:stop])]]
            if UNREAD in joined:
                return None
            take = itemgetter(*joined)
            rare = kept.doubtful.intersection(joined)
        return _Line(kept, take, not rare.isdisjoint(kept.doubtful))

    def columns(self, text: str) -> Columns:
        """All tokens of a text in order, in columns; see `analyze`."""
        line = self._line(text)
        if line is None:
            return Columns.of(self.words.tokens(text))
        kept, take = line.kept, line.take
        starts, ends = places(b"".join(take(kept.places)))
        return Columns([*chain.from_iterable(take(kept.tokens))], starts, ends, [*b"".join(take(kept.kinds))])

    def analyze(self, text: str) -> list[Token]:
        """All tokens of a text in order, function words, parts of numbers and other readings marked by their kind.

        Never fails on any text; `text[token.start:token.end]` is what was written for it.
        """
        return self.columns(text).tokens()

    def keys(self, text: str) -> list[str]:
        """The keys by which a text is indexed, in order, without function words; other readings last."""
        line = self._line(text)
        if line is None:
            return Columns.of(self.words.tokens(text)).said().keys
        kept, take = line.kept, line.take
        said = chain.from_iterable(take(kept.said))
        return [*said, *chain.from_iterable(take(kept.also))] if line.is_doubtful else [*said]

    def placed(self, text: str) -> tuple[str, bytes]:
        """The same keys with blanks between, and where each stands in the text, as `places.spans` reads it."""
        line = self._line(text)
        if line is None or line.is_doubtful:
            found = self.columns(text).said()
            return " ".join(found.keys), pack(b"", found.starts, found.ends)
        kept, take = line.kept, line.take
        return " ".join(filter(None, take(kept.texts))), pack(b"".join(take(kept.said_places)))

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
