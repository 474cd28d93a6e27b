"""Persian text to tokens. Plain Python; imports nothing of ours.

One analysis for everything: the index, queries, highlights, the admin's choosers, duplicate checks. It never
changes stored text. It works over the shipped lexicon, or over one that a site's public text extends: `serve` sets
it for the process, `using` for a block of code.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache

from search.analysis.folding import fold
from search.analysis.lexicon import STOP_WORDS, VERSION, Lexicon, shipped
from search.analysis.numbers import registry_numbers
from search.analysis.tokens import ALSO, PART, STOP, WORD, Analyzer, Columns, Token

__all__ = [
    "ALSO", "PART", "STOP", "STOP_WORDS", "VERSION", "WORD", "Analyzer", "Columns", "Lexicon", "Token",
    "analyze", "analyzer_of", "columns", "current", "fold", "key", "keys", "placed", "registry_numbers", "serve",
    "shipped", "using",
]  # fmt: skip

_for_block: ContextVar[Analyzer | None] = ContextVar("analyzer", default=None)
_served: Analyzer | None = None


@cache
def _of_shipped() -> Analyzer:
    return Analyzer(shipped())


@lru_cache(maxsize=2)
def analyzer_of(lines: tuple[str, ...]) -> Analyzer:
    """The analysis over the shipped lexicon and these lines."""
    return Analyzer(shipped().extended(lines)) if lines else _of_shipped()


def current() -> Analyzer:
    """The analysis in force here."""
    return _for_block.get() or _served or _of_shipped()


def serve(analyzer: Analyzer | None) -> None:
    """Let the whole process work with another analysis; None for the shipped one."""
    global _served  # noqa: PLW0603  (one for the process, replaced whole)
    _served = analyzer


@contextmanager
def using(analyzer: Analyzer) -> Iterator[None]:
    """Work with another analysis inside a block."""
    token = _for_block.set(analyzer)
    try:
        yield
    finally:
        _for_block.reset(token)


def analyze(text: str) -> list[Token]:
    """All tokens of a text; see `Analyzer.analyze`."""
    return current().analyze(text)


def columns(text: str) -> Columns:
    """All tokens of a text in columns; see `Analyzer.columns`."""
    return current().columns(text)


def keys(text: str) -> list[str]:
    """The keys by which a text is indexed and searched; see `Analyzer.keys`."""
    return current().keys(text)


def placed(text: str) -> tuple[str, bytes]:
    """The keys of a text with blanks between, and where each stands in it; see `Analyzer.placed`."""
    return current().placed(text)


def key(text: str) -> str:
    """One canonical key of a phrase; see `Analyzer.key`."""
    return current().key(text)
