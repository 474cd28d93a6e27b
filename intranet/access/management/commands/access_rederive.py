from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand
from django.db import models

from intranet.access.actions import rederive
from intranet.access.models import Target
from intranet.access.rules import Rule, registered

BATCH = 200


class Command(BaseCommand):
    """Work out anew who may read every object: after a change of the rules themselves. Safe to run again."""

    help = "Derive all targets of the rule of visibility again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through each family in batches, each a transaction, and say how far it is."""
        for rule in registered():
            name = rule.model._meta.verbose_name_plural
            numbers = list(rule.model._default_manager.order_by("pk").values_list("pk", flat=True))
            forgotten = _forget_removed(rule, numbers)
            for start in range(0, len(numbers), BATCH):
                batch = numbers[start : start + BATCH]
                rederive(_objects(rule, batch))
                self.stdout.write(f"{name}: {min(start + BATCH, len(numbers))}/{len(numbers)}")
            if forgotten:
                self.stdout.write(f"{name}: {forgotten} forgotten")


def _objects(rule: Rule, numbers: list[int]) -> list[models.Model]:
    found: Any = rule.model._default_manager.filter(pk__in=numbers)
    return list(found.specific() if hasattr(found, "specific") else found)


def _forget_removed(rule: Rule, numbers: list[int]) -> int:
    content_type = ContentType.objects.get_for_model(rule.model)
    there = set(numbers)
    targets = Target.objects.filter(content_type=content_type)
    gone = [pk for pk, number in targets.values_list("pk", "object_id") if number not in there]
    for start in range(0, len(gone), BATCH):
        Target.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    return len(gone)
