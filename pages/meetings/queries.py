"""What the pages of meetings show, by what their reader may see."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from intranet.access.queries import visible, visible_to
from organizations.models import Body
from pages.listing import PAGE_SIZE, chosen_year, counted, facet, years
from pages.meetings.models import Attendance, MeetingIndexPage, MeetingPage, Resolution

REGISTER_PAGE_SIZE = 50
NEWEST_FIRST = (F("held_on").desc(nulls_last=True), "-pk")


def _bodies(pks: Iterable[int]) -> list[tuple[int, str]]:
    return list(Body.objects.filter(pk__in=pks).order_by("name").values_list("pk", "name"))


def _asked(request: HttpRequest) -> tuple[int | None, str]:
    """The year and the body that the address asks for."""
    body = request.GET.get("body", "")
    return chosen_year(request.GET.get("year", "")), body if body.isascii() and body.isdigit() else ""


def index_of_meetings(index: MeetingIndexPage, request: HttpRequest) -> dict[str, Any]:
    """One page of the meetings, newest first; each facet counts within the other."""
    meetings = visible_to(MeetingPage.objects.child_of(index).live(), request.user)
    year, body = _asked(request)

    def filtered(*, but: str = "") -> QuerySet[MeetingPage]:
        found = meetings
        if year and but != "year":
            found = found.filter(year=year)
        if body and but != "body":
            found = found.filter(body=body)
        return found

    found = filtered().select_related("body").defer("minutes").order_by(*NEWEST_FIRST)
    bodies = counted(filtered(but="body"), "body")
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    pks = [meeting.pk for meeting in page]
    totals = dict(
        Resolution.objects.filter(meeting__in=pks)
        .order_by()
        .values_list("meeting")
        .annotate(total=Count("pk"))
    )
    for meeting in page:
        meeting.resolution_total = totals.get(meeting.pk, 0)
    return {
        "meetings": page,
        "facets": [facet(request, "body", _("By body"), bodies, _bodies(bodies))],
        "years": years(counted(filtered(but="year"), "year")),
        "chosen": {"year": year},
        "filtering": bool(year or body),
        "register_url": index.get_url(request) + index.reverse_subpage("resolutions"),
    }


def register_of_resolutions(index: MeetingIndexPage, request: HttpRequest) -> dict[str, Any]:
    """One page of the resolutions of the meetings that this reader may see, newest first."""
    resolutions = Resolution.objects.filter(
        visible(MeetingPage, request.user, path="meeting_id"),
        meeting__live=True,
        meeting__withdrawn_on=None,
        meeting__path__startswith=index.path,
    )
    year, body = _asked(request)
    outcome = request.GET.get("outcome", "")

    def filtered(*, but: str = "") -> QuerySet[Resolution]:
        found = resolutions
        if year and but != "year":
            found = found.filter(meeting__year=year)
        if body and but != "body":
            found = found.filter(meeting__body=body)
        if outcome and but != "outcome":
            found = found.filter(outcome=outcome)
        return found

    found = (
        filtered()
        .select_related("meeting__body")
        .defer("meeting__minutes")
        .order_by(F("meeting__held_on").desc(nulls_last=True), "meeting_id", "sort_order", "pk")
    )
    bodies = counted(filtered(but="body"), "meeting__body")
    outcomes = counted(filtered(but="outcome"), "outcome")
    return {
        "resolutions": Paginator(found, REGISTER_PAGE_SIZE).get_page(request.GET.get("page")),
        "facets": [
            facet(request, "body", _("By body"), bodies, _bodies(bodies)),
            facet(request, "outcome", _("By outcome"), outcomes, Resolution.Outcome.choices),
        ],
        "years": years(counted(filtered(but="year"), "meeting__year")),
        "chosen": {"year": year},
        "filtering": bool(year or body or outcome),
        "index_url": index.get_url(request),
        "trail": [
            *index.get_trail(request)[:-1],
            {"title": index.title, "url": index.get_url(request)},
            {"title": _("Register of resolutions"), "url": ""},
        ],
    }


def reading_of_meeting(page: MeetingPage, request: HttpRequest) -> dict[str, Any]:
    """Attendance by presence, agenda, resolutions, and the sessions of the body before and after this one."""
    attendances = list(page.attendances.all())
    present = (Attendance.Presence.PRESENT, Attendance.Presence.GUEST)
    return {
        "attendances": attendances,
        "present_total": sum(each.presence in present for each in attendances),
        "agenda": list(page.agenda_items.all()),
        "resolutions": list(page.resolutions.all()),
        "neighbours": _neighbours(page, request.user),
    }


def _neighbours(page: MeetingPage, user: Any) -> list[MeetingPage]:
    """The body's meeting before this one and the one after it, as far as this reader may see them."""
    if not page.body_id or not page.held_on:
        return []
    others = visible_to(MeetingPage.objects.live().filter(body=page.body_id, locale=page.locale_id), user)
    others = others.exclude(pk=page.pk).defer("minutes")
    before = others.filter(held_on__lte=page.held_on).order_by("-held_on", "-pk")[:1]
    after = others.filter(Q(held_on__gt=page.held_on)).order_by("held_on", "pk")[:1]
    return [*before, *after]
