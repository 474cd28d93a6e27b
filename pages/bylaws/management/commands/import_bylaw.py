from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from pages.bylaws.doubts import located, sentence
from pages.bylaws.receiving import Received, receive
from pages.importing import FileCommand
from pages.news.actions import NoReceivedSection


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


class Command(FileCommand):
    """Read a bylaw's file (text, Word, PDF, HTML) into provisions and make a draft of it."""

    help = "Read a bylaw's file and make it a draft under «متن‌های رسیده». Safe to run again."

    def receive(self, file: Path, *, dry_run: bool) -> Received:
        """Take the file in."""
        try:
            return receive(file, dry_run=dry_run)
        except NoReceivedSection as error:
            raise CommandError("the site has no section «received»; run `manage.py install` first") from error

    def as_json(self, received: Received) -> dict[str, Any]:
        """What was understood."""
        return as_json(received)

    def counted(self, received: Received) -> str:
        """How many provisions of each kind."""
        kinds = Counter(each.kind for each in received.parsed.provisions)
        return " · ".join(f"{number} {kind}" for kind, number in kinds.items()) or "no provisions"

    def doubts(self, received: Received) -> list[str]:
        """What is doubtful."""
        return [located(each) for each in received.parsed.doubts]
