"""What the newsroom shows, by what its reader may see."""

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest

from intranet.access.queries import visible_to
from intranet.ui.calendar import FIRST_YEAR, LAST_YEAR, jalali_year, year_bounds
from intranet.ui.numerals import to_ascii
from pages.news.models import NewsIndexPage, NewsPage

PAGE_SIZE = 12
BESIDE = 4


def _asked_year(text: str) -> int | None:
    """The Jalali year that the address asks for; None when it asks for none that could be."""
    digits = to_ascii(text)
    year = int(digits) if digits.isdecimal() and len(digits) == 4 else 0
    return year if FIRST_YEAR <= year < LAST_YEAR else None


def newsroom(index: NewsIndexPage, request: HttpRequest) -> dict[str, Any]:
    """One page of the news, newest first, and how many each Jalali year has."""
    visible = visible_to(NewsPage.objects.child_of(index).live(), request.user)
    counts = Counter(jalali_year(day) for day in visible.exclude(date=None).values_list("date", flat=True))
    year = _asked_year(request.GET.get("year", ""))
    chosen = visible.filter(date__range=year_bounds(year)) if year else visible
    ordered = chosen.defer("body").select_related("district").order_by(F("date").desc(nulls_last=True), "-pk")
    return {
        "news": Paginator(ordered, PAGE_SIZE).get_page(to_ascii(request.GET.get("page", "1"))),
        "years": [{"year": each, "count": counts[each]} for each in sorted(counts, reverse=True)],
        "year": year,
    }


def beside(page: NewsPage, request: HttpRequest) -> dict[str, Any]:
    """The newest news of the same room, this one left out."""
    others = NewsPage.objects.sibling_of(page, inclusive=False).live().exclude(date=None)
    return {"others": visible_to(others, request.user).defer("body").order_by("-date", "-pk")[:BESIDE]}
