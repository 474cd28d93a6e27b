import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import engines, indexing


class Command(BaseCommand):
    """Make the search index anew, or compare it with the database."""

    help = "Rebuild the search index beside the serving one, or compare it with the database (--check)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The three ways."""
        parser.add_argument(
            "--check", action="store_true", help="Name each difference; fail if there is one."
        )
        parser.add_argument(
            "--if-needed", action="store_true", help="Do nothing when a whole, current index is there."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked."""
        if options["check"]:
            self._check()
        elif options["if_needed"] and engines.current().is_current():
            self.stdout.write("The search index is there and current.")
        else:
            self._rebuild()

    def _check(self) -> None:
        found = 0
        for found, difference in enumerate(indexing.differences(), 1):  # noqa: B007  (the last number is the count)
            self.stdout.write(difference)
        if found:
            raise CommandError(f"{found} differences")
        self.stdout.write("The index equals the database.")

    def _rebuild(self) -> None:
        began = time.monotonic()
        alive = sys.stdout.isatty()

        def report(done: int) -> None:
            if alive and done % 50 == 0:
                self.stdout.write(f"\r{done} passages", ending="")
                self.stdout.flush()

        done = indexing.rebuild(report)
        seconds = time.monotonic() - began
        start = "\r" if alive else ""
        self.stdout.write(f"{start}{done} passages indexed in {seconds:.1f} s.")
