"""The order of hits: ours, over what an engine retrieved, so that every engine gives the same one.

Everything here works on keys, never on how something was spelt: every spelling of a query must give the same
order, and a preference for the typed one would break it.
"""

from collections.abc import Sequence
from itertools import compress, pairwise
from math import log

from search.engines.base import Candidate
from search.kinds import code_of
from search.query import Query

#: Only the best of what was retrieved is worth a closer look; the rest keeps the engine's order behind it.
DEPTH = 48

BM25, COVERED, NEAR, CLOSE, PHRASE, TITLE = 1.0, 0.55, 1.1, 1.2, 0.3, 0.2
NUMBER, REPEALED, RECENT = 10.0, -0.3, 0.05
#: `CLOSE` is for the words that stand together within so many.
WINDOW = 10
#: Text this much older than the newest of what was retrieved gets nothing for being recent.
OLD_DAYS = 15 * 365
#: What a synonym covers of the words that it stands for.
SYNONYM_COVERS = 0.6
_REPEALED = code_of("repealed")


def weights(query: Query, frequency: dict[str, int], size: int) -> dict[str, float]:
    """How much each word of the query tells: the rarer, the more."""
    return {
        key: log(1 + (size - frequency.get(key, 0) + 0.5) / (frequency.get(key, 0) + 0.5))
        for key in dict.fromkeys(query.keys)
    }


class Scorer:
    """Scores candidates of one query; what depends on the query alone is worked out once.

    The words of the query are bits, sets of them numbers: what a set weighs is summed once a query, always in the
    same order, so that equal sets weigh the same to the last digit.
    """

    def __init__(self, query: Query, wanted: dict[str, float], best: float, newest: int = 0) -> None:
        self.wanted = wanted
        self.bits = {key: 1 << place for place, key in enumerate(wanted)}
        self.all = (1 << len(wanted)) - 1
        self.sums: dict[int, float] = {0: 0.0}
        self.total = sum(wanted.values()) or 1.0
        self.best = best
        self.newest = newest
        self.widened = [
            (list(each.concept.keys), sum(self.bits[key] for key in set(each.keys))) for each in query.widened
        ]
        self.numbers = query.numbers
        self.run = list(query.keys) if len(query.keys) > 1 else []
        self.pairs = [(a, b, wanted[a] + wanted[b]) for a, b in pairwise(wanted)]
        self.pairs_total = sum(weight for _, _, weight in self.pairs) or 1.0
        self._titles: dict[str, tuple[int, float, float, bool]] = {}

    def score(self, candidate: Candidate) -> float:
        """One candidate's worth."""
        body = candidate.body_keys
        in_body, near, close, run = self._look(body)
        in_title, title_near, title_close, title_run = self._look_at_title(candidate.raw_title_keys)
        both = in_body | in_title
        covered = self._weight(both)
        for keys, instead in self.widened:
            missing = self._weight(instead & ~both)
            if missing and (_stands_in(keys, body) or _stands_in(keys, candidate.raw_title_keys.split())):
                covered += SYNONYM_COVERS * missing
        value = BM25 * candidate.score / self.best
        value += (COVERED * covered + TITLE * self._weight(in_title)) / self.total
        value += NEAR * max(near, title_near)
        value += CLOSE * max(close, title_close) / self.total
        if run or title_run:
            value += PHRASE
        if self.numbers and not self.numbers.isdisjoint(candidate.raw_numbers.split()):
            value += NUMBER
        if candidate.status == _REPEALED:
            value += REPEALED
        if candidate.day:
            value += RECENT * max(0.0, 1 - (self.newest - candidate.day) / OLD_DAYS)
        return value

    def _weight(self, words: int) -> float:
        """What a set of words weighs."""
        weight = self.sums.get(words)
        if weight is None:
            bits = self.bits
            weight = sum(weight for key, weight in self.wanted.items() if bits[key] & words)
            self.sums[words] = weight
        return weight

    def _look_at_title(self, raw: str) -> tuple[int, float, float, bool]:
        """The same of a title, once each: many passages have the same one."""
        found = self._titles.get(raw)
        if found is None:
            found = self._titles[raw] = self._look(raw.split())
        return found

    def _look(self, keys: list[str]) -> tuple[int, float, float, bool]:
        """The words of the query that a text has, their nearness, the most within a window, whether it says it all."""
        bits = self.bits
        marks = [*compress(enumerate(keys), map(bits.__contains__, keys))]
        if not marks:
            return 0, 0.0, 0.0, False
        places: dict[str, list[int]] = {}
        for place, key in marks:
            if key in places:
                places[key].append(place)
            else:
                places[key] = [place]
        words = sum(map(bits.__getitem__, places))
        run = bool(self.run) and words == self.all and self._has_run(keys, places)
        if len(places) == 1:
            return words, 0.0, self._weight(words), run
        return words, self._nearness(places), self._within(marks, words), run

    def _nearness(self, places: dict[str, list[int]]) -> float:
        """0 to 1: how close each pair of neighbours of the query stands, in its order rather than reversed."""
        reached = 0.0
        for first, second, weight in self.pairs:
            if first in places and second in places:
                reached += weight / _gap(places[first], places[second])
        return reached / self.pairs_total

    def _within(self, marks: list[tuple[int, str]], words: int) -> float:
        """The most that the words within one window of the text weigh."""
        if marks[-1][0] - marks[0][0] < WINDOW:
            return self._weight(words)
        bits = self.bits
        best, seen = 0.0, set()
        for index, (start, _) in enumerate(marks):
            window = 0
            for place, key in marks[index : index + WINDOW]:
                if place - start >= WINDOW:
                    break
                window |= bits[key]
            if window not in seen:
                if window == words:
                    return self._weight(words)
                seen.add(window)
                best = max(best, self._weight(window))
        return best

    def _has_run(self, keys: list[str], places: dict[str, list[int]]) -> bool:
        """Whether the whole query stands there word by word."""
        run = self.run
        return any(keys[place : place + len(run)] == run for place in places[run[0]])


def _stands_in(run: list[str], keys: list[str]) -> bool:
    """Whether the keys of a synonym stand there one after another."""
    if run[0] not in keys:
        return False
    length = len(run)
    return any(keys[place : place + length] == run for place, key in enumerate(keys) if key == run[0])


def _gap(first: Sequence[int], second: Sequence[int]) -> float:
    """The least distance from a place of `first` to one of `second`; backwards counts as one more."""
    if len(first) == 1 and len(second) == 1:
        distance = second[0] - first[0]
        return max(1, distance) if distance >= 0 else 1 - distance
    best, j = 1e9, 0
    for place in first:
        while j < len(second) and second[j] < place:
            j += 1
        if j < len(second):
            best = min(best, max(1, second[j] - place))
        if j > 0:
            best = min(best, place - second[j - 1] + 1)
    return best


def rank(query: Query, candidates: list[Candidate], frequency: dict[str, int], size: int) -> list[Candidate]:
    """The candidates in the order of the page; equals by their uid, so that paging is stable."""
    if not candidates:
        return []
    wanted = weights(query, frequency, size)
    best = max(candidate.score for candidate in candidates) or 1.0
    near, far = candidates[:DEPTH], candidates[DEPTH:]
    score = Scorer(query, wanted, best, max(candidate.day for candidate in near)).score
    scored = [(-score(candidate), candidate.uid, place) for place, candidate in enumerate(near)]
    return [near[place] for _, _, place in sorted(scored)] + far
