"""What files offer to search."""

from collections.abc import Iterable, Iterator

from documents.models import Document
from intranet.access.queries import audience_of
from search.records import SearchRecord


class DocumentSource:
    """The search records of files: one a file, with the text that was read out of it."""

    def records_for(self, pk: int) -> Iterator[SearchRecord]:
        """The record of one file; none when nobody may read it."""
        document = Document.objects.filter(pk=pk).select_related("district", "organization__district").first()
        if document is None or (audience := audience_of(document)) is None:
            return
        organization = document.organization
        district = document.district or (organization.district if organization else None)
        yield SearchRecord(
            uid=f"document:{pk}",
            object_uid=f"document:{pk}",
            kind="document",
            title=document.title,
            trail=organization.name if organization else "",
            body=document.text,
            url=document.url,
            numbers=(),
            date=document.created_at.date(),
            district=district.number if district else None,
            organization=document.organization_id,
            status="",
            language="fa",
            audience=audience,
        )

    def all_pks(self) -> Iterable[int]:
        """All files."""
        return Document.objects.order_by("pk").values_list("pk", flat=True).iterator()
