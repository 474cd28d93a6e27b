"""The order of hits: ours, over what an engine retrieved, so that every engine gives the same one.

Everything here works on keys, never on how something was spelt: every spelling of a query must give the same
order, and a preference for the typed one would break it.
"""

from collections.abc import Sequence
from itertools import pairwise
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
    """Scores candidates of one query; what depends on the query alone is worked out once."""

    def __init__(self, query: Query, wanted: dict[str, float], best: float, newest: int = 0) -> None:
        self.wanted = wanted
        self.total = sum(wanted.values()) or 1.0
        self.best = best
        self.newest = newest
        self.widened = [(list(each.concept.keys), each.keys) for each in query.widened]
        self.numbers = query.numbers
        self.run = query.keys if len(query.keys) > 1 else ()
        self.pairs = [(a, b, wanted[a] + wanted[b]) for a, b in pairwise(wanted)]
        self.pairs_total = sum(weight for _, _, weight in self.pairs) or 1.0

    def score(self, candidate: Candidate) -> float:
        """One candidate's worth."""
        wanted = self.wanted
        title, body = candidate.raw_title_keys.split(), candidate.raw_keys.decode().split()
        in_title, in_body = self._places(title), self._places(body)
        covered = titled = 0.0
        for key, weight in wanted.items():
            if key in in_title:
                covered += weight
                titled += weight
            elif key in in_body:
                covered += weight
        for run, instead in self.widened:
            missing = sum(wanted[key] for key in instead if key not in in_title and key not in in_body)
            if missing and (_stands_in(run, body) or _stands_in(run, title)):
                covered += SYNONYM_COVERS * missing
        value = BM25 * candidate.score / self.best
        value += (COVERED * covered + TITLE * titled) / self.total
        value += NEAR * max(self._nearness(in_body), self._nearness(in_title))
        value += CLOSE * max(self._within(in_body), self._within(in_title)) / self.total
        if self.run and (self._has_run(body, in_body) or self._has_run(title, in_title)):
            value += PHRASE
        if self.numbers and not self.numbers.isdisjoint(candidate.meta["numbers"]):
            value += NUMBER
        if candidate.status == _REPEALED:
            value += REPEALED
        if candidate.day:
            value += RECENT * max(0.0, 1 - (self.newest - candidate.day) / OLD_DAYS)
        return value

    def _places(self, keys: Sequence[str]) -> dict[str, list[int]]:
        """Where each word of the query stands."""
        wanted = self.wanted
        places: dict[str, list[int]] = {}
        if not wanted.keys().isdisjoint(keys):
            for place, key in enumerate(keys):
                if key in wanted:
                    if key in places:
                        places[key].append(place)
                    else:
                        places[key] = [place]
        return places

    def _nearness(self, places: dict[str, list[int]]) -> float:
        """0 to 1: how close each pair of neighbours of the query stands, in its order rather than reversed."""
        if len(places) < 2:
            return 0.0
        reached = 0.0
        for first, second, weight in self.pairs:
            if first in places and second in places:
                reached += weight / _gap(places[first], places[second])
        return reached / self.pairs_total

    def _within(self, places: dict[str, list[int]]) -> float:
        """The most that the words within one window of the text weigh."""
        most = sum(weight for key, weight in self.wanted.items() if key in places)
        if len(places) < 2:
            return most
        marks = sorted((place, key) for key, found in places.items() for place in found)
        best = 0.0
        for index, (start, _) in enumerate(marks):
            seen = {key for place, key in marks[index : index + WINDOW] if place - start < WINDOW}
            best = max(best, sum(weight for key, weight in self.wanted.items() if key in seen))
            if best >= most:
                break
        return best

    def _has_run(self, keys: Sequence[str], places: dict[str, list[int]]) -> bool:
        """Whether the whole query stands there word by word."""
        if len(places) < len(self.wanted):
            return False
        run = list(self.run)
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
