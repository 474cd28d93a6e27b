"""Words of a text to tokens, with offsets into the original: the rules, word by word. What is quick: `tokens`."""

import re
from functools import lru_cache
from typing import NamedTuple

from search.analysis.folding import fold, fold_with_origins
from search.analysis.initials import FEWEST, LETTERS, are_initials
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
    r"\d+(?:(?:\s{0,2}[/\u2215\u2044]\s{0,2}|[.\u066b])\d+)+"  # 160/1818/18066, 160 / 1818, 12.5
    r"|\d{1,3}(?:[,\u066c]\d{3})+(?!\d)|\d+"
    rf"|[^\W\d_](?:[^\W\d_]|[{_MARKS}](?=[{_MARKS}]*[^\W\d_])|[\u064b-\u065f\u0670])*"
)
AFTER_HE = frozenset({"گی", "گان"})
AFTER_STOP = frozenset({"ها", "های", "هایی"})
AFTER_PARTICIPLE = frozenset({"اند", "ام", "ایم", "اید", "ای"})
JOINTS = "\u200c\u00ac"
GAPS = frozenset(" \u00a0\u200c\t\n\r\u200f")
_AFFIXES_OF_INITIALS = SUFFIXES - LETTERS
_Pieces = list[tuple[str, list[int]]]


def _pieces(written: str) -> _Pieces:
    """Folded pieces of a written word between its ZWNJs, each with the origins of its characters."""
    pieces: _Pieces = []
    offset = 0
    for piece in re.split(f"[{JOINTS}]", written):
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
    if len(kept) > 1 and kept[-1][0] in AFTER_HE and kept[-2][0].endswith("ه"):
        kept = kept[:-1]
    return kept


def _number_tokens(written: str, start: int) -> list[Token]:
    """A number of several parts as one token and its parts; another number as itself.

    A decimal sign is a slash: «۱۲/۵» is how most people type 12.5. Thousands belong together.
    """
    parts = [
        Token(fold_with_origins(match[0])[0], start + match.start(), start + match.end(), PART)
        for match in re.finditer(r"\d+", written)
    ]
    if len(parts) < 2:
        return [Token(fold_with_origins(written)[0], start, start + len(written))]
    sign = "" if "," in written or "\u066c" in written else "/"
    return [Token(sign.join(part.key for part in parts), start, start + len(written)), *parts]


def _letters(written: str) -> list[str] | None:
    """The letters' names of a written word, without an affix; None when it is another word."""
    if not written[0].isalpha() or written == "آن":
        return None
    names = [folded for folded, _ in _pieces(written)]
    if len(names) > 1 and names[-1] in _AFFIXES_OF_INITIALS:
        names.pop()
    return names if names and LETTERS.issuperset(names) else None


def has_letters(text: str) -> bool:
    """Whether a word of it is letters' names with a ZWNJ between: «بی‌بی»; more of them may stand around."""
    return any(mark in text for mark in JOINTS) and any(_letters(match[0]) for match in _SCAN.finditer(text))


def _initials(text: str) -> dict[int, Token]:
    """The runs of letters' names in a text as tokens, by where they begin: «آی‌بی‌ام», «بی بی سی»."""
    found: dict[int, Token] = {}
    if sum(map(text.count, (*GAPS, "\u00ac"))) < FEWEST - 1:
        return found
    run: list[str] = []
    start = end = 0
    for match in (*_SCAN.finditer(text), None):
        names = _letters(match[0]) if match else None
        gap = text[end : match.start()] if match else ""
        if names is None or len(gap) > 2 or not GAPS.issuperset(gap):
            if are_initials(run):
                found[start] = Token("".join(run), start, end)
            run = []
        if match and names:
            start = start if run else match.start()
            end = match.end()
            run = [*run, *names]
    return found


class Words:
    """The rules over one lexicon. Safe for several threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.morphology = Morphology(lexicon)
        # texts say the same words again and again
        self._units = lru_cache(maxsize=100_000)(self._analyze_word)

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
        if stem in lexicon.compounds or stem in lexicon.joined or lexicon.is_common(glued):
            return True
        return lexicon.is_known(stem) and not all(
            len(folded) > 1
            and (
                folded in STOP_WORDS or folded in lexicon.verbs or lexicon.is_common(morphology.base(folded))
            )
            for folded, _ in pieces
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
        if len(gap) > 2 or not GAPS.issuperset(gap):
            return None
        written, before = unit.written, previous.key
        if self._is_affix(written, previous):
            return previous._replace(end=end), True
        joined = self.morphology.joined(before, unit.key, written)
        if joined is None:
            return None
        if written[:1] == "و" and joined in self.lexicon.compounds:  # «گفت وگو»
            return Token(self.morphology.base(self.lexicon.compounds[joined][-1]), begin, end), False
        joined = self.morphology.base(joined)
        return Token(joined, previous.start, end, STOP if joined in STOP_WORDS else WORD), True

    @staticmethod
    def _is_affix(written: str, previous: Token) -> bool:
        """Whether it is an affix of the word before: after a function word only «ها», and «اند» after «شده»."""
        before = previous.key
        if written in AFTER_HE:
            return before.endswith("ه")
        if previous.kind == STOP:
            return written in AFTER_STOP or (
                written in AFTER_PARTICIPLE and len(before) > 2 and before.endswith("ه")
            )
        return written in SUFFIXES

    def tokens(self, text: str) -> list[Token]:
        """The tokens of any text, in order."""
        tokens: list[Token] = []
        at = -1  # where the word before stands, if one may be joined to it
        initials = _initials(text)
        done = 0
        for match in _SCAN.finditer(text):
            written, start = match[0], match.start()
            if start < done:
                continue
            if start in initials:
                at = len(tokens)
                tokens.append(initials[start])
                done = initials[start].end
                continue
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
