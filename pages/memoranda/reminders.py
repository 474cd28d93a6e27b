"""Reminding before an obligation is due, and after, until it is shown: each reminder once."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from intranet.notifications.actions import notify
from pages.memoranda.actions import people_of_side
from pages.memoranda.models import MemorandumPage, Obligation, Reminder
from pages.memoranda.standing import KEPT, Stand
from pages.memoranda.tracking import Tracked, tracked

STEPS = (-30, -7, 1, 30, 90)
"""Days from the day of a turn: before it, and after it while nothing was shown."""
LATEST = dt.timedelta(days=7)
"""How long after its day a reminder may still go out, when the clock stood still; older ones are left."""


def remind_due(today: dt.date | None = None) -> int:
    """Tell those who owe what is due soon or overdue; the number of reminders that went out."""
    today = today or timezone.localdate()
    sent = 0
    pages = MemorandumPage.objects.live().filter(withdrawn_on=None)
    for page in pages.select_related("first_party", "second_party").defer("source", "aims"):
        rows = tracked(page, page.obligations.all(), page.evidence.all(), today)
        sent += sum(_remind(page, row, today) for row in rows)
    return sent


def _remind(page: MemorandumPage, row: Tracked, today: dt.date) -> int:
    sent = 0
    for turn in row.turns:
        if turn.due is None or turn.stand in KEPT or turn.stand is Stand.WAITING:
            continue
        for days in STEPS:
            day = turn.due + dt.timedelta(days=days)
            if day <= today <= day + LATEST:
                sent += _send(page, row.obligation, turn.due, days)
    return sent


def _send(page: MemorandumPage, obligation: Obligation, due: dt.date, days: int) -> int:
    with transaction.atomic():
        _row, first = Reminder.objects.get_or_create(
            memorandum=page, reference=obligation.reference, turn=due, days=days
        )
        if not first:
            return 0
        people = [one for side in obligation.sides for one in people_of_side(page, side)]
        context = {"page": page, "obligation": obligation, "due": due, "overdue": days > 0}
        address = reverse("obligations:obligation", args=[page.pk, obligation.reference])
        notify(people, "obligation_due", context, address)
    return 1
