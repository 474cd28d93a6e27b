from pathlib import Path
from typing import Any

from documents.structure.minutes import Decision
from pages.importing import FileCommand
from pages.meetings.doubts import located, sentence
from pages.meetings.receiving import Received, receive


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


class Command(FileCommand):
    """Read a file of minutes (text, Word, PDF, HTML) and make the draft of a meeting of it."""

    help = "Read a file of minutes and make the draft of a meeting of it. Safe to run again."

    def receive(self, file: Path, *, dry_run: bool) -> Received:
        """Take the file in."""
        return receive(file, dry_run=dry_run)

    def as_json(self, received: Received) -> dict[str, Any]:
        """What was understood."""
        return as_json(received)

    def counted(self, received: Received) -> str:
        """How many people, points and decisions."""
        found = received.minutes
        return (
            f"{len(found.attendance)} people · {len(found.agenda)} points · {len(found.decisions)} decisions"
        )

    def doubts(self, received: Received) -> list[str]:
        """What is doubtful."""
        return [located(each) for each in received.minutes.doubts]
