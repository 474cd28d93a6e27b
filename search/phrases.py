"""Phrases that titles repeat, offered as one types: learnt from what everybody may read, when the index is made anew.

A passage's own phrases stand among its beginnings, so that a reader is offered only what stands in a title of his.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from search.analysis import ALSO, PART, STOP, analyze, current, fold
from search.beginnings import SHORTEST

#: What stands before a phrase among the beginnings of a passage.
PHRASE = "~"
#: Texts whose title has it, words of the longest, phrases that are kept.
ENOUGH, MOST_WORDS, MOST = 3, 5, 2000


def _runs(title: str) -> Iterator[tuple[str, str]]:
    """Words of a title that follow one another, with nothing but blanks between them: key, as they are written."""
    tokens = [token for token in analyze(title) if token.kind not in (PART, ALSO)]
    telling = [token.kind != STOP and token.key.isalpha() for token in tokens]
    for first, begin in enumerate(tokens):
        if not telling[first] or (begin.start and title[begin.start - 1].isalnum()):
            continue
        for last in range(first + 1, min(first + MOST_WORDS, len(tokens))):
            if title[tokens[last - 1].end : tokens[last].start].strip(" \u200c\u200d"):
                break  # a mark parts them
            end = tokens[last].end
            if telling[last] and not (title[end : end + 1].isalnum() or title[end : end + 1] == "\u200c"):
                key = "_".join(token.key for token in tokens[first : last + 1])
                yield key, " ".join(title[begin.start : end].split())


def learn(titles: Iterable[str]) -> list[str]:
    """Lines of the lexicon's format, the commonest first; a part of a phrase that never stands alone is none."""
    counted: Counter[str] = Counter()
    ways: dict[str, Counter[str]] = {}
    for title in titles:
        for key, written in dict(_runs(title)).items():
            counted[key] += 1
            ways.setdefault(key, Counter())[written] += 1
    common = sorted(
        (key for key, count in counted.items() if count >= ENOUGH), key=lambda key: (-counted[key], key)
    )
    whole: list[str] = []
    for key in sorted(common[: 2 * MOST], key=len, reverse=True):
        if not any(f"_{key}_" in f"_{other}_" and counted[other] == counted[key] for other in whole):
            whole.append(key)
    whole.sort(key=lambda key: (-counted[key], key))
    return [
        f"f\t{key}\t{min(ways[key].items(), key=lambda way: (-way[1], way[0]))[0]}" for key in whole[:MOST]
    ]


def beginnings(title: str) -> str:
    """The phrases of a title, as they stand among its passage's beginnings."""
    known = current().lexicon.phrases
    return " ".join({PHRASE + key: None for key, _ in _runs(title) if key in known}) if known else ""


@lru_cache(maxsize=2)
def _sorted(digest: str) -> list[tuple[str, int, str, str]]:
    """The phrases of the lexicon of this digest by how they begin: folded, place among the commonest, key, written."""
    known = current().lexicon.phrases.items()
    return sorted((fold(written), place, key, written) for place, (key, written) in enumerate(known))


def going_on(text: str) -> list[tuple[str, str]]:
    """Phrases that go on as was typed, the commonest first: the term that their passages have, and as it is written."""
    typed, lexicon = fold(text), current().lexicon
    if len(typed) < SHORTEST or not lexicon.phrases:
        return []
    known = _sorted(lexicon.digest)
    found = []
    for folded, place, key, written in known[bisect_left(known, (typed,)) :]:
        if not folded.startswith(typed):
            break
        if folded != typed:
            found.append((place, PHRASE + key, written))
    return [(term, written) for _, term, written in sorted(found)]
