"""The pages below a bylaw's address. The bylaw itself was opened by the rule of visibility before one is called."""

import datetime
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.encoding import uri_to_iri
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from documents.structure.akoma_ntoso.model import MEDIA_TYPE
from intranet.ui.calendar import gregorian, parse_jalali_date
from intranet.ui.numerals import to_ascii
from intranet.ui.templatetags.persian import jalali
from pages.bylaws import citing
from pages.bylaws.comparing import compared, history, provisions_of
from pages.bylaws.formats import akoma_ntoso
from pages.bylaws.forms import TwoDaysForm
from pages.bylaws.links import both_ends
from pages.bylaws.models import Provision, version_on
from pages.bylaws.reading import read, versions_of, way_to_day
from pages.keeping import keeping

if TYPE_CHECKING:
    from pages.bylaws.models import BylawPage
else:
    BylawPage = Any

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")


def _day(text: str) -> datetime.date:
    """The day that an address names; ValueError, with a sentence for the reader, when there is none."""
    match = _DAY.fullmatch(to_ascii(text))
    if match is None:
        raise ValueError(_("Write the day in the address like @1390-05-01."))
    year, month, day = map(int, match.groups())
    return gregorian(year, month, day)


def present_text(page: BylawPage, request: HttpRequest) -> HttpResponse:
    """The text that holds today; with `?on=` the way to another day's, or why there is none."""
    asked = request.GET.get("on", "").strip()
    if not asked or getattr(request, "is_preview", False):
        response: HttpResponse = page.render(request)
        return response
    try:
        day = parse_jalali_date(asked)
    except ValueError as error:
        return _no_text(page, request, _("There is no such day"), str(error))
    return redirect(f"{page.get_url(request)}{way_to_day(day)}")


def text_on_a_day(page: BylawPage, request: HttpRequest, day: str) -> HttpResponse:
    """The text that held on a Jalali day; 404 with the reason when there is no such day, or no text of it."""
    if page.withdrawn_on:
        return redirect(page.get_url(request))
    try:
        asked = _day(day)
    except ValueError as error:
        return _no_text(page, request, _("There is no such day"), str(error))
    if day != (own := way_to_day(asked).strip("@/")):
        return HttpResponseRedirect(f"{page.get_url(request)}@{own}/")
    try:
        context = read(page, request, as_of=asked)
    except Http404:
        return _no_text(page, request, _("There is no text of %(day)s") % {"day": jalali(asked)}, "")
    kept_as = f"{keeping(request)['kept_as']}@{asked:%Y-%m-%d}"
    response: HttpResponse = page.render(request, context_overrides={**context, "kept_as": kept_as})
    return response


