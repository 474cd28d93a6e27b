"""What meetings offer to search until their minutes are published as a page."""

from collections.abc import Iterable, Iterator

from intranet.access.queries import audience_of
from pages.conduct.models import Meeting
from search.records import SearchRecord


class MeetingSource:
    """The search record of a meeting: what it is about, when and where, its agenda."""

    def records_for(self, pk: int) -> Iterator[SearchRecord]:
        """The record of one meeting; none once its minutes stand on a page of their own."""
        meeting = Meeting.objects.select_related("body__district").filter(pk=pk).first()
        if meeting is None or (audience := audience_of(meeting)) is None:
            return
        agenda = [f"{item.title} {item.proposer}".strip() for item in meeting.items.all()]
        yield SearchRecord(
            uid=f"meeting:{pk}",
            object_uid=f"meeting:{pk}",
            kind="minutes",
            title=meeting.title,
            trail=meeting.body.name,
            body="\n".join(filter(None, [meeting.place, *agenda])),
            url=meeting.get_absolute_url(),
            numbers=(),
            date=meeting.day,
            district=meeting.body.district.number if meeting.body.district else None,
            organization=None,
            status="",
            language="fa",
            audience=audience,
            body_id=meeting.body_id,
        )

    def versions(self) -> Iterable[tuple[int, object]]:
        """All meetings, each with its state."""
        return Meeting.objects.order_by().values_list("pk", "state").iterator()

    def all_pks(self) -> Iterable[int]:
        """All meetings."""
        return Meeting.objects.order_by("pk").values_list("pk", flat=True).iterator()
