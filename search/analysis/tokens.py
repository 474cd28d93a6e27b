"""Text to tokens, with offsets into the original."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import accumulate, compress, count
from operator import add
from typing import NamedTuple

from search.analysis.folding import fold, fold_with_origins
from search.analysis.lexicon import STOP_WORDS, Lexicon
from search.analysis.morphology import PREFIXES, SUFFIXES, VERB_PREFIX, Morphology

#: ALSO is the other reading of a word that reads in two ways: for the index and for queries, not for keys.
WORD, STOP, PART, ALSO = 0, 1, 2, 3


class Token(NamedTuple):
    """One unit of meaning: `text[start:end]` is how it was written. `kind` is WORD, STOP, PART of a number or ALSO."""

    key: str
    start: int
    end: int
    kind: int = WORD


class _Unit(NamedTuple):
    """A key and its place relative to the written word; `written` is what stood there, folded."""

    key: str
    start: int
    end: int
    kind: int
    written: str


_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u08d3-\u08ff"
    "\u00ad\u00ac\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
)
_SCAN = re.compile(
    r"\d+(?:\s{0,2}[/\u2215\u2044]\s{0,2}\d+)+"  # 160/1818/18066, 160 / 1818
    r"|\d+(?:[.\u066b]\d+)?"
    rf"|[^\W\d_](?:[^\W\d_]|[{_MARKS}](?=[{_MARKS}]*[^\W\d_])|[\u064b-\u065f\u0670])*"
)
_AFTER_HE = frozenset({"گی", "گان"})
_GAPS = frozenset(" \u00a0\u200c\t\n\r\u200f")
_Pieces = list[tuple[str, list[int]]]


def _pieces(written: str) -> _Pieces:
    """Folded pieces of a written word between its ZWNJs, each with the origins of its characters."""
    pieces: _Pieces = []
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


def _strip_affixes(pieces: _Pieces) -> _Pieces:
    """The pieces without the affixes that a ZWNJ sets off: «می‌شود», «سازمان‌هایی», «بزرگ‌ترین»."""
    kept = list(pieces)
    while len(kept) > 1 and (kept[0][0] in PREFIXES or VERB_PREFIX.fullmatch(kept[0][0])):
        kept = kept[1:]
    while len(kept) > 1 and kept[-1][0] in SUFFIXES:
        kept = kept[:-1]
    if len(kept) > 1 and kept[-1][0] in _AFTER_HE and kept[-2][0].endswith("ه"):
        kept = kept[:-1]
    return kept


def _number_tokens(written: str, start: int) -> list[Token]:
    """A number with slashes as one token and its parts; another number as itself."""
    if "/" not in written and "\u2215" not in written and "\u2044" not in written:
        key = ".".join(fold_with_origins(part)[0] for part in re.split(r"[.\u066b]", written))
        return [Token(key, start, start + len(written))]
    parts = [
        Token(fold_with_origins(match[0])[0], start + match.start(), start + match.end(), PART)
        for match in re.finditer(r"\d+", written)
    ]
    whole = Token("/".join(part.key for part in parts), start, start + len(written))
    return [whole, *parts]


#: What stands between two blanks: its first token, a flag, the length with a blank, its last key if that may be the
#: first half of a broken word, its first word if that may be a second half, and all its tokens.
_Chunk = tuple[str, int, int, int, int, int, str, str, tuple[Token, ...]]
AFFIX, SPECIAL = 1, 2
_LOOK = re.compile(b"[^\0]")
_RARE_SLASH = re.compile("[\u2215\u2044]")
_SPACED_NUMBER = re.compile(r"\d\s{1,2}[/\u2215\u2044]|[/\u2215\u2044]\s{1,2}\d")
_token = partial(tuple.__new__, Token)


class _Chunks(dict[str, _Chunk]):
    """What was found of chunks, each analysed once."""

    def __init__(self, make: Callable[[str], _Chunk]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, chunk: str) -> _Chunk:
        if len(self) > CHUNKS_KEPT:
            self.clear()
        found = self.make(chunk)
        if len(chunk) <= LONGEST_KEPT:
            self[chunk] = found
        return found


CHUNKS_KEPT, LONGEST_KEPT = 200_000, 60


class Analyzer:
    """The analysis over one lexicon. Safe for several threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.morphology = Morphology(lexicon)
        # texts say the same words again and again
        self._units = lru_cache(maxsize=100_000)(self._analyze_word)
        self._chunks = _Chunks(self._chunk)

    # --- one word --------------------------------------------------------------------------------------
    def _analyze_word(self, written: str) -> tuple[_Unit, ...]:
        """The units of one written word."""
        pieces = _strip_affixes(_pieces(written))
        if not pieces:
            return ()
        length = len(written)
        if len(pieces) == 1 or self._is_one_word(pieces):
            return tuple(self._units_of(written, pieces, 0, length))
        units: list[_Unit] = []
        edges = [pieces[index][1][0] for index in range(1, len(pieces))] + [length]
        start = 0
        for piece, edge in zip(pieces, edges, strict=True):
            units += self._units_of(written, [piece], start, edge)
            start = edge
        return tuple(units)

    def _is_one_word(self, pieces: _Pieces) -> bool:
        """Whether pieces that a ZWNJ parted make a word of the list, or a broken one: «عبا‌رات»."""
        lexicon, morphology = self.lexicon, self.morphology
        glued = "".join(folded for folded, _ in pieces)
        stem = morphology.base(glued)
        if lexicon.is_common(stem) or stem in lexicon.compounds or len(morphology.segment(glued)) > 1:
            return True
        return lexicon.is_known(stem) and not all(
            lexicon.is_common(morphology.base(folded)) for folded, _ in pieces
        )

    def _units_of(self, written: str, pieces: _Pieces, start: int, end: int) -> list[_Unit]:
        """Units of pieces that make one glued word, written from `start` to `end`."""
        glued = "".join(folded for folded, _ in pieces)
        origins = [origin for _, places in pieces for origin in places]
        parts = self.morphology.segment(glued)
        starts = [origins[min(at, len(origins) - 1)] for _, at in parts]
        starts[0] = start
        units = [
            _Unit(key, begin, stop, STOP if key in STOP_WORDS else WORD, fold(written[begin:stop]))
            for (key, _), begin, stop in zip(parts, starts, [*starts[1:], end], strict=True)
            if key
        ]
        units += [_Unit(key, start, end, ALSO, glued) for key in self.morphology.other_readings(glued)]
        return [
            unit for unit in units if unit.key not in PREFIXES and not VERB_PREFIX.fullmatch(unit.key)
        ] or [unit._replace(kind=-1) for unit in units[:1]]

    # --- words side by side ----------------------------------------------------------------------------
    def _merged(self, previous: Token, unit: _Unit, start: int, text: str) -> tuple[Token, bool] | None:
        """What a word makes with the one before, and whether in its place: a loose affix, a word that a space broke."""
        begin, end = start + unit.start, start + unit.end
        gap = text[previous.end : begin]
        if len(gap) > 2 or not _GAPS.issuperset(gap):
            return None
        written, before = unit.written, previous.key
        if (written in SUFFIXES and previous.kind != STOP) or (written in _AFTER_HE and before.endswith("ه")):
            return previous._replace(end=end), True
        joined = self.morphology.joined(before, unit.key, written)
        if joined is None:
            return None
        if written[:1] == "و" and joined in self.lexicon.compounds:  # «گفت وگو»
            return Token(self.morphology.base(self.lexicon.compounds[joined][-1]), begin, end), False
        joined = self.morphology.base(joined)
        return Token(joined, previous.start, end, STOP if joined in STOP_WORDS else WORD), True

    def _analyze(self, text: str) -> list[Token]:
        """The tokens of any text, word by word."""
        tokens: list[Token] = []
        at = -1  # where the word before stands, if one may be joined to it
        for match in _SCAN.finditer(text):
            written, start = match[0], match.start()
            if written[0].isdigit():
                tokens += _number_tokens(written, start)
                at = -1
                continue
            for unit in self._units(written):
                if unit.kind == ALSO:
                    tokens.append(Token(unit.key, start + unit.start, start + unit.end, ALSO))
                    continue
                merged = self._merged(tokens[at], unit, start, text) if at >= 0 else None
                if merged is not None and merged[1]:
                    tokens[at] = merged[0]
                elif merged is None and unit.kind < 0:  # a bare «می»
                    at = -1
                else:
                    at = len(tokens)
                    tokens.append(
                        merged[0]
                        if merged is not None
                        else Token(unit.key, start + unit.start, start + unit.end, unit.kind)
                    )
        return tokens

    def _chunk(self, chunk: str) -> _Chunk:
        """What stands between two blanks: one plain word as a rule, else `flag` says that it needs a look."""
        tokens = self._analyze(chunk)
        if not tokens:
            return ("", 0, 0, 0, SPECIAL, len(chunk) + 1, "", "", ())
        first = tokens[0]
        last = next((token for token in reversed(tokens) if token.kind != ALSO), first)
        flag = SPECIAL if len(tokens) > 1 else 0
        before = after = ""
        if _GAPS.issuperset(chunk[: first.start]):
            written = fold(chunk[first.start : first.end])
            after = self.morphology.second_half(first.key, written)
            if written in SUFFIXES or written in _AFTER_HE:
                flag |= AFFIX
        if _GAPS.issuperset(chunk[last.end :]) and last.key in self.morphology.pairs:
            before = last.key
        return (*first, flag, len(chunk) + 1, before, after, tuple(tokens))

    def analyze(self, text: str) -> list[Token]:
        """All tokens of a text in order, function words, parts of numbers and other readings marked by their kind.

        Never fails on any text; `text[token.start:token.end]` is what was written for it. Nearly all of it runs in
        the interpreter's own loops, over what stands between blanks; only what is not one plain word, or may make
        one with its neighbour, is looked at again.
        """
        if "  " in text or ("/" in text and _SPACED_NUMBER.search(text)) or _RARE_SLASH.search(text):
            return self._analyze(text)
        chunks = list(map(self._chunks.__getitem__, text.split(" ")))
        keys, leads, ends, kinds, flags, steps, befores, afters, _ = zip(*chunks, strict=True)
        places = list(accumulate(steps, initial=0))
        tokens = list(
            map(_token, zip(keys, map(add, places, leads), map(add, places, ends), kinds, strict=False))
        )
        pairs = zip(befores, afters[1:], strict=False)
        joints = set(compress(count(), map(self.morphology.halves.__contains__, pairs)))
        looks = [match.start() for match in _LOOK.finditer(bytes(flags))]
        if not joints and not looks:
            return tokens
        joints.update(index - 1 for index in looks if index and chunks[index][4] & AFFIX)
        whole: list[Token] = []
        done = 0
        for index in sorted(joints.union(looks)):
            if index < done:
                continue
            last = index
            while last in joints:
                last += 1
            place = places[index]
            found: Sequence[Token] = (
                self._analyze(text[place : places[last + 1] - 1]) if last > index else chunks[index][8]
            )
            whole += tokens[done:index]
            whole += [Token(key, start + place, end + place, kind) for key, start, end, kind in found]
            done = last + 1
        whole += tokens[done:]
        return whole

    def keys(self, text: str) -> list[str]:
        """The keys by which a text is indexed, in order, without function words; other readings last."""
        tokens = self.analyze(text)
        return [token.key for token in tokens if token.kind in (WORD, PART)] + [
            token.key for token in tokens if token.kind == ALSO
        ]

    def _key(self, text: str) -> str:
        tokens = [token for token in self.analyze(text) if token.kind not in (PART, ALSO)]
        words = [token.key for token in tokens if token.kind == WORD]
        return " ".join(words or [token.key for token in tokens])

    def key(self, text: str) -> str:
        """One canonical key of a phrase: the same for every spelling. A phrase of function words keeps them."""
        once = self._key(text)
        for _ in range(4):  # a rare word's parts may have shorter bases still
            again = self._key(once)
            if again == once:
                break
            once = again
        return once
