"""Text to tokens, with offsets into the original."""

import re
from functools import lru_cache
from typing import NamedTuple

from search.analysis.folding import fold, fold_with_origins
from search.analysis.lexicon import STOP_WORDS, shipped
from search.analysis.morphology import PREFIXES, SUFFIXES, VERB_PREFIX, base, segment, should_join

WORD, STOP, PART = 0, 1, 2


class Token(NamedTuple):
    """One unit of meaning: `text[start:end]` is how it was written. `kind` is WORD, STOP or PART of a number."""

    key: str
    start: int
    end: int
    kind: int = WORD


class _Unit(NamedTuple):
    """A key and its place relative to the written word."""

    key: str
    start: int
    end: int


_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff"
    "\u00ad\u00ac\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
_SCAN = re.compile(
    r"\d+(?:\s{0,2}[/\u2215\u2044]\s{0,2}\d+)+"  # 160/1818/18066, 160 / 1818
    r"|\d+(?:[.\u066b]\d+)?"
    rf"|[^\W\d_](?:[^\W\d_]|[{_MARKS}](?=[{_MARKS}]*[^\W\d_])|[\u064b-\u065f\u0670])*"
)
_INVISIBLE = re.compile(r"[\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")


def _pieces(written: str) -> list[tuple[str, list[int]]]:
    """Folded pieces of a written word between its ZWNJs, each with the origins of its characters."""
    pieces: list[tuple[str, list[int]]] = []
    offset = 0
    for piece in re.split(r"[\u200c\u00ac]", written):
        folded, origins = fold_with_origins(piece)
        if not folded.isalpha():  # raised and ringed figures fold to digits
            places = [place for place, letter in enumerate(folded) if letter.isalpha()]
            folded, origins = "".join(folded[place] for place in places), [origins[place] for place in places]
        if folded:
            pieces.append((folded, [offset + origin for origin in origins]))
        offset += len(piece) + 1
    return pieces


def _strip_affixes(pieces: list[tuple[str, list[int]]]) -> list[tuple[str, list[int]]]:
    """The pieces without the affixes that a ZWNJ sets off: «می‌شود», «سازمان‌هایی», «بزرگ‌ترین»."""
    kept = list(pieces)
    while len(kept) > 1 and (kept[0][0] in PREFIXES or VERB_PREFIX.fullmatch(kept[0][0])):
        kept = kept[1:]
    while len(kept) > 1 and kept[-1][0] in SUFFIXES:
        kept = kept[:-1]
    if len(kept) > 1 and kept[-1][0] in {"گی", "گان"} and kept[-2][0].endswith("ه"):
        folded, origins = kept[-2]
        kept = [*kept[:-2], (folded, origins)]
    return kept


def _units_of(pieces: list[tuple[str, list[int]]], length: int) -> list[_Unit]:
    """Units of pieces that make one glued word."""
    glued = "".join(folded for folded, _ in pieces)
    origins = [origin for _, places in pieces for origin in places]
    parts = segment(glued)
    starts = [origins[min(at, len(origins) - 1)] for _, at in parts]
    if len(parts) == 1:
        return [_Unit(parts[0][0], 0, length)]
    starts[0] = 0
    ends = [*starts[1:], length]
    return [_Unit(key, start, end) for (key, _), start, end in zip(parts, starts, ends, strict=True)]


@lru_cache(maxsize=300_000)
def _analyze_word(written: str) -> tuple[_Unit, ...]:
    """The units of one written word; cached, since texts say the same words again and again."""
    pieces = _strip_affixes(_pieces(written))
    if not pieces:
        return ()
    length = len(written)
    if len(pieces) == 1:
        return tuple(_units_of(pieces, length))
    glued = "".join(folded for folded, _ in pieces)
    lexicon = shipped()
    stem = base(glued)
    broken = lexicon.is_known(stem) and not all(lexicon.is_common(base(folded)) for folded, _ in pieces)
    if broken or lexicon.is_common(stem) or stem in lexicon.compounds or len(segment(glued)) > 1:
        return tuple(_units_of(pieces, length))
    units: list[_Unit] = []
    edges = [pieces[index][1][0] for index in range(1, len(pieces))] + [length]
    start = 0
    for piece, edge in zip(pieces, edges, strict=True):
        folded, origins = piece
        inner = _units_of([(folded, [origin - start for origin in origins])], edge - start)
        units += [_Unit(unit.key, unit.start + start, unit.end + start) for unit in inner]
        start = edge
    return tuple(units)


