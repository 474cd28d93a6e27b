"""A bylaw as it is read: the text that holds today, or on another day, with what stands beside it."""

import datetime
import hashlib
from typing import Any

from django.db.models import Case, F, Q, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.safestring import mark_safe

from documents.structure.provisions import parse
from intranet.access.queries import visible_to
from intranet.ui.templatetags.persian import jalali_ascii
from pages.bylaws import citing
from pages.bylaws.forms import DayForm
from pages.bylaws.models import BylawPage, BylawVersion, version_on
from pages.keeping import lazily
from pages.legal_text import Rendered, at, render

RELATED = 5
SHOWN = (
    "text", "versions", "current", "next_version", "old_version", "as_of", "status", "issuer", "related", "today",
    "cited_work", "xml_way",
)  # fmt: skip


def reading_of_bylaw(page: BylawPage, request: HttpRequest) -> dict[str, Any]:
    """The text of the version asked for (`?version=`), of today, or of the draft in a preview.

    The present text is asked for by its template only, which keeps what it makes of it.
    """
    draft = getattr(request, "is_preview", False)
    asked = request.GET.get("version", "")
    if draft or asked:
        text = read(page, request, asked=asked, draft=draft)
    else:
        text = lazily(lambda: read(page, request), SHOWN)
    return {**text, "day_form": DayForm()}


def read(
    page: BylawPage,
    request: HttpRequest,
    *,
    asked: str = "",
    as_of: datetime.date | None = None,
    draft: bool = False,
) -> dict[str, Any]:
    """What `bylaw_page.html` shows, with the version numbered `asked`, that of the day `as_of`, or today's.

    Raises `Http404` when there is no such version.
    """
    today = timezone.localdate()
    versions = versions_of(
        page,
        Q(number=asked)
        if asked.isascii() and asked.isdigit() and len(asked) < 5
        else _held(page, as_of or today),
    )
    current: Any = version_on(versions, today)
    chosen = current
    if asked:
        chosen = next((each for each in versions if str(each.number) == asked), None)
    elif as_of:
        chosen = next((each for each in versions if each.valid_from <= as_of), None)
    if (asked or as_of) and chosen is None:
        raise Http404
    issuer = getattr(current, "issuer_name", "") if current and not draft else str(page.issuer or "")
    return {
        "text": _text_of(page, chosen, page.get_url(request) or "", draft=draft),
        "versions": versions,
        "current": current,
        "next_version": next((each for each in reversed(versions) if each.valid_from > today), None),
        "old_version": chosen if chosen != current else None,
        "as_of": as_of,
        "xml_way": _way_to_xml(chosen if chosen != current else None),
        "status": page.status,
        "issuer": issuer,
        "related": _related(page, request.user),
        "today": today,
        "cited_work": citing.work(
            page.title, page.approved_on, current.language if current else page.locale.language_code
        ),
    }


def way_to_day(day: datetime.date) -> str:
    """The last part of the address of a text on a day: `@1390-05-01/`."""
    return f"@{jalali_ascii(day)}/"


def _way_to_xml(version: Any | None) -> str:
    """The last part of the address of a text's XML: of `version`, or of the present text."""
    way, question, number = version.way.partition("?") if version else ("", "", "")
    return f"{way}akn.xml{question}{number}"


def _held(page: BylawPage, day: datetime.date) -> Q:
    """The version of `day`, or the first when none holds yet: the twin of `version_on`."""
    own = BylawVersion.objects.filter(bylaw=page.pk)
    held = own.filter(valid_from__lte=day).order_by("-number").values("pk")[:1]
    return Q(pk=Coalesce(Subquery(held), Subquery(own.order_by("number").values("pk")[:1])))


def versions_of(page: BylawPage, shown: Q | None = None) -> list[Any]:
    """All versions, the latest first; only those that are `shown` come with their HTML. One query.

    Each has the `issuer_name`, the `language` of the text, and its `way` from the page's address: its first day's,
    unless a correction took its place from that day on.
    """
    versions: list[Any] = list(
        BylawVersion.objects.filter(bylaw=page.pk)
        .order_by("-number")
        .only("number", "valid_from", "erratum", "is_correction", "bylaw_id", "source_sha256")
        .annotate(
            issuer_name=F("bylaw__issuer__name"),
            language=F("bylaw__locale__language_code"),
            **({} if shown is None else _texts(shown)),
        )
    )
    for version, later in zip(versions, [None, *versions], strict=False):
        replaced = later is not None and later.valid_from == version.valid_from
        version.way = f"?version={version.number}" if replaced else way_to_day(version.valid_from)
    return versions


def _texts(shown: Q) -> dict[str, Case]:
    """The two long columns, of those that are `shown` only."""
    return {
        f"shown_{name}": Case(When(shown, then=name), default=Value(""), output_field=TextField())
        for name in ("html", "contents")
    }


def _text_of(page: BylawPage, version: Any | None, base: str, *, draft: bool) -> Rendered:
    """The HTML kept with a version; made afresh for a draft whose text is no version yet."""
    if version is None or (
        draft and version.source_sha256 != hashlib.sha256(page.source.encode()).hexdigest()
    ):
        return render(parse(page.source), page.locale.language_code)
    html, contents = version.shown_html, version.shown_contents
    # Written by `legal_text.render` alone, which escapes every word of the text.
    return Rendered(mark_safe(at(html, base)), mark_safe(contents))  # noqa: S308


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
