"""What follow-ups offer to search."""

from collections.abc import Iterable, Iterator

from intranet.access.queries import audience_of
from pages.following.models import FollowUp
from search.records import SearchRecord


class FollowUpSource:
    """The search record of a follow-up: what is to be done, whose it is, for which resolution."""

    def records_for(self, pk: int) -> Iterator[SearchRecord]:
        """The record of one follow-up."""
        row = FollowUp.objects.filter(pk=pk).select_related("resolution__meeting__body__district").first()
        if row is None or (audience := audience_of(row)) is None:
            return
        body = row.resolution.meeting.body
        yield SearchRecord(
            uid=f"followup:{pk}",
            object_uid=f"followup:{pk}",
            kind="resolution",
            title=row.title,
            trail="",  # the resolution's own name may be closed to who reads the follow-up
            body=str(row.owner),
            url=row.get_absolute_url(),
            numbers=(),
            date=row.due_on,
            district=body.district.number if body and body.district else None,
            organization=row.owner_organization_id,
            status="",
            language="fa",
            audience=audience,
            body_id=row.owner_body_id,
        )

    def versions(self) -> Iterable[tuple[int, object]]:
        """All follow-ups, each with its progress."""
        return FollowUp.objects.order_by().values_list("pk", "progress").iterator()

    def all_pks(self) -> Iterable[int]:
        """All follow-ups."""
        return FollowUp.objects.order_by("pk").values_list("pk", flat=True).iterator()
