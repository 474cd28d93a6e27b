"""The shipped word list (`data/lexicon.txt`, made by `scripts/build_lexicon.py`) and what is known of a word."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from pathlib import Path

#: Changes whenever keys may change: an index made with another one is rebuilt.
VERSION = 5

_DATA = Path(__file__).parent / "data"


def word_set(name: str) -> frozenset[str]:
    """The words of `data/<name>.txt`, by spaces and lines; lines with # are remarks."""
    lines = (_DATA / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


#: Words of a language's frame, folded: left out of keys. No nouns (مردم), no راه, no نخست.
STOP_WORDS = word_set("stop_words")
#: Particles that make one word with what follows, where the pair is in the list.
PARTICLES = word_set("particles")


@dataclass
class Lexicon:
    """What is known of folded words; frequencies are powers of two.

    `digest` names what was learnt from a site's text beside the shipped list; empty for the shipped list alone.
    """

    words: dict[str, int] = field(default_factory=dict)
    compounds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    joined: dict[str, int] = field(default_factory=dict)
    plurals: dict[str, str] = field(default_factory=dict)
    rare: set[str] = field(default_factory=set)
    verbs: set[str] = field(default_factory=set)
    readings: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)
    digest: str = ""

    def weight(self, word: str) -> int:
        """How common a word is, 0 (unknown) to about 30."""
        return self.words.get(word) or self.joined.get(word, 0)

    def is_common(self, word: str) -> bool:
        """Whether it is a word in wide use (about once in ten million words of the list's source or more)."""
        return self.words.get(word, 0) > 10 or word in self.joined

    def is_known(self, word: str) -> bool:
        """Whether the word stands in the list in any way."""
        return word in self.words or word in self.joined or word in self.verbs or word in self.rare

    def extended(self, lines: Iterable[str]) -> "Lexicon":
        """This lexicon with more lines; what it says already stays, but for weights, which only grow."""
        gathered = list(lines)
        digest = blake2b("\n".join(gathered).encode(), digest_size=16).hexdigest() if gathered else ""
        longer = replace(
            self,
            words=dict(self.words),
            compounds=dict(self.compounds),
            readings=dict(self.readings),
            phrases=dict(self.phrases),
            digest=digest,
        )
        for line in gathered:
            kind, word, rest = line.split("\t")
            if kind == "w":
                longer.words[word] = max(int(rest), longer.words.get(word, 0))
            elif kind == "c":
                longer.compounds.setdefault(word, tuple(rest.split()))
            elif kind == "r":
                longer.readings[word] = rest
            elif kind == "f":
                longer.phrases[word] = rest
        return longer


def read(path: Path) -> Lexicon:
    """The lexicon in a file."""
    lexicon = Lexicon()
    for line in path.read_text("utf-8").splitlines():
        kind, word, *rest = line.split("\t")
        if kind == "w":
            lexicon.words[word] = int(rest[0])
        elif kind == "c":
            lexicon.compounds[word] = tuple(rest[0].split())
        elif kind == "j":
            lexicon.joined[word] = int(rest[0])
        elif kind == "p":
            lexicon.plurals[word] = rest[0]
        elif kind == "k":
            lexicon.rare.add(word)
        else:
            lexicon.verbs.add(word)
    return lexicon


@cache
def shipped() -> Lexicon:
    """The lexicon that comes with the project, read once."""
    return read(_DATA / "lexicon.txt")
