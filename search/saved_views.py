"""A person's saved searches: the page, what is done there, and the feeds."""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import feedgenerator, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from intranet.accounts.api import too_many
from intranet.accounts.limits import Rate, wait_of
from search import highlights, saving
from search.addresses import chips
from search.api import down
from search.engines.base import EngineDown
from search.hits import Hit
from search.models import SavedSearch
from search.narrowing import NEWEST, narrow_by
from search.queries import search
from search.query import parse

FEED_LENGTH = 30
FEED_RATE = Rate(20)


def _shown(saved: SavedSearch) -> dict[str, Any]:
    narrowing = narrow_by(saved.filters)
    return {
        "saved": saved,
        "address": f"{reverse('search')}?{saved.query_string}",
        "chips": [chip.label for chip in chips(parse(saved.text), narrowing, {})],
    }


def _page(request: HttpRequest, **more: Any) -> HttpResponse:
    rows = [_shown(saved) for saved in saving.mine(request.user)]
    return render(request, "search/saved.html", {"rows": rows, **more})


@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My saved searches."""
    context: dict[str, Any] = {}
    deleted = request.GET.get("deleted", "")
    if deleted.isascii() and deleted.isdigit() and len(deleted) < 15:
        context["deleted"] = SavedSearch.objects.filter(
            user=request.user.pk, pk=int(deleted), deleted_at__isnull=False
        ).first()
    return _page(request, new=request.GET.get("new", ""), **context)


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the search of the page of results."""
    try:
        saved = saving.save(request.user, request.POST)
    except saving.TooManyError:
        messages.error(request, _("You keep too many searches. Delete one that you no longer need."))
        return redirect("search_saved")
    if saved is None:
        messages.error(request, _("There is nothing to save yet: ask something first."))
        return redirect("search")
    return redirect(f"{reverse('search_saved')}?new={saved.pk}#saved-{saved.pk}")


@never_cache
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what the button says to one of mine."""
    saved = get_object_or_404(SavedSearch.objects.select_related("user"), pk=pk, user=request.user.pk)
    act = request.POST.get("act", "")
    if act == "restore":
        saving.restore(saved)
    elif saved.deleted_at:
        raise Http404
    elif act == "rename":
        if not saving.rename(saved, request.POST.get("name", "")):
            messages.error(request, _("A saved search needs a name."))
    elif act in {"mail", "no-mail"}:
        saving.tell_by_mail(saved, daily=act == "mail")
        if act == "mail" and not saved.user.email:
            messages.warning(request, _("Your account has no e-mail address; the notices are on your desk."))
    elif act == "feed":
        address = request.build_absolute_uri(reverse("search_feed", args=[saving.open_feed(saved)]))
        return _page(request, feed=address, feed_of=saved)
    elif act == "end-feed":
        saving.close_feed(saved)
    elif act == "delete":
        saving.delete(saved)
        return redirect(f"{reverse('search_saved')}?deleted={saved.pk}")
    else:
        return HttpResponse(status=400)
    return redirect(f"{reverse('search_saved')}#saved-{saved.pk}")


def _moment(hit: Hit) -> datetime.datetime | None:
    return timezone.make_aware(datetime.datetime.combine(hit.day, datetime.time(12))) if hit.day else None


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The newest of what a saved search finds, as its person sees it now; a feed reader cannot sign in."""
    saved = saving.of_feed(secret)
    # Guesses share one count: nobody guesses 256 bits, but everybody may try.
    if wait := wait_of("feed", saved.feed_digest or "" if saved else "", FEED_RATE):
        return too_many(wait)
    if saved is None:
        raise Http404
    filters = saved.filters.copy()
    filters["sort"] = NEWEST
    try:
        found = search(saved.text, saved.user, narrow_by(filters), size=FEED_LENGTH)
    except EngineDown:
        return down()
    site = request.build_absolute_uri("/").rstrip("/")
    made = feedgenerator.Atom1Feed(
        title=saved.name,
        link=f"{site}{reverse('search')}?{saved.query_string}",
        description=_("What a saved search finds, the newest first."),
        language=get_language(),
        feed_url="",  # the secret does not stand in what is passed on
        feed_guid=f"{site}/search/saved/{saved.pk}",
    )
    for hit in found.hits:
        made.add_item(
            title=hit.object_title,
            link=f"{site}{hit.url}",
            description=highlights.to_text(hit.pieces).strip(),
            unique_id=f"{site}/#{hit.candidate.object_uid}",
            pubdate=_moment(hit),
            updateddate=_moment(hit),
            categories=[hit.kind_label],
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(response, "utf-8")
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
