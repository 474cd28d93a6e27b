"""Clauses: who may read, as plain data. All of the outer set, any of each inner set."""

from collections.abc import Iterable

Clauses = frozenset[frozenset[str]]

PUBLIC = "public"
SIGNED_IN = "signed-in"

EVERYONE: Clauses = frozenset()
"""No condition at all: anonymous readers too."""


def any_of(*tokens: str) -> Clauses:
    """Clauses that any one of `tokens` satisfies."""
    return frozenset({frozenset(tokens)})


def all_of(*parts: Clauses) -> Clauses:
    """Clauses that hold when every one of `parts` holds."""
    return frozenset().union(*parts)


def widened(clauses: Clauses, tokens: Iterable[str]) -> Clauses:
    """The same clauses, which each of `tokens` satisfies too."""
    extra = frozenset(tokens)
    return frozenset(clause | extra for clause in clauses) if extra else clauses


def satisfied(clauses: Clauses, tokens: frozenset[str]) -> bool:
    """Whether a reader who holds `tokens` satisfies `clauses`. (An empty any-of is satisfied by nobody.)"""
    return all(clause & tokens for clause in clauses)


def implies(narrower: Clauses, wider: Clauses) -> bool:
    """Whether whoever satisfies `narrower` is sure to satisfy `wider` (told by their tokens alone)."""
    return all(any(clause <= wanted for clause in narrower) for wanted in wider)
