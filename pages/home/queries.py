"""What the front page shows, by who reads it."""

import datetime as dt
from itertools import chain
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from intranet.access.queries import visible_to
from intranet.accounts.roles import NGO_PEOPLE, Role, has_role, roles_of
from organizations.queries import districts_of, organizations_of
from pages.bylaws.models import BylawPage
from pages.districts.models import DistrictPage
from pages.meetings.models import MeetingPage
from pages.members.models import MemberPage
from pages.memoranda.models import MemorandumPage
from pages.news.models import NewsPage
from workflows.queries import queue_of

SHOWN = 5


def _latest(pages: Any, user: Any, date: str) -> QuerySet[Any]:
    """The newest pages that `user` may read, without their long texts."""
    visible: QuerySet[Any] = visible_to(pages.live(), user).exclude(**{date: None})
    return visible.order_by(f"-{date}", "-pk")[:SHOWN]


def latest_decisions(user: Any) -> list[Any]:
    """The newest bylaws and memoranda together, the latest first."""
    bylaws = _latest(BylawPage.objects.defer("source"), user, "approved_on")
    memoranda = _latest(MemorandumPage.objects.defer("source", "aims"), user, "signed_on")
    return sorted(chain(bylaws, memoranda), key=lambda page: page.get_date() or dt.date.min, reverse=True)[
        :SHOWN
    ]


def counts(user: Any) -> dict[str, int]:
    """How many published pages of each model `user` may read, by the model's name: one query."""
    rows = visible_to(Page.objects.live(), user).order_by().values_list("content_type__model")
    return dict(rows.annotate(total=Count("pk")))


def queue(user: Any) -> list[dict[str, Any]]:
    """The first steps that wait for the reader: dicts of title, task, since and url."""
    if not user.is_authenticated:
        return []
    return [
        {
            "title": state.revision.object_str,
            "task": state.task.name,
            "since": state.started_at,
            "url": reverse("workflows:review", args=[state.pk]),
        }
        for state in queue_of(user)[:SHOWN]
    ]


def own_pages(user: Any) -> dict[str, Any]:
    """The district pages and the NGO pages that are the reader's own."""
    districts: list[DistrictPage] = []
    members: list[MemberPage] = []
    if has_role(user, Role.DISTRICT_SECRETARY):
        own = DistrictPage.objects.live().filter(district__in=districts_of(user))
        districts = list(visible_to(own, user).defer("body"))
    if roles_of(user) & NGO_PEOPLE:
        theirs = MemberPage.objects.live().filter(organization__in=organizations_of(user))
        members = list(visible_to(theirs, user).defer("body"))
    return {"my_districts": districts, "my_organizations": members}


def district_tiles(user: Any) -> QuerySet[Any]:
    """The district secretariats that `user` may read, by number."""
    districts = visible_to(DistrictPage.objects.live(), user).select_related("district").defer("body")
    return districts.order_by("district__number")


def front_page(request: HttpRequest) -> dict[str, Any]:
    """Everything that the front page's template asks for."""
    user = request.user
    return {
        # The template keeps what follows from these, so they are asked only when it must.
        "decisions": SimpleLazyObject(lambda: latest_decisions(user)),
        "meetings": SimpleLazyObject(
            lambda: _latest(MeetingPage.objects.select_related("body").defer("minutes"), user, "held_on")
        ),
        "news": SimpleLazyObject(lambda: _latest(NewsPage.objects.defer("body"), user, "date")),
        "districts": SimpleLazyObject(lambda: district_tiles(user)),
        "counts": SimpleLazyObject(lambda: counts(user)),
        "queue": queue(user),
        **own_pages(user),
    }
