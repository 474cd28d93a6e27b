"""What the index of bylaws shows, by what its reader may see."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.queries import visible_to
from intranet.ui.collation import ALPHABET, LATIN_ALPHABET, OTHER_INITIAL
from pages.bylaws.models import BylawIndexPage, BylawPage
from pages.keeping import lazily
from pages.listing import PAGE_SIZE, chosen_year, counted, facet, years

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
