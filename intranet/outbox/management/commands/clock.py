from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from intranet.outbox.actions import run_due_jobs
from intranet.outbox.loop import run_until_stopped


class Command(BaseCommand):
    """Run what is due: publication at a set time, reminders, digests, expiry."""

    help = "Run the clock until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--once`."""
        parser.add_argument("--once", action="store_true", help="Run what is due now, then end.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look every ten seconds until SIGTERM or SIGINT."""
        if options["once"]:
            self.stdout.write(", ".join(run_due_jobs()))
            return

        def turn() -> bool:
            run_due_jobs()
            return False

        run_until_stopped(turn, 10)
