"""What the pages of meetings in progress show."""

from pages.conduct.models import Meeting


def steps_of(meeting: Meeting) -> list[dict[str, str]]:
    """The course of the meeting, as `components/steps.html` takes it."""
    order = list(Meeting.State.values)
    now = order.index(meeting.state)
    last = len(order) - 1
    return [
        {
            "title": str(label),
            "state": "done" if place < now or now == last else "now" if place == now else "",
            "note": "",
        }
        for place, (_value, label) in enumerate(Meeting.State.choices)
    ]
