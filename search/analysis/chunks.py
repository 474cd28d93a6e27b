"""What stands between two blanks, analysed once and kept: texts say the same words again and again."""

import threading
from typing import NamedTuple

from search.analysis.folding import fold
from search.analysis.initials import LETTERS
from search.analysis.morphology import SUFFIXES
from search.analysis.words import AFTER_HE, ALSO, GAPS, PART, WORD, Token, Words

#: Chunks that are kept, and letters of the longest.
KEPT, LONGEST = 200_000, 60
#: A chunk may make several tokens or none; it may be an affix of the one before.
SEVERAL, AFFIX = 1, 2
#: The number of all chunks that are too long to be kept, and that of an empty one.
LONG, EMPTY = 0, 1


class Found(NamedTuple):
    """The tokens of a chunk or of several that make one word, in columns; places count from its beginning."""

    keys: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    kinds: tuple[int, ...]

    @classmethod
    def of(cls, tokens: list[Token]) -> "Found":
        """These tokens."""
        return cls(*zip(*tokens, strict=True)) if tokens else cls((), (), (), ())

    def said(self) -> tuple[str, ...]:
        """The keys that the index holds in their places."""
        return tuple(key for key, kind in zip(self.keys, self.kinds, strict=True) if kind in (WORD, PART))

    def also(self) -> tuple[str, ...]:
        """The keys of other readings."""
        return tuple(key for key, kind in zip(self.keys, self.kinds, strict=True) if kind == ALSO)


def _spread(number: int) -> int:
    """A number of 30 bits for a small one, never 0."""
    return (number * 0x9E3779B1) % 2**30 + 1


class Halves:
    """Pairs of first and second halves of words that a blank broke, as products of their numbers.

    Chance gives another pair the same product once in a long while: then more is looked at than need be.
    """

    def __init__(self, words: Words) -> None:
        morphology = words.morphology
        firsts, seconds = LETTERS.union(morphology.pairs), LETTERS | morphology.seconds
        self._firsts = {first: _spread(number) for number, first in enumerate(sorted(firsts))}
        self._seconds = {second: _spread(~number) for number, second in enumerate(sorted(seconds))}
        self.pairs = frozenset(
            self._firsts[first] * self._seconds[second]
            for first, halves in (*morphology.pairs.items(), *((letter, LETTERS) for letter in LETTERS))
            for second in halves
        )

    def first(self, key: str) -> int:
        """The number of a key as a first half; 0 when it is none."""
        return self._firsts.get(key, 0)

    def second(self, half: str) -> int:
        """The number of a second half; 0 when it is none."""
        return self._seconds.get(half, 0)


class Chunks(dict[str, int]):
    """The number of each chunk, given when it is first asked for. The lists hold what was found, by that number.

    `firsts` (a key) to `kinds` are those of the first token; `steps` the length with a blank; `said` all keys that
    the index holds in its place, `also` those of other readings; `befores` and `afters` numbers of `Halves`. `rare`
    are those whose keys need a look. A chunk that is too long to be kept is LONG: nothing is known of it.
    """

    def __init__(self, words: Words, halves: Halves) -> None:
        super().__init__()
        self.words = words
        self._halves = halves
        self._lock = threading.Lock()
        self._several: dict[int, Found] = {}
        self._once: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.firsts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[int] = []
        self.steps: list[int] = []
        self.said: list[tuple[str, ...]] = []
        self.also: dict[int, tuple[str, ...]] = {}
        self.befores: list[int] = []
        self.afters: list[int] = []
        self.flags: list[int] = []
        self.rare: list[bool] = []
        for flags in (SEVERAL, SEVERAL):
            self._keep("", Found.of([]), (0, 0, flags))
        self[""] = EMPTY

    def __missing__(self, chunk: str) -> int:
        if len(chunk) > LONGEST:
            return LONG
        found = Found.of(self.words.tokens(chunk))
        if found.keys == (chunk,):
            found = found._replace(keys=(chunk,))  # the same letters once in memory
        neighbours = self._neighbours(chunk, found)
        with self._lock:
            number = self[chunk] = self._keep(chunk, found, neighbours)
        return number

    def _keep(self, chunk: str, found: Found, neighbours: tuple[int, int, int]) -> int:
        number = len(self.flags)
        before, after, flags = neighbours
        if len(found.keys) != 1:
            flags |= SEVERAL
            self._several[number] = found
        if also := found.also():
            self.also[number] = also
        first, start, end, kind = next(zip(*found, strict=True), ("", 0, 0, WORD))
        self.firsts.append(first)
        self.starts.append(start)
        self.ends.append(end)
        self.kinds.append(kind)
        self.steps.append(len(chunk) + 1)
        said = found.said()
        self.said.append(self._once.setdefault(said, said))
        self.befores.append(before)
        self.afters.append(after)
        self.rare.append(bool(flags & AFFIX or also))
        self.flags.append(flags)
        return number

    def _neighbours(self, chunk: str, found: Found) -> tuple[int, int, int]:
        """What it may be the first and the second half of, and whether it is a loose affix."""
        if not found.keys:
            return 0, 0, 0
        last = next((at for at in reversed(range(len(found.keys))) if found.kinds[at] != ALSO), 0)
        before = self._halves.first(found.keys[last]) if GAPS.issuperset(chunk[found.ends[last] :]) else 0
        if not GAPS.issuperset(chunk[: found.starts[0]]):
            return before, 0, 0
        written = fold(chunk[found.starts[0] : found.ends[0]])
        half = written if written in LETTERS else self.words.morphology.second_half(found.keys[0], written)
        after = self._halves.second(half)
        return before, after, AFFIX if written in SUFFIXES or written in AFTER_HE else 0

    def found(self, number: int) -> Found | None:
        """The tokens of a chunk; None for a long one, which must be read."""
        if number == LONG:
            return None
        return self._several.get(number) or Found(
            (self.firsts[number],), (self.starts[number],), (self.ends[number],), (self.kinds[number],)
        )
