"""Deriving targets again, in the transaction that changes what they follow from."""

import hashlib
import json
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission

from intranet.access.clauses import Clauses, widened
from intranet.access.editions import note_change
from intranet.access.models import Audience, Clause, ClauseToken, State, Target
from intranet.access.rules import Rule, rule_for
from intranet.outbox.actions import publish_many

CHANGED = "content.changed"


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


def _granted_tokens(rule: Rule, obj: models.Model) -> list[str]:
    """Tokens of those to whom guardian gives `view` on this very object."""
    models_of_family = [rule.model, type(obj)]
    content_types = [ContentType.objects.get_for_model(model) for model in models_of_family]
    codenames = [f"view_{model._meta.model_name}" for model in models_of_family]
    grant = {
        "content_type__in": content_types,
        "object_pk": str(obj.pk),
        "permission__codename__in": codenames,
    }
    users = UserObjectPermission.objects.filter(**grant).values_list("user_id", flat=True)
    groups = GroupObjectPermission.objects.filter(**grant).values_list("group_id", flat=True)
    return [f"user:{pk}" for pk in users] + [f"group:{pk}" for pk in groups]


def rederive(objects: models.Model | Iterable[models.Model]) -> None:
    """Work out anew who may read each object in each state, and tell those who keep copies of it (search).

    Until the transaction ends other readers see the old targets; in it there is never a moment with a wider one.
    """
    batch = [objects] if isinstance(objects, models.Model) else list(objects)
    if not batch:
        return
    with transaction.atomic():
        for obj in batch:
            rule = rule_for(type(obj))
            content_type = ContentType.objects.get_for_model(rule.model)
            extra = _granted_tokens(rule, obj)
            for state in State.values:
                clauses = rule.derive(obj, state)
                where = {"content_type": content_type, "object_id": obj.pk, "state": state}
                if clauses is None:
                    # A grant opens an object that is there; it never revives one that is not (no draft, not live).
                    Target.objects.filter(**where).delete()
                else:
                    audience = audience_for(widened(clauses, extra))
                    Target.objects.update_or_create(**where, defaults={"audience": audience})
        note_change()
        publish_many(CHANGED, [f"{rule_for(type(obj)).prefix}:{obj.pk}" for obj in batch])


def forget(model: type[models.Model], pk: int) -> None:
    """Close an object that is being removed."""
    rule = rule_for(model)
    with transaction.atomic():
        Target.objects.filter(
            content_type=ContentType.objects.get_for_model(rule.model), object_id=pk
        ).delete()
        note_change()
        publish_many(CHANGED, [f"{rule.prefix}:{pk}"])
