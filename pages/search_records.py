"""What pages offer to search."""

from collections.abc import Iterable, Iterator

from wagtail.models import Page

from intranet.access.queries import audience_of, read_with
from pages.base import IntranetPage
from search.records import SearchRecord


class PageSource:
    """The search records of pages: one a passage."""

    def records_for(self, pk: int) -> Iterator[SearchRecord]:
        """The records of one page as it is published now; none when it is not, or nobody may read it."""
        page = Page.objects.filter(pk=pk, live=True).select_related("locale").first()
        specific = page.specific if page else None
        if not isinstance(specific, IntranetPage) or (audience := audience_of(specific)) is None:
            return
        if (url := specific.get_url()) is None:
            return
        district = specific.get_district()
        ancestors = read_with(specific, specific.get_ancestors().filter(depth__gt=2))
        trail = " › ".join(ancestor.title for ancestor in ancestors)
        for passage in specific.get_passages():
            yield SearchRecord(
                uid=f"page:{pk}#{passage.anchor}" if passage.anchor else f"page:{pk}",
                object_uid=f"page:{pk}",
                kind=passage.kind,
                title=passage.title,
                trail=f"{trail} › {specific.title}" if passage.anchor else trail,
                body=passage.body,
                url=f"{url}#{passage.anchor}" if passage.anchor else url,
                numbers=passage.numbers or specific.get_numbers(),
                date=specific.get_date(),
                district=district.number if district else None,
                organization=specific.get_organization_id(),
                status=passage.status,
                language=specific.locale.language_code,
                audience=audience,
                body_id=specific.get_body_id(),
            )

    def versions(self) -> Iterable[tuple[int, object]]:
        """All published pages, each with the revision that is published."""
        live = Page.objects.filter(live=True, depth__gt=1, live_revision__isnull=False)
        return live.order_by().values_list("pk", "live_revision").iterator()

    def all_pks(self) -> Iterable[int]:
        """All published pages."""
        return (
            Page.objects.filter(live=True, depth__gt=1).order_by("pk").values_list("pk", flat=True).iterator()
        )
