"""What an organisation's row says, before and after: for the record, and to see that somebody else saved meanwhile."""

import hashlib
import json
from typing import Any

from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations

Facts = dict[str, Any]


def snapshot(obj: models.Model) -> Facts:
    """Every field of the row, as JSON holds it, and its parts (former names, neighbourhoods, posts) as they stand."""
    facts: Facts = {field.name: _plain(obj, field) for field in obj._meta.concrete_fields if field.editable}
    if isinstance(obj, ClusterableModel):
        for relation in get_all_child_relations(type(obj)):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: obj.pk}).order_by("pk")
            facts[relation.get_accessor_name()] = [
                {
                    field.name: _plain(row, field)
                    for field in row._meta.concrete_fields
                    if field is not relation.field
                }
                for row in rows
            ]
    return facts


def _plain(obj: models.Model, field: Any) -> Any:
    if field.is_relation:
        related = getattr(obj, field.name)
        return None if related is None else {"id": related.pk, "name": str(related)}
    value = getattr(obj, field.attname)
    return value if value is None or isinstance(value, str | int | bool) else field.value_to_string(obj)


def edition_of(facts: Facts) -> str:
    """A name of these facts: another one when anything in them is another."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def difference(before: Facts, after: Facts) -> dict[str, Facts]:
    """Of each field that is not the same: `{"before": …, "after": …}`."""
    return {
        name: {"before": before.get(name), "after": after.get(name)}
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    }
