"""What a person typed, taken apart: words, "phrases", −without, either OR other, field words. Never an error.

«یا» is a common word of questions (one in forty has it), so between plain words it is one: it means "either" only
in brackets, between two phrases, or where the whole query is words parted by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from search.analysis import ALSO, PART, STOP, Token, analyze, current, keys, registry_numbers
from search.analysis.lexicon import shipped
from search.fields import Field, fields_of

MAX_LENGTH = 500
MAX_CONCEPTS = 32
#: A passage matches well enough when it has all of one or two words, and of more so many tenths of their weight.
#: With less, what matches so stands before what ranking finds better (measured: MRR .963 with .55, .9656 with .7).
ENOUGH = 7
#: A word that is this common in the language (see `Lexicon.weight`) weighs one, another two.
COMMON = 19

_PIECE = re.compile(
    r"""(?P<minus>(?<![^\s(])[-−‑](?=[^\s\-−‑]))?
    (?:\((?P<group>[^()]*)\) | ["“”«»„](?P<phrase>[^"“”«»„]*)["“”«»„] | (?P<word>[^\s"“”«»„()]+))""",
    re.VERBOSE,
)
_OR = {"OR", "|", "||"}
_EITHER = "یا"
_EITHERS = re.compile(r"\s+(?:OR|\|{1,2}|یا)\s+")
_ALTERNATIVE = re.compile(r'[^\s"“”«»„()|:]+|["“”«»„][^"“”«»„()]+["“”«»„]')
_QUOTES = '"“”«»„'


@dataclass(frozen=True, slots=True)
class Concept:
    """Keys that belong together: one word, or a compound or phrase whose keys follow one another."""

    keys: tuple[str, ...]
    written: str = field(default="", compare=False)


@lru_cache(maxsize=4096)
def _weight(concept: Concept) -> int:
    """1 for a word that is common in the language, 2 for any other and for several."""
    return 1 if len(concept.keys) == 1 and shipped().weight(concept.keys[0]) >= COMMON else 2


@dataclass(frozen=True, slots=True)
class Clause:
    """Any of several concepts; `required` when it was quoted."""

    concepts: tuple[Concept, ...]
    required: bool = False
    synonyms: tuple[Concept, ...] = field(default=(), compare=False)

    @property
    def readings(self) -> tuple[Concept, ...]:
        """All that may stand for it."""
        return self.concepts + self.synonyms

    @property
    def weight(self) -> int:
        """How much it tells, by how common its words are in the language: 1 or 2.

        Not by how common they are on the site: what is found would then depend on what a reader may not see.
        """
        return min(map(_weight, self.concepts))

    @property
    def written(self) -> str:
        """As it would be typed."""
        quoted = [
            f"«{concept.written}»" if self.required or " " in concept.written.strip() else concept.written
            for concept in self.concepts
        ]
        return " | ".join(quoted)


@dataclass(frozen=True, slots=True)
class Widening:
    """A synonym and the keys of the query that it stands for."""

    concept: Concept
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question. `keys` are its words in order, without those of `without`.

    `titled` must stand in a title, `numbered` are registry numbers that the text itself must bear; `fields` are
    all the field words, among them those that narrow.
    """

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    without: tuple[Concept, ...] = ()
    keys: tuple[str, ...] = ()
    numbers: frozenset[str] = field(default=frozenset())
    titled: tuple[Concept, ...] = ()
    numbered: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    widened: tuple[Widening, ...] = ()

    @property
    def registered(self) -> list[str]:
        """The numbers of several parts that it names, in order."""
        return [number for number in dict.fromkeys(self.keys) if "/" in number and number in self.numbers]

    @property
    def marked(self) -> set[str]:
        """What is marked where it is shown: keys, and of compounds, phrases and synonyms runs of keys with blanks."""
        asked = [concept.keys for clause in self.clauses for concept in clause.concepts]
        others = set(self.keys).difference(*asked)
        return {*others, *map(" ".join, asked), *(" ".join(each.concept.keys) for each in self.widened)}

    @property
    def has_conditions(self) -> bool:
        """Whether it sets conditions beside its words."""
        return bool(self.titled or self.numbered or self.without or any(c.required for c in self.clauses))

    @property
    def needed(self) -> int:
        """How much weight of the clauses a passage must match to count as found."""
        weight = sum(clause.weight for clause in self.clauses)
        return weight if len(self.clauses) <= 2 else -(-ENOUGH * weight // 10)

    @property
    def asks(self) -> bool:
        """Whether it looks for anything by itself, be it only by a field."""
        return bool(self.clauses or self.fields)

    def less(self, part: "Clause | Concept") -> str:
        """A text that asks for the same, but for one clause, or for one of what it leaves out."""
        parts = [clause.written for clause in self.clauses if clause is not part]
        parts += [f"-«{concept.written}»" for concept in self.without if concept is not part]
        parts += [self.text[each.start : each.end] for each in self.fields]
        return " ".join(parts)

    def without_span(self, start: int, end: int) -> str:
        """Its text less a part."""
        return " ".join((self.text[:start] + " " + self.text[end:]).split())


def _telling(tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if token.kind not in (STOP, PART, ALSO)]


def _concepts(text: str) -> list[Concept]:
    """The text's words, known compounds kept together: «نرم افزار» is one thing however it was written."""
    tokens = _telling(analyze(text))
    compounds = current().lexicon.compounds
    concepts: list[Concept] = []
    index = 0
    while index < len(tokens):
        pair = tokens[index : index + 2]
        if len(pair) == 1 or pair[0].key + pair[1].key not in compounds:
            pair = pair[:1]
        written = text[pair[0].start : pair[-1].end]
        concepts.append(Concept(tuple(token.key for token in pair), written))
        index += len(pair)
    return concepts


def _phrase(text: str) -> Concept | None:
    """All words of the text, next to each other."""
    found = tuple(token.key for token in analyze(text) if token.kind not in (STOP, ALSO))
    return Concept(found, text.strip().strip(_QUOTES).strip()) if found else None


def _alternatives(text: str) -> list[Concept]:
    """The sides of «a یا b» when the text is nothing but single words and phrases so parted; else none."""
    parts = _EITHERS.split(text.strip())
    if len(parts) < 2 or not all(_ALTERNATIVE.fullmatch(part) for part in parts):
        return []
    sides = [_phrase(part) for part in parts]
    return [side for side in sides if side] if all(sides) else []


@dataclass(slots=True)
class _Reading:
    clauses: list[Clause] = field(default_factory=list)
    without: list[Concept] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    either: bool = False

    def flush(self) -> None:
        """Words that stand together are analysed together, so that a space in a word is seen."""
        if self.run:
            words, self.run = " ".join(self.run), []
            for concept in _concepts(words):
                self.add(Clause((concept,)))

    def add(self, clause: Clause) -> None:
        if self.either and self.clauses:
            before = self.clauses.pop()
            clause = Clause(before.concepts + clause.concepts, before.required and clause.required)
        self.clauses.append(clause)
        self.either = False

    def leave_out(self, text: str) -> None:
        self.flush()
        if concept := _phrase(text):
            self.without.append(concept)

    def take(self, text: str) -> None:
        """Read a stretch of the query that has no field words."""
        if sides := _alternatives(text):
            self.add(Clause(tuple(sides)))
            return
        pieces = list(_PIECE.finditer(text))
        for place, piece in enumerate(pieces):
            around = pieces[max(0, place - 1) : place + 2 : 2]
            phrases = len(around) == 2 and all(near["phrase"] is not None for near in around)
            self._take(piece, between_phrases=phrases)
        self.flush()

    def _take(self, piece: re.Match[str], *, between_phrases: bool) -> None:
        group, phrase, word = piece["group"], piece["phrase"], piece["word"] or ""
        if group is not None:
            self._take_group(group, minus=bool(piece["minus"]))
        elif piece["minus"]:
            self.leave_out(phrase or word)
        elif phrase is not None:
            self.flush()
            if concept := _phrase(phrase):
                self.add(Clause((concept,), required=True))
        elif (word in _OR or (word == _EITHER and between_phrases)) and (self.run or self.clauses):
            self.flush()
            self.either = True
        else:
            self.run.append(word)
            if self.either:
                self.flush()

    def _take_group(self, group: str, *, minus: bool) -> None:
        sides = _alternatives(group)
        if minus:
            for written in [side.written for side in sides] or [group]:
                self.leave_out(written)
        elif sides:
            self.flush()
            self.add(Clause(tuple(sides)))
        else:
            self.run += group.split()


def _cut(text: str) -> str:
    """No more than may be asked, without the half of a word at the end."""
    if len(text) <= MAX_LENGTH:
        return text
    whole, _, _ = text[: MAX_LENGTH + 1].rpartition(" ")
    return whole or text[:MAX_LENGTH]


def parse(text: str) -> Query:
    """Read a query; what is malformed is read as plain words."""
    text = _cut(" ".join(text[: 20 * MAX_LENGTH].replace("\x00", " ").split()))
    reading = _Reading()
    fields = tuple(fields_of(text))
    place = 0
    for each in fields:
        reading.take(text[place : each.start])
        place = each.end
    reading.take(text[place:])
    clauses = tuple(dict.fromkeys(reading.clauses))[:MAX_CONCEPTS]
    words = tuple(key for clause in clauses for concept in clause.concepts for key in concept.keys)
    words += tuple(number for number in registry_numbers(text) if number not in words)
    titled = (Concept(tuple(keys(each.value)), each.value) for each in fields if each.name == "title")
    return Query(
        text=text,
        clauses=clauses,
        without=tuple(dict.fromkeys(reading.without)),
        keys=words,
        numbers=frozenset(key for key in words if key[0].isdigit()),
        titled=tuple(titled),
        numbered=tuple(each.value for each in fields if each.name == "number"),
        fields=fields,
    )
