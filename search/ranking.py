"""The order of hits: ours, over what an engine retrieved, so that every engine gives the same one.

Everything here works on keys, never on how something was spelt: every spelling of a query must give the same
order, and a preference for the typed one would break it.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import log

from search.engines.base import Candidate
from search.query import Query

#: Only the best of what was retrieved is worth a closer look; the rest keeps the engine's order behind it.
DEPTH = 100

BM25, COVERED, NEAR, PHRASE, TITLE, NUMBER, REPEALED = 1.0, 0.5, 1.2, 0.3, 0.1, 10.0, -0.15


def weights(query: Query, frequency: dict[str, int], size: int) -> dict[str, float]:
    """How much each word of the query tells: the rarer, the more."""
    return {
        key: log(1 + (size - frequency.get(key, 0) + 0.5) / (frequency.get(key, 0) + 0.5))
        for key in dict.fromkeys(query.keys)
    }


def _places(keys: Sequence[str], wanted: dict[str, float]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key in wanted:
            places.setdefault(key, []).append(place)
    return places


def _nearness(order: Sequence[str], places: dict[str, list[int]], wanted: dict[str, float]) -> float:
    """0 to 1: how close each pair of neighbours of the query stands, in its order rather than reversed."""
    pairs = [(a, b) for a, b in pairwise(order) if a != b]
    if not pairs:
        return 0.0
    total = sum(wanted[a] + wanted[b] for a, b in pairs)
    reached = 0.0
    for first, second in pairs:
        nearest = _gap(places.get(first, ()), places.get(second, ()))
        if nearest:
            reached += (wanted[first] + wanted[second]) / nearest
    return reached / total if total else 0.0


def _gap(first: Sequence[int], second: Sequence[int]) -> float:
    """The least distance from a place of `first` to one of `second`; backwards counts as one more. 0: none."""
    best, j = 0.0, 0
    for place in first:
        while j < len(second) and second[j] < place:
            j += 1
        if j < len(second):
            best = min(best or 1e9, float(second[j] - place))
        if j > 0:
            best = min(best or 1e9, float(place - second[j - 1] + 1))
    return best


def _has_run(keys: Sequence[str], run: tuple[str, ...], places: dict[str, list[int]]) -> bool:
    length = len(run)
    return any(tuple(keys[place : place + length]) == run for place in places.get(run[0], ()))


def score(query: Query, candidate: Candidate, wanted: dict[str, float], best: float) -> float:
    """One candidate's worth; `best` is the engine's highest score."""
    order = tuple(dict.fromkeys(query.keys))
    title = candidate.meta["title_keys"].split()
    body = candidate.body_keys
    in_title, in_body = _places(title, wanted), _places(body, wanted)
    total = sum(wanted.values()) or 1.0
    covered = sum(weight for key, weight in wanted.items() if key in in_title or key in in_body) / total
    titled = sum(weight for key, weight in wanted.items() if key in in_title) / total
    near = max(_nearness(order, in_body, wanted), _nearness(order, in_title, wanted))
    phrase = len(query.keys) > 1 and (
        _has_run(body, query.keys, in_body) or _has_run(title, query.keys, in_title)
    )
    value = BM25 * candidate.score / best + COVERED * covered + NEAR * near + TITLE * titled + PHRASE * phrase
    if query.numbers and query.numbers & set(candidate.meta["numbers"]):
        value += NUMBER
    if candidate.meta["status"] == "repealed":
        value += REPEALED
    return value


def rank(query: Query, candidates: list[Candidate], frequency: dict[str, int], size: int) -> list[Candidate]:
    """The candidates in the order of the page; equals by their uid, so that paging is stable."""
    if not candidates:
        return []
    wanted = weights(query, frequency, size)
    best = max(candidate.score for candidate in candidates) or 1.0
    near, far = candidates[:DEPTH], candidates[DEPTH:]
    scored = {id(candidate): score(query, candidate, wanted, best) for candidate in near}
    near.sort(key=lambda candidate: (-scored[id(candidate)], candidate.uid))
    return near + far
