"""What a person typed, taken apart: words, "phrases", −without, either OR other. Never an error."""

import re
from dataclasses import dataclass, field

from search.analysis import PART, STOP, Token, analyze
from search.analysis.lexicon import shipped

MAX_LENGTH = 500
MAX_CONCEPTS = 32

_PIECE = re.compile(
    r"""(?P<minus>(?<!\S)[-−–](?=\S))?(?:["“”«»„](?P<phrase>[^"“”«»„]*)["“”«»„]|(?P<word>[^\s"“”«»„]+))"""
)
_OR = {"OR", "|", "||"}


@dataclass(frozen=True, slots=True)
class Concept:
    """Keys that belong together: one word, or a compound or phrase whose keys follow one another."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """Any of several concepts; `required` when it was quoted."""

    concepts: tuple[Concept, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question. `keys` are its words in order, without those of `without`."""

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    without: tuple[Concept, ...] = ()
    keys: tuple[str, ...] = ()
    numbers: frozenset[str] = field(default=frozenset())

    @property
    def needed(self) -> int:
        """How many clauses a passage must match to count as found: all of up to three, 70 % of more."""
        count = len(self.clauses)
        return count if count <= 3 else -(-count * 7 // 10)


def _concepts(tokens: list[Token]) -> list[Concept]:
    """The tokens' keys, known compounds kept together: «نرم افزار» is one thing however it was written."""
    keys = [token.key for token in tokens if token.kind not in (STOP, PART)]
    compounds = shipped().compounds
    concepts: list[Concept] = []
    index = 0
    while index < len(keys):
        pair = tuple(keys[index : index + 2])
        if len(pair) == 2 and "".join(pair) in compounds:
            concepts.append(Concept(pair))
            index += 2
        else:
            concepts.append(Concept(pair[:1]))
            index += 1
    return concepts


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
            for concept in _concepts(analyze(words)):
                self.add(Clause((concept,)))

    def add(self, clause: Clause) -> None:
        if self.either and self.clauses:
            before = self.clauses.pop()
            clause = Clause(before.concepts + clause.concepts, before.required and clause.required)
        self.clauses.append(clause)
        self.either = False


def parse(text: str) -> Query:
    """Read a query; what is malformed is read as plain words."""
    text = " ".join(text.replace("\x00", " ")[:MAX_LENGTH].split())
    reading = _Reading()
    for match in _PIECE.finditer(text):
        word, phrase = match["word"], match["phrase"]
        if match["minus"]:
            reading.flush()
            keys = tuple(t.key for t in analyze(phrase or word or "") if t.kind not in (STOP, PART))
            if keys:
                reading.without.append(Concept(keys))
        elif phrase is not None:
            reading.flush()
            keys = tuple(t.key for t in analyze(phrase) if t.kind not in (STOP, PART))
            if keys:
                reading.add(Clause((Concept(keys),), required=True))
        elif word in _OR and (reading.run or reading.clauses):
            reading.flush()
            reading.either = True
        else:
            reading.run.append(word)
            if reading.either:
                reading.flush()
    reading.flush()
    seen: dict[Clause, None] = dict.fromkeys(reading.clauses)
    clauses = tuple(seen)[:MAX_CONCEPTS]
    keys = tuple(key for clause in clauses for concept in clause.concepts for key in concept.keys)
    return Query(
        text=text,
        clauses=clauses,
        without=tuple(dict.fromkeys(reading.without)),
        keys=keys,
        numbers=frozenset(key for key in keys if key[0].isdigit()),
    )
