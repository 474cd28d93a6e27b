from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.audit.chain import broken_links
from intranet.audit.models import Event


class Command(BaseCommand):
    """Check the whole chain and name each event that was changed, removed or moved."""

    help = "Check the hash chain of the audit log."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line for each broken link; exit with an error when there is one."""
        broken = list(broken_links(Event.objects.order_by("id").iterator()))
        for number, reason in broken:
            self.stderr.write(f"event {number}: {reason}")
        if broken:
            raise CommandError(
                f"{len(broken)} of {Event.objects.count()} events are not as they were written"
            )
        self.stdout.write(f"{Event.objects.count()} events, chain whole")
