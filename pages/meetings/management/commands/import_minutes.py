import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.refusals import Unreceivable
from documents.structure.minutes import Decision
from pages.meetings.doubts import located, sentence
from pages.meetings.receiving import Outcome, Received, receive

_WORDS = {
    Outcome.MADE: "made a draft",
    Outcome.KNOWN: "here already",
    Outcome.WOULD: "would be made a draft (dry run)",
}


def as_json(received: Received) -> dict[str, Any]:
    """What was understood: dates ISO, lines from 1, empty or null what was not found."""
    found = received.minutes
    return {
        "title": received.title,
        "body": found.body,
        "known_body": received.body.name if received.body else None,
        "session": found.session_number,
        "held_on": found.held_on.isoformat() if found.held_on else None,
        "begins_at": found.begins_at.isoformat("minutes") if found.begins_at else None,
        "ends_at": found.ends_at.isoformat("minutes") if found.ends_at else None,
        "place": found.place,
        "closed": found.closed,
        "attendance": [
            {"name": each.name, "role": each.role, "presence": each.presence, "line": each.line}
            for each in found.attendance
        ],
        "agenda": [
            {"title": each.title, "proposer": each.proposer, "line": each.line} for each in found.agenda
        ],
        "decisions": [_decision(each) for each in found.decisions],
        "doubts": [
            {"code": each.code, "line": each.line, "message": sentence(each)} for each in found.doubts
        ],
    }


def _decision(each: Decision) -> dict[str, Any]:
    return {
        "number": each.number,
        "text": each.text,
        "outcome": each.outcome,
        "favour": each.votes.favour,
        "against": each.votes.against,
        "abstained": each.votes.abstained,
        "unanimous": each.votes.unanimous,
        "core": list(each.core),
        "supporting": list(each.supporting),
        "deadline": each.deadline.words if each.deadline else None,
        "due_on": each.deadline.day.isoformat() if each.deadline and each.deadline.day else None,
        "line": each.line,
    }


class Command(BaseCommand):
    """Read a file of minutes (text, Word, PDF, HTML) and make the draft of a meeting of it."""

    help = "Read a file of minutes and make the draft of a meeting of it. Safe to run again."

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
        if json:
            self._print_json(received)
        else:
            self._report(file, received)

    def _print_json(self, received: Received) -> None:
        self.stdout.write(json.dumps(as_json(received), ensure_ascii=False, indent=1))

    def _report(self, file: Path, received: Received) -> None:
        found = received.minutes
        self.stdout.write(f"{file}: {_WORDS[received.outcome]}")
        self.stdout.write(f"    {received.title}")
        self.stdout.write(
            f"    {len(found.attendance)} people · {len(found.agenda)} points · {len(found.decisions)} decisions"
        )
        for doubt in found.doubts:
            self.stdout.write(f"    ? {located(doubt)}")