def xml(page: BylawPage, request: HttpRequest, day: str = "") -> HttpResponse:
    """The text that holds on a Jalali day (else today's, or `?version=`) as Akoma Ntoso; 404 when there is none."""
    if page.withdrawn_on:
        return redirect(page.get_url(request))
    versions = versions_of(page)
    asked = request.GET.get("version", "")
    try:
        held = _held(versions, _day(day)) if day else version_on(versions, timezone.localdate())
    except ValueError as error:
        raise Http404 from error
    if asked and not day:
        held = next((each for each in versions if str(each.number) == asked), None)
    if held is None:
        raise Http404
    response = HttpResponse(akoma_ntoso(page, held, versions), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    name = f"{page.slug}-{held.number}.xml"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-cache"
    return response


def _no_text(page: BylawPage, request: HttpRequest, title: str, reason: str) -> TemplateResponse:
    """404 with the `reason`, or without one with the day of the first text."""
    versions = versions_of(page)
    if not reason and versions:
        first = jalali(versions[-1].valid_from)
        reason = _("The first text that is kept here holds from %(day)s.") % {"day": first}
    context = {
        "page": page,
        "title": title,
        "reason": reason,
        "versions": versions,
        "trail": _trail(page, request, title),
    }
    return TemplateResponse(request, "bylaws/no_text.html", context, status=404)


def _trail(page: BylawPage, request: HttpRequest, title: str) -> list[dict[str, str]]:
    """The way to the bylaw, and on to a page below it."""
    way = page.get_trail(request)
    return [*way[:-1], {"title": page.title, "url": page.get_url(request) or ""}, {"title": title, "url": ""}]


def changes(page: BylawPage, request: HttpRequest) -> HttpResponse:
    """What changed between two days; without days, by the last version."""
    if page.withdrawn_on:
        return redirect(page.get_url(request))
    versions = versions_of(page)
    form = TwoDaysForm(request.GET if request.GET.keys() & {"before", "after"} else None, versions=versions)
    context: dict[str, Any] = {
        "form": form,
        "versions": versions,
        "every": request.GET.get("all") == "1",
        "trail": _trail(page, request, _("What changed")),
    }
    if form.days is not None and versions:
        old, new = (_held(versions, day) for day in form.days)
        context |= {"before": form.days[0], "after": form.days[1], "old": old, "new": new}
        if old is not None and new is not None:
            context["edition"] = f"{old.number}-{new.number}"
            before, after = provisions_of(old, new) if old != new else ([], [])
            found = compared(before, after, new.language)
            context["compared"] = (
                found if context["every"] else [each for each in found if each.kind != "same"]
            )
            context["unchanged"] = sum(each.kind == "same" for each in found)
    response: HttpResponse = page.render(request, template="bylaws/changes.html", context_overrides=context)
    return response


def _held(versions: list[Any], day: datetime.date) -> Any | None:
    return next((each for each in versions if each.valid_from <= day), None)


def provision(page: BylawPage, request: HttpRequest, eid: str) -> HttpResponse:
    """One provision with all below it: its words today, how to cite it, and its history."""
    if page.withdrawn_on:
        return redirect(page.get_url(request))
    versions = versions_of(page)
    stages = history(page, eid, versions)
    if not stages:
        raise Http404
    language = versions[0].language
    current: Any = version_on(versions, timezone.localdate())
    held = next((each for each in stages if each.version.number <= current.number), stages[-1])
    latest = held if held.rows else next(each for each in stages if each.rows)
    around = Provision.objects.filter(version=latest.version if held != latest else current)
    named = list(around.only("eid", "kind", "num", "order").order_by("order"))
    called = citing.names(named, language)
    name = called.get(eid) or citing.names(latest.rows, language)[eid]
    cited_work = citing.work(page.title, page.approved_on, language)
    context = {
        "eid": eid,
        "name": name,
        "trail": _trail(page, request, name),
        "rows": [(row, citing.name_of(row, language), "__" in row.eid) for row in latest.rows],
        "state": latest.rows[0],
        "is_gone": not held.rows,
        "stages": stages,
        "citation": citing.citation(name, cited_work, language),
        "permalink": uri_to_iri(urljoin(settings.SITE_URL, f"{page.get_url(request)}{eid}/")),
        "ends": both_ends(page, eid, request, called),
        **_neighbours(named, eid, language),
    }
    response: HttpResponse = page.render(request, template="bylaws/provision.html", context_overrides=context)
    return response


def _neighbours(around: list[Provision], eid: str, language: str) -> dict[str, Any]:
    """The provisions of the same kind before and after this one, wherever they stand."""
    own = next((each for each in around if each.eid == eid), None)
    alike = [each for each in around if own is not None and each.kind == own.kind]
    place = next((number for number, each in enumerate(alike) if each.eid == eid), None)
    if place is None:
        return {}
    called = citing.names(around, language)
    near = {"previous": place - 1, "next": place + 1}
    return {
        name: {"eid": alike[number].eid, "name": called[alike[number].eid]}
        for name, number in near.items()
        if 0 <= number < len(alike)
    }
