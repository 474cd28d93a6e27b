"""What keeps a resolution from which something follows, whatever revision of its page is published."""

from typing import Any

from django.db.models import Q, QuerySet

from pages.meetings.models import MeetingPage, Resolution


def followed(page: MeetingPage) -> QuerySet[Resolution]:
    """The stored resolutions of `page` that were notified or are followed up."""
    hangs = Q(standing__isnull=False) | Q(follow_ups__isnull=False)
    return Resolution.objects.filter(hangs, meeting=page.pk).distinct()


def keep_resolutions(page: MeetingPage) -> None:
    """Know the rows of a revision by their numbers, and put back what must not go with an older or a late one."""
    if page.pk is None:
        return
    rows: list[Any] = list(page.resolutions.all())
    stored = {row.pk: row.canonical_number for row in Resolution.objects.filter(meeting=page.pk)}
    kept = {row.pk for row in rows}
    by_number = {number: pk for pk, number in stored.items() if pk not in kept}
    for row in rows:
        if row.pk not in stored:
            row.pk = by_number.pop(row.canonical_number, row.pk)
    left = {row.pk for row in rows}
    if not left.issuperset(stored):
        page.resolutions.add(*(row for row in followed(page) if row.pk not in left))
