"""What stands between two blanks, analysed once and kept: texts say the same words again and again."""

import re
import threading
from typing import Any

from search.analysis.folding import fold
from search.analysis.initials import LETTERS
from search.analysis.morphology import SUFFIXES
from search.analysis.places import distances
from search.analysis.words import AFTER_HE, ALSO, GAPS, PART, WORD, Token, Words, has_letters

#: Chunks that are kept, and letters of the longest.
KEPT, LONGEST = 200_000, 120
#: The number of all chunks that cannot be read by themselves.
UNREAD = 0
#: At an edge, a sign that a number may go on with behind the blank.
_OPEN = re.compile(r"^\s*[/\u2215\u2044]|[/\u2215\u2044]\s*$")


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

    `tokens`, `kinds` and `places` are its keys, their kinds and where they stand, `steps` its length with a blank;
    `said` the keys that the index holds in its place, `texts` the same with blanks between, `said_places` where they
    stand; `also` those of other readings. `befores` and `afters` are numbers of `Halves`. `affixes` may belong to the
    chunk before, `letters` to initials with both neighbours, `doubtful` have other readings, a number may go on beside
    `open` ones; `rare` are all of these.
    """

    def __init__(self, words: Words, halves: Halves) -> None:
        super().__init__()
        self.words = words
        self._halves = halves
        self._lock = threading.Lock()
        self._once: dict[Any, Any] = {}
        self.tokens: list[tuple[str, ...]] = []
        self.kinds: list[bytes] = []
        self.places: list[bytes] = []
        self.steps: list[int] = []
        self.said: list[tuple[str, ...]] = []
        self.texts: list[str] = []
        self.said_places: list[bytes] = []
        self.also: list[tuple[str, ...]] = []
        self.befores: list[int] = []
        self.afters: list[int] = []
        self.affixes: set[int] = set()
        self.letters: set[int] = set()
        self.doubtful: set[int] = set()
        self.open: set[int] = {UNREAD}
        self.rare: set[int] = {UNREAD}
        self._keep([], 0, b"", b"")

    def __missing__(self, chunk: str) -> int:
        if len(chunk) > LONGEST:
            return UNREAD
        tokens = self.words.tokens(chunk)
        step = len(chunk) + 1
        said = [token for token in tokens if token.kind in (WORD, PART)]
        places = distances(tokens, step)
        said_places = places if len(said) == len(tokens) else distances(said, step)
        if places is None or said_places is None:
            return UNREAD
        before, after, is_affix = self._neighbours(chunk, tokens)
        with self._lock:
            number = self._keep(tokens, step, places, said_places)
            self.befores[number], self.afters[number] = before, after
            for group, belongs in (
                (self.affixes, is_affix),
                (self.letters, has_letters(chunk)),
                (self.doubtful, self.also[number]),
                (self.open, _OPEN.search(chunk)),
            ):
                if belongs:
                    group.add(number)
                    self.rare.add(number)
            self[chunk] = number
        return number

    def _keep(self, tokens: list[Token], step: int, places: bytes, said_places: bytes) -> int:
        once = self._once.setdefault  # the same letters, the same keys once in memory
        number = len(self.steps)
        said = tuple(once(token.key, token.key) for token in tokens if token.kind in (WORD, PART))
        every = tuple(once(token.key, token.key) for token in tokens)
        text = " ".join(said)
        kinds = bytes(token.kind for token in tokens)
        self.tokens.append(once(every, every))
        self.kinds.append(once(kinds, kinds))
        self.places.append(once(places, places))
        self.steps.append(step)
        self.said.append(once(said, said))
        self.texts.append(once(text, text))
        self.said_places.append(once(said_places, said_places))
        self.also.append(tuple(token.key for token in tokens if token.kind == ALSO))
        self.befores.append(0)
        self.afters.append(0)
        return number

    def _neighbours(self, chunk: str, tokens: list[Token]) -> tuple[int, int, bool]:
        """What it may be the first and the second half of, and whether it is a loose affix."""
        if not tokens:
            return 0, 0, False
        first = tokens[0]
        last = next((token for token in reversed(tokens) if token.kind != ALSO), first)
        before = self._halves.first(last.key) if GAPS.issuperset(chunk[last.end :]) else 0
        if not GAPS.issuperset(chunk[: first.start]):
            return before, 0, False
        written_as = chunk[first.start : first.end]
        written = fold(written_as)
        half = written if written in LETTERS else self.words.morphology.second_half(first.key, written)
        is_affix = written in SUFFIXES or written in AFTER_HE or len(written_as.split()) > 1  # «ی\nی»
        return before, self._halves.second(half), is_affix
