import os
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from intranet.demonstration.actions import account_names, build, remove


class Command(BaseCommand):
    """Make the demonstration site and its accounts, or take them away. Safe to run again."""

    help = "Make the demonstration content and accounts (password: DEMO_PASSWORD, or made and printed)."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--remove` takes away what was made and nobody changed."""
        parser.add_argument("--remove", action="store_true", help="take the demonstration away again")

    def handle(self, *args: Any, remove: bool = False, verbosity: int = 1, **options: Any) -> None:
        """Build or remove, and say what was done."""
        try:
            self._remove(verbosity) if remove else self._build(verbosity)
        except PermissionDenied as error:
            raise CommandError(str(error)) from error

    def _say(self, verbosity: int) -> Any:
        return (lambda text: self.stdout.write(f"demo: {text}")) if verbosity else (lambda text: None)

    def _build(self, verbosity: int) -> None:
        say = self._say(verbosity)
        built = build(os.environ.get("DEMO_PASSWORD", ""), say)
        say(f"{built.made} objects made" if built.made else "nothing to do")
        if built.password:
            say(f"accounts: {' '.join(account_names())}")
            say(f"password of all: {built.password}")

    def _remove(self, verbosity: int) -> None:
        say = self._say(verbosity)
        result = remove(say)
        for name in result.kept:
            say(f"kept, since people changed it or it carries theirs: {name}")
