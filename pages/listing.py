"""Pages that stand in an index ا–ی and by year: what the index asks for is kept in columns.

So an index counts and sorts in the database, by what this reader may see, whatever the size of the site.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from intranet.ui.calendar import jalali_year
from intranet.ui.collation import initial, sort_key
from pages.base import IntranetPage

LISTED = ("sort_key", "initial", "year")
PAGE_SIZE = 30


def column_of(title: str) -> str:
    """The title's collation key in hexadecimal: sorts the same under every collation of every database."""
    return sort_key(title).partition("\x00")[0].encode().hex()[:240]


class ListedPage(IntranetPage):
    """A page with its place in the alphabet and its Jalali year."""

    sort_key = models.CharField(max_length=240, editable=False, blank=True, default="", db_index=True)
    initial = models.CharField(max_length=2, editable=False, blank=True, default="")
    year = models.PositiveSmallIntegerField(null=True, editable=False, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the columns of the index as title and date now say."""
        self.sort_key, self.initial = column_of(self.title), initial(self.title)
        date = self.get_date()
        self.year = jalali_year(date) if date else None
        if (update_fields := kwargs.get("update_fields")) is not None and "title" in update_fields:
            kwargs["update_fields"] = [*update_fields, *LISTED]
        super().save(*args, **kwargs)


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what people read, how many there are, and the address that chooses it."""

    label: str
    count: int
    url: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A facet as `components/facet.html` takes it; `all_url` lets the choice go."""

    title: str
    choices: list[Choice]
    all_url: str
    is_chosen: bool


def counted(queryset: QuerySet[Any], field: str) -> dict[Any, int]:
    """How many rows of `queryset` have each value of `field`."""
    rows = queryset.order_by().values(field).annotate(total=Count("pk"))
    return {row[field]: row["total"] for row in rows if row[field] not in (None, "")}


def facet(
    request: HttpRequest, name: str, title: Any, counts: dict[Any, int], labels: Iterable[tuple[Any, Any]]
) -> Facet:
    """The facet of parameter `name`: the values that occur, in the order of `labels`."""
    chosen = request.GET.get(name, "")
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(name, None)
    all_url = f"?{query.urlencode()}"
    found = []
    for value, label in labels:
        if value in counts:
            query[name] = str(value)
            found.append(Choice(str(label), counts[value], f"?{query.urlencode()}", str(value) == chosen))
    return Facet(str(title), found, all_url, bool(chosen))


def years(counts: dict[int, int]) -> list[dict[str, int]]:
    """The years that occur, the latest first, as `components/years.html` takes them."""
    return [{"year": year, "count": counts[year]} for year in sorted(counts, reverse=True)]


def chosen_year(text: str) -> int | None:
    """The year that an address asks for; None when it asks for none that could be."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None
