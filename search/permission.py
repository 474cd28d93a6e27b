"""Which objects a reader may not be shown although the index still has them as his: changes that wait in the outbox."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType

from intranet.access.models import State, Target
from intranet.access.queries import audiences_of
from intranet.access.rules import registered
from intranet.outbox.models import Row
from intranet.prepared import Prepared
from search.entries import object_number

CONSUMER = "search"
#: Objects that are asked for together, where few wait and where many do.
FEW, MANY = 8, 64
_waiting = Prepared(lambda: Row.objects.filter(consumer=CONSUMER).order_by().values_list("key").distinct())
_targets = {
    size: Prepared(
        lambda content_type, *objects: Target.objects.filter(
            content_type=content_type, state=State.LIVE, object_id__in=objects
        ).values_list("object_id", "audience_id"),
        *[int] * (1 + size),
    )
    for size in (FEW, MANY)
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, as search must know him: his audiences, and the objects that are closed to him by now."""

    audiences: frozenset[int]
    closed: frozenset[int] = frozenset()


def reader_of(user: Any) -> Reader:
    """`user` as search must know him now; ask before the index is opened."""
    closed = closed_objects(user)
    return Reader(audiences_of(user), closed)


def closed_objects(user: Any) -> frozenset[int]:
    """Numbers of objects with a change on its way to the index that `user` may not read as they stand now.

    Ask before the index is opened: a row goes only after the index has what it says.
    """
    waiting: dict[str, set[int]] = defaultdict(set)
    for (key,) in _waiting.rows():
        prefix, _, pk = key.partition(":")
        if pk.isdigit():
            waiting[prefix].add(int(pk))
    if not waiting:
        return frozenset()
    audiences = audiences_of(user)
    models = {rule.prefix: rule.model for rule in registered()}
    closed: set[int] = set()
    for prefix, pks in waiting.items():
        model = models.get(prefix)
        ordered = sorted(pks)
        size = FEW if len(ordered) <= FEW else MANY
        for start in range(0, len(ordered), size):
            chunk = ordered[start : start + size]
            readable: set[int] = set()
            if model is not None:
                content_type = ContentType.objects.get_for_model(model).pk
                filled = [*chunk, *chunk[:1] * (size - len(chunk))]
                rows = _targets[size].rows(content_type, *filled)
                readable = {pk for pk, audience in rows if audience in audiences}
            closed.update(object_number(f"{prefix}:{pk}") for pk in chunk if pk not in readable)
    return frozenset(closed)
