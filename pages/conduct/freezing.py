"""The minutes as they were approved: their canonical text, its hash, and whether they still say the same."""

import hashlib
import json
from collections import Counter
from typing import Any

from pages.conduct.models import Attendee, Meeting
from pages.conduct.recording import plain
from pages.conduct.results import Sitting, sitting_of

_OF_MEETING = ("title", "session_number", "day", "begins_at", "ends_at", "place", "openness", "minutes")
_OF_PERSON = ("name", "role", "voting", "presence", "proxy", "came_at", "left_at")
_OF_ITEM = (
    "title", "proposer", "text", "manner", "proposal", "outcome", "core_actors", "supporting_actors", "due_on",
)  # fmt: skip


def canonical(sitting: Sitting, body: str | None = None) -> str:
    """All that the minutes say, as JSON of one form: the same minutes give the same letters.

    `body` is the body's name where it is not that of today.
    """
    meeting = sitting.meeting
    facts: dict[str, Any] = {name: plain(getattr(meeting, name)) for name in _OF_MEETING}
    facts["body"] = meeting.body.name if body is None else body
    facts["rule"] = [sitting.rule.members, sitting.rule.quorum, sitting.rule.majority.value]
    facts["attendees"] = [
        {name: plain(getattr(each, name)) for name in _OF_PERSON} for each in sitting.attendees
    ]
    names = _names(sitting.attendees)
    facts["items"] = [
        {
            **{name: plain(getattr(item, name)) for name in _OF_ITEM},
            "count": [result.count.in_favour, result.count.against, result.count.abstained]
            if result.count
            else None,
            "ballots": {names[pk]: choice for pk, choice in sorted(chosen.items()) if pk in names},
        }
        for item, chosen, result in sitting.items
    ]
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _names(attendees: list[Attendee]) -> dict[int, str]:
    """The names by number of the row; of two people of one name each has his place on the roll with it."""
    times = Counter(each.name for each in attendees)
    return {
        each.pk: each.name if times[each.name] == 1 else f"{each.name} ({place})"
        for place, each in enumerate(attendees, 1)
    }


def digest(text: str) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(meeting: Meeting) -> bool:
    """Whether the minutes in the database say what was approved."""
    if not meeting.sha256 or digest(meeting.frozen) != meeting.sha256:
        return False
    # A body that was renamed since changes nothing in its minutes.
    return canonical(sitting_of(meeting), json.loads(meeting.frozen)["body"]) == meeting.frozen
