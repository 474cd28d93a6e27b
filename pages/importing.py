"""Files that become drafts of pages, one at a time: what became of a file, and the command that takes one in."""

import json
from abc import abstractmethod
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.refusals import Unreceivable


class Outcome(StrEnum):
    """What became of a file."""

    MADE = "made"
    KNOWN = "known"
    WOULD = "would"


_WORDS = {
    Outcome.MADE: "made a draft",
    Outcome.KNOWN: "here already",
    Outcome.WOULD: "would be made a draft (dry run)",
}


class FileCommand(BaseCommand):
    """A command that reads a file into a draft and says what it understood, for people or as JSON."""

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and what to do with it."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a .txt, .docx, .pdf or .html file")
        parser.add_argument("--dry-run", action="store_true", help="show what was understood; write nothing")
        parser.add_argument("--json", action="store_true", help="print what was understood as JSON")

    def handle(self, *args: Any, file: Path, dry_run: bool = False, **options: Any) -> None:
        """Take the file in and say what became of it."""
        try:
            received = self.receive(file, dry_run=dry_run)
        except Unreceivable as error:
            raise CommandError(f"{file.name}: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(self.as_json(received), ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{file}: {_WORDS[received.outcome]}")
        self.stdout.write(f"    {received.title}")
        self.stdout.write(f"    {self.counted(received)}")
        for doubt in self.doubts(received):
            self.stdout.write(f"    ? {doubt}")

    @abstractmethod
    def receive(self, file: Path, *, dry_run: bool) -> Any:
        """Take the file in; the answer has its `outcome` and `title`. Raises `Unreceivable`."""

    @abstractmethod
    def as_json(self, received: Any) -> dict[str, Any]:
        """What was understood."""

    @abstractmethod
    def counted(self, received: Any) -> str:
        """How much of what was found."""

    @abstractmethod
    def doubts(self, received: Any) -> Iterable[str]:
        """What is doubtful, a sentence each."""
