from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from intranet.outbox.actions import drain
from intranet.outbox.loop import run_until_stopped


class Command(BaseCommand):
    """Drain the outbox: index what changed, send what must be sent."""

    help = "Drain the outbox until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--once`."""
        parser.add_argument("--once", action="store_true", help="Drain what waits now, then end.")
        parser.add_argument(
            "--pause", type=float, default=1.0, help="Seconds between looks at an empty outbox."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or SIGINT."""
        if options["once"]:
            self.stdout.write(str(drain()))
            return
        run_until_stopped(lambda: drain() > 0, options["pause"])
