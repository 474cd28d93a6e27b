"""Which objects a reader may not be shown although the index still has them as his: changes that wait in the outbox."""

from collections import defaultdict
from typing import Any

from django.contrib.contenttypes.models import ContentType

from intranet.access.models import State, Target
from intranet.access.queries import audiences_of
from intranet.access.rules import registered
from intranet.outbox.models import Row
from search.entries import object_number

CONSUMER = "search"
CHUNK = 500


def closed_objects(user: Any) -> frozenset[int]:
    """Numbers of objects with a change on its way to the index that `user` may not read as they stand now.

    Ask before the index is opened: a row goes only after the index has what it says.
    """
    waiting: dict[str, set[int]] = defaultdict(set)
    for key in Row.objects.filter(consumer=CONSUMER).values_list("key", flat=True).distinct():
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
        for start in range(0, len(ordered), CHUNK):
            chunk = ordered[start : start + CHUNK]
            readable: set[int] = set()
            if model is not None:
                readable = set(
                    Target.objects.filter(
                        content_type=ContentType.objects.get_for_model(model),
                        object_id__in=chunk,
                        state=State.LIVE,
                        audience_id__in=audiences,
                    ).values_list("object_id", flat=True)
                )
            closed.update(object_number(f"{prefix}:{pk}") for pk in chunk if pk not in readable)
    return frozenset(closed)
