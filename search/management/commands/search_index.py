import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from intranet.outbox.locks import alone
from search import engines, indexing, lexicons
from search.engines.base import EngineDown

WIDTH = 40


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
        try:
            if options["check"]:
                self._check()
            elif options["if_needed"]:
                with alone(indexing.REBUILD, wait=True):  # whoever is at it may be making just what is needed
                    if engines.current().is_current() and lexicons.is_held():
                        self.stdout.write("The search index is there and current.")
                    else:
                        self._rebuild()
            else:
                self._rebuild()
        except EngineDown as error:
            raise CommandError(f"The search engine does not answer: {error}") from error

    def _check(self) -> None:
        if engines.current().is_broken():
            raise CommandError("The index cannot be read. “manage.py search_index” makes it anew.")
        found = 0
        for found, difference in enumerate(indexing.differences(), 1):  # noqa: B007  (the last number is the count)
            self.stdout.write(difference)
        if found:
            raise CommandError(f"{found} differences")
        self.stdout.write("The index equals the database.")

    def _rebuild(self) -> None:
        began = time.monotonic()
        alive = sys.stdout.isatty()

        def report(done: int, objects: int) -> None:
            if alive and (done % 20 == 0 or done == objects):
                full = WIDTH * done // objects
                bar = "█" * full + "░" * (WIDTH - full)
                self.stdout.write(f"\r{bar} {done:,} of {objects:,} objects", ending="")
                self.stdout.flush()

        passages = indexing.rebuild(report)
        seconds = time.monotonic() - began
        start = "\n" if alive else ""
        self.stdout.write(f"{start}{passages} passages indexed in {seconds:.1f} s.")
