import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.refusals import Unreceivable
from documents.structure.provisions import ParsedText
from pages.bylaws.doubts import located, sentence
from pages.bylaws.receiving import Outcome, Received, receive
from pages.news.actions import NoReceivedSection

_WORDS = {
    Outcome.MADE: "made a draft",
    Outcome.KNOWN: "here already",
    Outcome.WOULD: "would be made a draft (dry run)",
}


def as_json(received: Received) -> dict[str, Any]:
    """What was understood: provisions in reading order, what is none of them, and what is doubtful."""
    parsed = received.parsed
    return {
        "title": received.parsed.title,
        "provisions": [
            {
                "eId": each.eid,
                "kind": each.kind,
                "num": each.num,
                "number": each.number,
                "heading": each.heading,
                "text": each.text,
                "note": each.note,
                "status": each.status,
                "parent": each.parent,
                "line": each.line,
            }
            for each in parsed.provisions
        ],
        "residue": [
            {"kind": each.kind, "line": each.line, "text": each.text} for each in parsed.residue if each.text
        ],
        "doubts": [
            {"code": each.code, "line": each.line, "eId": each.eid, "message": sentence(each)}
            for each in parsed.doubts
        ],
    }


class Command(BaseCommand):
    """Read a bylaw's file (text, Word, PDF, HTML) into provisions and make a draft of it."""

    help = "Read a bylaw's file and make it a draft under «متن‌های رسیده». Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and what to do with it."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a .txt, .docx, .pdf or .html file")
        parser.add_argument("--dry-run", action="store_true", help="show what was understood; write nothing")
        parser.add_argument("--json", action="store_true", help="print what was understood as JSON")

    def handle(
        self, *args: Any, file: Path, dry_run: bool = False, json: bool = False, **options: Any
    ) -> None:
        """Take the file in and say what became of it."""
        try:
            received = receive(file, dry_run=dry_run)
        except Unreceivable as error:
            raise CommandError(f"{file.name}: {error}") from error
        except NoReceivedSection as error:
            raise CommandError("the site has no section «received»; run `manage.py install` first") from error
        if json:
            self._print_json(received)
        else:
            self._report(file, received)

    def _print_json(self, received: Received) -> None:
        self.stdout.write(json.dumps(as_json(received), ensure_ascii=False, indent=1))

    def _report(self, file: Path, received: Received) -> None:
        self.stdout.write(f"{file}: {_WORDS[received.outcome]}")
        self.stdout.write(f"    {received.title}")
        self.stdout.write(f"    {_counted(received.parsed)}")
        for doubt in received.parsed.doubts:
            self.stdout.write(f"    ? {located(doubt)}")


def _counted(parsed: ParsedText) -> str:
    kinds = Counter(each.kind for each in parsed.provisions)
    return " · ".join(f"{number} {kind}" for kind, number in kinds.items()) or "no provisions"