def _number_tokens(written: str, start: int) -> list[Token]:
    """A number with slashes as one token and its parts; another number as itself."""
    if "/" not in written and "\u2215" not in written and "\u2044" not in written:
        key = fold_with_origins(written.replace("\u066b", "."))[0]
        if "." in written or "\u066b" in written:
            key = ".".join(fold_with_origins(part)[0] for part in re.split(r"[.\u066b]", written))
        return [Token(key, start, start + len(written))]
    parts = [
        Token(fold_with_origins(match[0])[0], start + match.start(), start + match.end(), PART)
        for match in re.finditer(r"\d+", written)
    ]
    whole = Token("/".join(part.key for part in parts), start, start + len(written))
    return [whole, *parts]


def _merge(tokens: list[Token], text: str) -> list[Token]:
    """Join what a space broke: loose affixes, and pairs that are one word («ساز مان», «بین المللی»)."""
    merged: list[Token] = []
    for token in tokens:
        previous = merged[-1] if merged else None
        if previous is None or previous.kind == PART or not token.key.isalpha():
            merged.append(token)
            continue
        gap = text[previous.end : token.start]
        written = _folded(text[token.start : token.end])
        near = len(gap) <= 2 and not gap.strip(" \u00a0\u200c\t\n\r\u200f")
        if near and written in SUFFIXES and previous.key not in STOP_WORDS and previous.key.isalpha():
            merged[-1] = previous._replace(end=token.end)
            continue
        if near and written in {"گی", "گان"} and previous.key.endswith("ه"):
            merged[-1] = previous._replace(end=token.end)
            continue
        parts = shipped().compounds.get(previous.key + written) if near and written[0] == "و" else None
        if parts is not None:  # «گفت وگو»
            merged.append(token._replace(key=base(parts[-1])))
            continue
        joined = None
        if near:
            joined = should_join(previous.key, token.key) or should_join(previous.key, written)
        if joined is not None:
            merged[-1] = Token(joined, previous.start, token.end)
            continue
        merged.append(token)
    return merged


@lru_cache(maxsize=100_000)
def _folded(written: str) -> str:
    return fold(written)


def analyze(text: str) -> list[Token]:
    """All tokens of a text in order, function words and parts of numbers marked by their kind.

    Never fails on any text; `text[token.start:token.end]` is what was written for it.
    """
    tokens: list[Token] = []
    for match in _SCAN.finditer(text):
        written, start = match[0], match.start()
        if written[0].isdigit():
            tokens += _number_tokens(written, start)
            continue
        for unit in _analyze_word(written):
            if unit.key:
                tokens.append(Token(unit.key, start + unit.start, start + unit.end))
    return [
        token._replace(kind=STOP) if token.kind == WORD and token.key in STOP_WORDS else token
        for token in _merge(tokens, text)
        if token.key not in PREFIXES and not VERB_PREFIX.fullmatch(token.key)
    ]


def keys(text: str) -> list[str]:
    """The keys by which a text is indexed and searched, in order, without function words."""
    return [token.key for token in analyze(text) if token.kind != STOP]


def _key(text: str) -> str:
    tokens = [token for token in analyze(text) if token.kind != PART]
    words = [token.key for token in tokens if token.kind == WORD]
    return " ".join(words or [token.key for token in tokens])


def key(text: str) -> str:
    """One canonical key of a phrase: the same for every spelling of it. A phrase of function words keeps them."""
    once = _key(text)
    for _ in range(4):  # a rare word's parts may have shorter bases still
        again = _key(once)
        if again == once:
            break
        once = again
    return once
