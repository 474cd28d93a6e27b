"""Citations between provisions: found in a parsed text, and read at both of their ends.

A cited work is known by its name: a bylaw whose title begins as the citation names it, or the other way round. So a
text that comes later is found by what cited it before.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.utils import timezone

from documents.structure.citations import citations
from documents.structure.provisions import ParsedProvision, ParsedText
from intranet.access.queries import visible_to
from pages.bylaws.citing import folded, names, plain_name
from pages.bylaws.models import BylawPage, BylawVersion, Citation, Provision

MOST = 200


def found_in(parsed: ParsedText) -> list[Citation]:
    """The citations of a text, without their version; of its own provisions only such as it has."""
    return [citation for each in parsed.provisions for citation in _of(each, parsed)]


def _of(provision: ParsedProvision, parsed: ParsedText) -> Iterator[Citation]:
    for each in citations(provision.text):
        target = each.eid if each.work else provision_cited(each.eid, each.item, parsed)
        if target and target != provision.eid:
            yield Citation(
                eid=provision.eid,
                start=each.start,
                end=each.end,
                target=target,
                work=each.work[:300],
                key=folded(each.work)[:300],
            )


def provision_cited(eid: str, item: str, parsed: ParsedText) -> str:
    """The provision of the text itself that is meant, as near as it can be told; "" for none."""
    known = {each.eid for each in parsed.provisions}
    if item:
        marks = {item, folded(item)}
        below = (each for each in parsed.provisions if each.parent == eid and each.kind == "paragraph")
        for each in below:
            if each.number in marks or folded(each.num) in marks:
                return each.eid
    return eid if eid in known else ""


def links_of(found: Iterable[Citation]) -> dict[str, list[tuple[int, int, str]]]:
    """Where the text of each provision carries links, and to where: as `legal_text.render` takes them.

    Another work is reached by way of the citing provision's own page, which asks who may read it.
    """
    links: dict[str, list[tuple[int, int, str]]] = {}
    for each in found:
        address = f"@/{each.eid}/#cites" if each.work else f"#{each.target}"
        links.setdefault(each.eid, []).append((each.start, each.end, address))
    return links


def _current() -> QuerySet[Citation]:
    """The citations of the texts that hold today."""
    held = BylawVersion.objects.filter(bylaw=OuterRef("version__bylaw"), valid_from__lte=timezone.localdate())
    return Citation.objects.filter(version=Subquery(held.order_by("-number").values("pk")[:1]))


@dataclass(frozen=True)
class End:
    """The other end of a citation: the provision's name, its text and its address ("" where there is none)."""

    name: str
    title: str
    url: str


@dataclass(frozen=True)
class Ends:
    """What a provision cites of other texts, and what cites it."""

    cites: list[End]
    cited_by: list[End]


def both_ends(page: BylawPage, eid: str, request: HttpRequest, called: Mapping[str, str]) -> Ends:
    """The other ends of the citations of `eid` of `page` and of what is below it, in texts that this person may read.

    `called` has the names of the provisions of `page`. One query, one more where other texts cite it, one more where
    it cites others.
    """
    title = folded(page.title)
    own = Q(eid=eid) | Q(eid__startswith=f"{eid}__")
    goes_out = Q(version__bylaw=page.pk) & own & ~Q(work="")
    named = Q(key__startswith=title) | Q(titled__startswith=F("key")) & ~Q(key="")
    this = Q(work="", version__bylaw=page.pk) & ~own | named
    comes_in = this & (Q(target=eid) | Q(target__startswith=f"{eid}__"))
    readable = visible_to(BylawPage.objects.live(), request.user).values("pk")
    rows = list(
        _current()
        .annotate(titled=Value(title), goes_out=Case(When(goes_out, then=True), default=False))
        .filter(goes_out | comes_in, version__bylaw__in=readable)
        .select_related("version__bylaw")
        .defer("version__source", "version__html", "version__contents", "version__bylaw__source")[:MOST]
    )
    outgoing = [row for row in rows if row.goes_out]
    incoming = [row for row in rows if not row.goes_out]
    return Ends(_others(outgoing, page, request), _citing(incoming, page, request, called))


def _citing(rows: list[Any], page: BylawPage, request: HttpRequest, called: Mapping[str, str]) -> list[End]:
    elsewhere: dict[int, list[Provision]] = {
        row.version_id: [] for row in rows if row.version.bylaw_id != page.pk
    }
    if elsewhere:
        for each in Provision.objects.filter(version__in=elsewhere).only("eid", "kind", "num", "version_id"):
            elsewhere[each.version_id].append(each)
    known = {version: names(provisions, "fa") for version, provisions in elsewhere.items()}
    found = {
        (row.version_id, row.eid): End(
            known.get(row.version_id, called).get(row.eid, row.eid),
            row.version.bylaw.title,
            f"{row.version.bylaw.get_url(request)}{row.eid}/",
        )
        for row in rows
    }
    return list(found.values())


def _others(rows: list[Any], page: BylawPage, request: HttpRequest) -> list[End]:
    if not rows:
        return []
    readable = visible_to(BylawPage.objects.live(), request.user).exclude(pk=page.pk).defer("source")
    titles = {folded(each.title): each for each in readable}
    found = []
    for row in rows:
        work = _work_named(row.key, titles)
        url = f"{work.get_url(request)}{row.target}/" if work else ""
        found.append(End(plain_name(row.target), work.title if work else row.work, url))
    return found


def _work_named(key: str, titles: dict[str, Any]) -> Any | None:
    return next((titles[t] for t in titles if t.startswith(key) or key.startswith(t)), None)


def unknown_works(pages: QuerySet[BylawPage]) -> list[tuple[str, int]]:
    """The works that the present texts of `pages` cite and that are not here, not even as a draft.

    Name and count, those cited most first.
    """
    titles = {folded(title): True for title in BylawPage.objects.values_list("title", flat=True)}
    counts: dict[str, tuple[str, int]] = {}
    for work, key in (
        _current().filter(version__bylaw__in=pages.values("pk")).exclude(work="").values_list("work", "key")
    ):
        if _work_named(key, titles) is None:
            counts[key] = (work, counts.get(key, (work, 0))[1] + 1)
    return sorted(counts.values(), key=lambda row: (-row[1], row[0]))
