"""Deriving targets again, in the transaction that changes what they follow from."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission

from intranet.access.clauses import Clauses, widened
from intranet.access.editions import note_change
from intranet.access.models import Audience, Clause, ClauseToken, Opening, State, Target
from intranet.access.rules import Rule, rule_for
from intranet.access.tokens import token_of_opening
from intranet.outbox.actions import publish_many

CHANGED = "content.changed"
BATCH = 500  # objects whose targets are worked out together

Tokens = dict[int, list[str]]


def audience_for(clauses: Clauses) -> Audience:
    """The one audience with these clauses, made when there is none."""
    canonical = json.dumps(sorted(sorted(clause) for clause in clauses))
    key = hashlib.sha256(canonical.encode()).hexdigest()
    with transaction.atomic():
        audience, created = Audience.objects.get_or_create(key=key)
        if created:
            note_change()
            for tokens in clauses:
                clause = Clause.objects.create(audience=audience)
                ClauseToken.objects.bulk_create(
                    ClauseToken(clause=clause, token=token) for token in sorted(tokens)
                )
    return audience


def _granted_tokens(rule: Rule, batch: Sequence[models.Model]) -> Tokens:
    """For each object the tokens of those to whom guardian gives `view` on this very object."""
    found: Tokens = defaultdict(list)
    numbers = {str(obj.pk) for obj in batch}
    content_types = ContentType.objects.get_for_models(rule.model, *{type(obj) for obj in batch})
    # The permission is the family's own or that of the object's class: `view_page`, `view_bylawpage`.
    named = {
        content_type.pk: f"view_{model._meta.model_name}" for model, content_type in content_types.items()
    }
    own = {obj.pk: {content_types[rule.model].pk, content_types[type(obj)].pk} for obj in batch}
    codenames = set(named.values())
    for model, holder in ((UserObjectPermission, "user"), (GroupObjectPermission, "group")):
        rows: Any = model.objects.filter(
            content_type__in=named, object_pk__in=numbers, permission__codename__in=codenames
        ).values_list("object_pk", "content_type_id", f"{holder}_id")
        for object_pk, content_type, pk in rows:
            if content_type in own[int(object_pk)]:
                found[int(object_pk)].append(f"{holder}:{pk}")
    return found


def _opened_tokens(content_type: ContentType, batch: Sequence[models.Model]) -> Tokens:
    """For each object the tokens of those who broke the glass before it less than an hour ago."""
    found: Tokens = defaultdict(list)
    openings = Opening.objects.in_force().filter(
        content_type=content_type, object_id__in=[obj.pk for obj in batch]
    )
    for pk, number in openings.values_list("pk", "object_id"):
        found[number].append(token_of_opening(pk))
    return found


def _rederive_batch(rule: Rule, batch: Sequence[models.Model]) -> None:
    content_type = ContentType.objects.get_for_model(rule.model)
    granted, opened = _granted_tokens(rule, batch), _opened_tokens(content_type, batch)
    audiences: dict[Clauses, Audience] = {}
    wanted: dict[tuple[int, str], Audience] = {}
    for state in State.values:
        for obj, clauses in zip(batch, rule.derive(batch, state), strict=True):
            if clauses is None:
                continue  # a grant opens an object that is there; it never revives one that is not
            # Broken glass shows what is published, as its readers see it.
            extra = granted[obj.pk] + (opened[obj.pk] if state == State.LIVE else [])
            widest = widened(clauses, extra)
            if widest not in audiences:
                audiences[widest] = audience_for(widest)
            wanted[obj.pk, state] = audiences[widest]
    _store(content_type, [obj.pk for obj in batch], wanted)


def _store(content_type: ContentType, numbers: list[int], wanted: dict[tuple[int, str], Audience]) -> None:
    """Make the targets of the objects what they should be."""
    stored = Target.objects.select_for_update().filter(content_type=content_type, object_id__in=numbers)
    there = {(target.object_id, target.state): target for target in stored}
    Target.objects.filter(pk__in=[there[place].pk for place in there.keys() - wanted.keys()]).delete()
    moved = []
    for place in there.keys() & wanted.keys():
        if there[place].audience_id != wanted[place].pk:
            there[place].audience = wanted[place]
            moved.append(there[place])
    Target.objects.bulk_update(moved, ["audience"])
    Target.objects.bulk_create(
        (
            Target(content_type=content_type, object_id=number, state=state, audience=wanted[number, state])
            for number, state in wanted.keys() - there.keys()
        ),
        update_conflicts=True,  # of two that derive a new object at once, the later is right
        unique_fields=["content_type", "object_id", "state"],
        update_fields=["audience"],
    )


def rederive(objects: models.Model | Iterable[models.Model]) -> None:
    """Work out anew who may read each object in each state, and tell those who keep copies of it (search).

    Until the transaction ends other readers see the old targets; in it there is never a moment with a wider one.
    """
    rest = iter([objects] if isinstance(objects, models.Model) else objects)
    with transaction.atomic():
        while batch := list(islice(rest, BATCH)):
            families: dict[Rule, list[models.Model]] = defaultdict(list)
            for obj in batch:
                families[rule_for(type(obj))].append(obj)
            for rule, family in families.items():
                _rederive_batch(rule, family)
                publish_many(CHANGED, [f"{rule.prefix}:{obj.pk}" for obj in family])
            note_change()


def forget(model: type[models.Model], pk: int) -> None:
    """Close an object that is being removed."""
    rule = rule_for(model)
    with transaction.atomic():
        Target.objects.filter(
            content_type=ContentType.objects.get_for_model(rule.model), object_id=pk
        ).delete()
        note_change()
        publish_many(CHANGED, [f"{rule.prefix}:{pk}"])
