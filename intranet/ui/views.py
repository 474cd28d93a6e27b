"""The style guide: every component on one page."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .collation import ALPHABET, grouped_by_initial
from .icons import ICONS
from .style_guide import SampleForm


@dataclass(frozen=True)
class _Link:
    title: str
    url: str = "#"


_NAMES = (
    "آوای شهر",
    "ارمغان سبز",
    "باران مهر",
    "پیوند محله",
    "چراغ دانش",
    "ژرفای نیک",
    "گام نو",
    "یاران زمین",
)


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Show every component; to staff only, or to everybody while developing."""
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404
    today = dt.date(2026, 11, 21)
    return render(
        request,
        "ui/style_guide.html",
        {
            "day": today,
            "moment": dt.datetime(2026, 11, 21, 6, 35, tzinfo=dt.UTC),
            "icons": sorted(ICONS),
            "form": SampleForm(),
            "invalid_form": SampleForm({"title": "", "day": "۱۴۰۲/۱۲/۳۰"}, auto_id="invalid-%s"),
            "letters": [{"letter": each, "count": i % 4, "url": "#"} for i, each in enumerate(ALPHABET)],
            "groups": grouped_by_initial([_Link(name) for name in _NAMES], name=lambda link: link.title),
            "years": [{"year": 1405 - i, "count": 3 + 5 * i} for i in range(6)],
            "page": Paginator(range(200), 10).page(4),
        },
    )
