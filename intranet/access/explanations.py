"""Why a person reads an object, or does not: the same tokens and clauses by which the rule decides, in sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from intranet.access.clauses import Clauses
from intranet.access.descriptions import describe_clause, describe_token
from intranet.access.models import State
from intranet.access.queries import clauses_of
from intranet.access.rules import rule_for
from intranet.access.tokens import tokens_of

Parts = Callable[[Any, str], list[tuple[str, Clauses | None]]]
NearMiss = Callable[[Any, list[str]], str | None]

_parts: dict[type[models.Model], Parts] = {}
_near_misses: dict[str, NearMiss] = {}


def register_parts(model: type[models.Model], parts: Parts) -> None:
    """Register what makes up the conditions of `model` in a state: (in whose name, clauses) for each part."""
    _parts[model] = parts


def register_near_miss(prefix: str, why: NearMiss) -> None:
    """Register why a person does not hold a token that he nearly holds: a sentence, or None."""
    _near_misses[prefix] = why


@dataclass(frozen=True)
class Condition:
    """One condition: what it comes from, who meets it in words, and the clause itself (None: nobody)."""

    source: str
    readers: list[str]
    clause: frozenset[str] | None


def conditions_of(obj: models.Model, state: str) -> list[Condition]:
    """The conditions under which `obj` is read in `state`, each with what it comes from, as they stand now."""
    stored = clauses_of(obj, state)
    if stored is None:
        return [Condition(_state_reason(obj, state), [], None)]
    named = _parts_of(obj, state)
    found = []
    for clause in sorted(stored, key=sorted):
        source = next((name for name, own in named if own and any(part <= clause for part in own)), "")
        found.append(Condition(source, describe_clause(clause), clause))
    return found


def _parts_of(obj: models.Model, state: str) -> list[tuple[str, Clauses | None]]:
    parts = _parts.get(rule_for(type(obj)).model)
    return parts(obj, state) if parts else []


def _state_reason(obj: models.Model, state: str) -> str:
    """Why nobody reads the object in `state`."""
    if state == State.DRAFT:
        return _("There is no draft of it.")
    if getattr(obj, "live", True) is False:
        return _("It is not published.")
    return _("It is closed to everybody.")


@dataclass(frozen=True)
class Explanation:
    """Whether a person reads an object, and why, in sentences."""

    reads: bool
    reasons: list[str]


def explain(person: Any, obj: models.Model, state: str = State.LIVE) -> Explanation:
    """Why `person` reads `obj` in `state`, or what he lacks."""
    if not person.is_active:
        return Explanation(False, [_("The account is closed.")])
    tokens = tokens_of(person)
    held, lacking = [], []
    for condition in conditions_of(obj, state):
        if condition.clause is None:
            lacking.append(condition.source)
        elif through := condition.clause & tokens:
            held.append(_("Is one of: %(readers)s.") % {"readers": _listed(through)})
        else:
            lacking += _why_not(person, condition)
    if lacking:
        return Explanation(False, lacking)
    return Explanation(True, held or [_("Everyone reads it, without signing in.")])


def _why_not(person: Any, condition: Condition) -> list[str]:
    needed = "، ".join(condition.readers) or _("nobody")
    words = {"readers": needed, "source": condition.source}
    first = (
        _("Is none of those whom «%(source)s» lets in: %(readers)s.") % words
        if condition.source
        else _("Is none of: %(readers)s.") % words
    )
    near = []
    for token in sorted(condition.clause or ()):
        prefix, *parts = token.split(":")
        why = _near_misses[prefix](person, parts) if prefix in _near_misses else None
        if why and why not in near:
            near.append(why)
    return [first, *near]


def _listed(tokens: frozenset[str]) -> str:
    return "، ".join(sorted(words for token in tokens if (words := describe_token(token))))
