"""The correction period: who was there proposes other words, the secretary accepts them or says why not."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.structure.redline import Piece, redline
from intranet.audit.actions import record
from intranet.notifications.actions import notify
from pages.conduct.actions import check, held
from pages.conduct.models import Correction, Meeting
from pages.conduct.policies import why_not_correct, why_not_decide_correction
from pages.conduct.recording import text_at, write_text


def places_of(meeting: Meeting) -> list[tuple[str, str]]:
    """Where words may be proposed: (key, label), the course of the meeting and each decision."""
    items = [
        (f"i.{item.pk}.text", _("Decision: %(title)s") % {"title": item.title})
        for item in meeting.items.all()
    ]
    return [("m.minutes", _("course of the meeting")), *items]


def propose(user: Any, meeting_id: int, key: str, now: str, reason: str) -> Correction:
    """Propose other words at a place. Raises `Refused`."""
    with transaction.atomic():
        meeting = held(meeting_id)
        check(why_not_correct(user, meeting))
        there = text_at(meeting, key) if key in dict(places_of(meeting)) else None
        check(None if there is not None else _("This row is no longer there."))
        now = now.replace("\r\n", "\n").strip()
        check(_("These are the words that stand there already.") if now == there else None)
        correction = Correction.objects.create(
            meeting=meeting, author=user, key=key, was=there or "", now=now, reason=reason.strip()
        )
        record(user, "meeting.correction_proposed", meeting, correction=correction.pk)
        writers = [each for each in (meeting.written_by, meeting.called_by) if each is not None]
        notify(
            writers, "meeting_correction", {"meeting": meeting, "row": correction}, meeting.get_absolute_url()
        )
    return correction


def decide(user: Any, correction_id: int, *, accept: bool, answer: str = "") -> Correction:
    """Accept the words, which then stand in the minutes, or decline them with the reason. Raises `Refused`."""
    with transaction.atomic():
        row = Correction.objects.get(pk=correction_id)
        meeting = held(row.meeting_id)
        row.refresh_from_db()
        check(why_not_decide_correction(user, meeting, row))
        if accept:
            there = text_at(meeting, row.key)
            check(
                None
                if there == row.was
                else _(
                    "The text has changed since this was proposed. Decline it, and ask for a new proposal."
                )
            )
            write_text(meeting, row.key, row.now)
        else:
            check(None if answer.strip() else _("Write the reason."))
        row.state = Correction.State.ACCEPTED if accept else Correction.State.DECLINED
        row.answer, row.decided_by, row.decided_at = answer.strip(), user, timezone.now()
        row.save()
        verb = "meeting.correction_accepted" if accept else "meeting.correction_declined"
        record(user, verb, meeting, correction=row.pk)
        context = {"meeting": meeting, "row": row}
        notify([row.author], "meeting_correction_decided", context, meeting.get_absolute_url())
    return row


def shown(meeting: Meeting) -> list[tuple[Correction, str, list[Piece]]]:
    """The proposals with the place they are about and the words that differ. Two queries."""
    places = dict(places_of(meeting))
    rows = meeting.corrections.select_related("author", "decided_by")
    return [(row, places.get(row.key, ""), redline(row.was, row.now)) for row in rows]
