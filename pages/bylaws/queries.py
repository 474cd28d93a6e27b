"""What the pages of bylaws show, by what their reader may see."""

import hashlib
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, F, Q, QuerySet, Subquery, TextField, Value, When
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from documents.structure.provisions import parse
from intranet.access.queries import visible_to
from intranet.ui.collation import ALPHABET, LATIN_ALPHABET, OTHER_INITIAL
from pages.bylaws.models import BylawIndexPage, BylawPage, BylawVersion
from pages.keeping import lazily
from pages.legal_text import Rendered, render
from pages.listing import PAGE_SIZE, chosen_year, counted, facet, years

RELATED = 5
SHOWN = ("text", "versions", "current", "old_version", "status", "issuer", "related")
LISTED = ("bylaws", "by_year", "facets", "chosen", "letters", "years", "filtering")
Status = BylawPage.Status


def _is(status: str) -> Q:
    """What the dates of those of `status` say today: the twin of `BylawPage.status`."""
    today = timezone.localdate()
    standing = Q(withdrawn_on=None)
    kept = Q(repealed_on=None) | Q(repealed_on__gt=today)
    begun = Q(in_force_from__lte=today) | Q(in_force_from=None) & (
        Q(approved_on=None) | Q(approved_on__lte=today)
    )
    return {
        Status.WITHDRAWN: ~standing,
        Status.REPEALED: standing & ~kept,
        Status.NOT_YET: standing & kept & ~begun,
        Status.IN_FORCE: standing & kept & begun,
    }[Status(status)]


def _statuses(queryset: QuerySet[BylawPage]) -> dict[str, int]:
    """How many have each status today: one query."""
    totals = queryset.order_by().aggregate(
        **{value: Count("pk", filter=_is(value)) for value in Status.values}
    )
    return {value: total for value, total in totals.items() if total}


def index_of_bylaws(index: BylawIndexPage, request: HttpRequest) -> dict[str, Any]:
    """What the index shows; asked for by its template only, which keeps what it makes of it."""
    return lazily(lambda: _index(index, request), LISTED)


def _index(index: BylawIndexPage, request: HttpRequest) -> dict[str, Any]:
    """One page of the index ا–ی, or by year when the address says `order=year`; each facet counts within the others."""
    visible = visible_to(BylawPage.objects.child_of(index).live(), request.user)
    kind, status = request.GET.get("kind", ""), request.GET.get("status", "")
    letter, year = request.GET.get("letter", ""), chosen_year(request.GET.get("year", ""))
    by_year = request.GET.get("order") == "year"

    def filtered(*, but: str = "") -> QuerySet[BylawPage]:
        found = visible
        if status in Status.values and but != "status":
            found = found.filter(_is(status))
        if kind and but != "kind":
            found = found.filter(bylaw_kind=kind)
        if letter and but != "letter":
            found = found.filter(initial=letter)
        if year and but != "year":
            found = found.filter(year=year)
        return found

    order = (F("approved_on").desc(nulls_last=True), "sort_key") if by_year else ("sort_key", "pk")
    found = filtered().select_related("issuer").defer("source").order_by(*order)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    kinds = counted(filtered(but="kind"), "bylaw_kind")
    return {
        "bylaws": page,
        "by_year": by_year,
        "facets": [
            facet(request, "kind", _("By kind"), kinds, BylawPage.Kind.choices),
            facet(request, "status", _("By status"), _statuses(filtered(but="status")), Status.choices),
        ],
        "chosen": {"letter": letter, "year": year},
        "letters": _letters(counted(filtered(but="letter"), "initial"), request),
        "years": years(counted(filtered(but="year"), "year")),
        "filtering": bool(kind or status or letter or year),
    }


def _letters(counts: dict[str, int], request: HttpRequest) -> list[dict[str, Any]]:
    """Every Persian letter, and the others that occur, as `components/alphabet.html` takes them."""
    more = [each for each in (*LATIN_ALPHABET, OTHER_INITIAL) if each in counts]
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("order", None)
    letters = []
    for letter in (*ALPHABET, *more):
        query["letter"] = letter
        letters.append({"letter": letter, "count": counts.get(letter, 0), "url": f"?{query.urlencode()}"})
    return letters


def reading_of_bylaw(page: BylawPage, request: HttpRequest) -> dict[str, Any]:
    """A bylaw as it is read: the text of the version asked for (`?version=`), or of the draft in a preview.

    The present text is asked for by its template only, which keeps what it makes of it.
    """
    draft = getattr(request, "is_preview", False)
    asked = request.GET.get("version", "")
    if draft or asked:
        return _read(page, request, asked, draft=draft)
    return lazily(lambda: _read(page, request, asked, draft=draft), SHOWN)


def _read(page: BylawPage, request: HttpRequest, asked: str, *, draft: bool) -> dict[str, Any]:
    versions = _versions(page, asked)
    current = versions[0] if versions else None
    chosen = next((each for each in versions if str(each.number) == asked), None)
    if asked and chosen is None:
        raise Http404
    return {
        "text": _text_of(page, chosen or current, draft=draft),
        "versions": versions,
        "current": current,
        "old_version": chosen if chosen is not None and chosen != current else None,
        "status": page.status,
        "issuer": current.issuer_name if current and not draft else str(page.issuer or ""),
        "related": _related(page, request.user),
    }


def _versions(page: BylawPage, asked: str) -> list[Any]:
    """All versions, the latest first; only the one to be shown comes with its HTML. One query."""
    latest = BylawVersion.objects.filter(bylaw=page.pk).order_by("-number").values("pk")[:1]
    shown = (
        Q(number=asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else Q(pk=Subquery(latest))
    )
    return list(
        BylawVersion.objects.filter(bylaw=page.pk)
        .order_by("-number")
        .only("number", "valid_from", "erratum", "bylaw_id", "source_sha256")
        .annotate(
            shown_html=Case(When(shown, then="html"), default=Value(""), output_field=TextField()),
            shown_contents=Case(When(shown, then="contents"), default=Value(""), output_field=TextField()),
            issuer_name=F("bylaw__issuer__name"),
        )
    )


def _text_of(page: BylawPage, version: Any | None, *, draft: bool) -> Rendered:
    """The HTML kept with a version; made afresh for a draft whose text is no version yet."""
    if version is None or (
        draft and version.source_sha256 != hashlib.sha256(page.source.encode()).hexdigest()
    ):
        return render(parse(page.source), page.locale.language_code)
    # Written by `legal_text.render` alone, which escapes every word of the text.
    return Rendered(mark_safe(version.shown_html), mark_safe(version.shown_contents))  # noqa: S308


def _related(page: BylawPage, user: Any) -> list[BylawPage]:
    """Others of the same subject or issuer, those of the same subject first."""
    near = Q(pk=None)
    if page.subject:
        near |= Q(subject=page.subject)
    if page.issuer_id:
        near |= Q(issuer=page.issuer_id)
    others = BylawPage.objects.live().filter(near, locale=page.locale_id).exclude(pk=page.pk)
    same_subject = Q(subject=page.subject) if page.subject else Q(pk=None)
    return list(
        visible_to(others, user)
        .annotate(nearer=same_subject)
        .order_by("-nearer", F("approved_on").desc(nulls_last=True))
        .defer("source")[:RELATED]
    )
