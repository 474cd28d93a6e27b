"""What files offer to search."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.file_types import PDF
from documents.models import Document
from intranet.access.queries import audience_of
from search.records import SearchRecord

#: Between the pages of a PDF, as their text is read out.
PAGE_BREAK = "\f"


class DocumentSource:
    """The search records of files, with the text that was read out of them; of a PDF, each page has its own."""

    def records_for(self, pk: int) -> Iterator[SearchRecord]:
        """The records of one file, itself first; none when nobody may read it."""
        document = Document.objects.filter(pk=pk).select_related("district", "organization__district").first()
        if document is None or document.audience == Document.Audience.ATTACHED:
            return  # what two sides write to each other is found in their thread alone
        if (audience := audience_of(document)) is None:
            return
        organization = document.organization
        district = document.district or (organization.district if organization else None)
        pages = document.text.split(PAGE_BREAK) if document.media_type == PDF.media_type else []
        whole = SearchRecord(
            uid=f"document:{pk}",
            object_uid=f"document:{pk}",
            kind="document",
            title=document.title,
            trail=organization.name if organization else "",
            body=document.text if len(pages) < 2 else "",
            url=document.url,
            numbers=(),
            date=document.created_at.date(),
            district=district.number if district else None,
            organization=document.organization_id,
            status="",
            language="fa",
            audience=audience,
        )
        yield whole
        if len(pages) < 2:
            return
        with override(whole.language):
            for number, text in enumerate(pages, 1):
                if text.strip():
                    yield replace(
                        whole,
                        uid=f"document:{pk}#page={number}",
                        title=_("Page %(number)s") % {"number": number},
                        body=text,
                        trail=" › ".join(filter(None, [whole.trail, whole.title])),
                        url=f"{whole.url}#page={number}",
                    )

    def versions(self) -> Iterable[tuple[int, object]]:
        """All files, each with the digest of its content."""
        return Document.objects.order_by().values_list("pk", "file_hash").iterator()

    def all_pks(self) -> Iterable[int]:
        """All files."""
        return Document.objects.order_by("pk").values_list("pk", flat=True).iterator()
