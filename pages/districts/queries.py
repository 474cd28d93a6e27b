"""What the pages of districts show, by what their reader may see."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest

from intranet.access.queries import visible_to
from intranet.ui.collation import sort_key
from pages.bylaws.models import BylawPage
from pages.districts.models import DistrictIndexPage, DistrictPage
from pages.keeping import lazily
from pages.meetings.models import MeetingPage
from pages.members.models import MemberPage
from pages.news.models import NewsPage

MOST = 5
SHOWN = ("neighbourhoods", "members", "bylaws", "meetings", "news", "priorities")


def secretariats(index: DistrictIndexPage, request: HttpRequest) -> dict[str, Any]:
    """The secretariats by number, each with how many neighbourhoods it serves."""
    visible = visible_to(DistrictPage.objects.child_of(index).live(), request.user)
    return {
        "secretariats": visible.select_related("district")
        .defer("body")
        .annotate(neighbourhoods=Count("district__neighbourhoods"))
        .order_by("district__number")
    }


def secretariat(page: DistrictPage, request: HttpRequest) -> dict[str, Any]:
    """What the page shows; asked for by its template only, which keeps what it makes of it."""
    return lazily(lambda: _secretariat(page, request), SHOWN)


def _secretariat(page: DistrictPage, request: HttpRequest) -> dict[str, Any]:
    """The district's neighbourhoods ا–ی, the pages of its NGOs that are open to the reader, and what is new in it."""
    user, district = request.user, page.district
    bylaws = BylawPage.objects.filter(district=district, live=True).defer("source")
    meetings = MeetingPage.objects.filter(body__district=district, live=True).defer("minutes")
    news = NewsPage.objects.filter(district=district, live=True).defer("body")
    members = MemberPage.objects.filter(organization__district=district, live=True).defer("body")
    return {
        "neighbourhoods": sorted(district.neighbourhoods.values_list("name", flat=True), key=sort_key),
        "members": sorted(visible_to(members, user), key=lambda member: sort_key(member.title)),
        "bylaws": visible_to(bylaws, user).order_by("-approved_on", "-pk")[:MOST],
        "meetings": visible_to(meetings, user).order_by("-held_on", "-pk")[:MOST],
        "news": visible_to(news, user).order_by("-date", "-pk")[:MOST],
        "priorities": [line.strip() for line in page.priorities.splitlines() if line.strip()],
    }
