"""Which rule decides who may read an object of a model. Rooms above register theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models

from intranet.access.clauses import Clauses

Derive = Callable[[Sequence[Any], str], list[Clauses | None]]


@dataclass(frozen=True)
class Rule:
    """How the readers of a family of models are found.

    `model` is the family's root (all pages share Wagtail's `Page`); `derive(objects, state)` gives for each of some
    objects the clauses, or None when nobody may read it; `prefix` begins the object's uid (`page:12`).
    """

    model: type[models.Model]
    derive: Derive
    prefix: str


_rules: dict[type[models.Model], Rule] = {}


def register(model: type[models.Model], derive: Derive, *, prefix: str) -> None:
    """Register the rule of `model` and its subclasses; call it from `AppConfig.ready()`."""
    _rules[model] = Rule(model, derive, prefix)


def rule_for(model: type[models.Model]) -> Rule:
    """The rule of `model` or of the nearest class it derives from."""
    for base in model.__mro__:
        if base in _rules:
            return _rules[base]
    raise ImproperlyConfigured(f"{model._meta.label} has no rule of visibility")


def registered() -> list[Rule]:
    """All rules, in the order of registration."""
    return list(_rules.values())


def uid_of(obj: models.Model) -> str:
    """The object's name across rooms, such as `page:12`."""
    return f"{rule_for(type(obj)).prefix}:{obj.pk}"
