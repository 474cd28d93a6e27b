"""Deriving a bylaw's version and provisions from its source, in the transaction that publishes the source."""

import datetime
import hashlib
from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents.structure.provisions import ParsedProvision, ParsedText, parse
from intranet.access.actions import CHANGED
from intranet.outbox.actions import publish_many
from pages.bylaws.amendment_actions import note_applied
from pages.bylaws.citing import names
from pages.bylaws.derivation import State, states
from pages.bylaws.links import found_in, links_of
from pages.bylaws.models import BylawPage, BylawVersion, Citation, Provision
from pages.legal_text import Mark, render


def derive_version(page: BylawPage) -> BylawVersion | None:
    """Add the version that the published `page` now is, when its text changed or an erratum was added.

    Call it in the transaction that saves the live row: text, version, provisions and the row by which search and
    the PDF hear of them then stand or fall together. Returns the new version, or None when nothing changed.
    """
    digest = hashlib.sha256(page.source.encode()).hexdigest()
    with transaction.atomic():
        last = page.versions.order_by("-number").defer("source", "html", "contents").first()
        said = page.versions.exclude(erratum="").order_by("-number").values_list("erratum", flat=True).first()
        noted = bool(page.erratum) and page.erratum != said
        if last is not None and last.source_sha256 == digest and not noted:
            return None
        version = BylawVersion(
            bylaw=page,
            number=last.number + 1 if last else 1,
            valid_from=_first_day(page, last),
            source=page.source,
            source_sha256=digest,
            erratum=page.erratum if noted else "",
            is_correction=noted and not _has_own_day(page, last),
        )
        note_applied(version, _fill(version, last))
        return version


def _first_day(page: BylawPage, last: BylawVersion | None) -> datetime.date:
    """From when the text of `page` holds: never before the version that it follows, so the past stays as it was."""
    today = timezone.localdate()
    begins = page.in_force_from or page.approved_on or today
    if last is None:
        return page.text_from or begins
    if page.text_from and _has_own_day(page, last):
        return page.text_from
    return max(today, begins, last.valid_from)


def _has_own_day(page: BylawPage, last: BylawVersion | None) -> bool:
    """Whether the text is amended from a day that its editor named, rather than corrected."""
    return last is not None and page.text_from is not None and page.text_from > last.valid_from


def _fill(version: BylawVersion, last: BylawVersion | None) -> ParsedText:
    """Save the version with all that follows from its source and from the version before it; its text parsed."""
    language = version.bylaw.locale.language_code
    parsed = parse(version.source)
    earlier = None
    if last is not None:
        rows = last.provisions.only("version_id", "eid", "heading", "text", "status", "since", "changed_on")
        earlier = {row.eid: row for row in rows}
    found = states(parsed, earlier, version.valid_from, only_corrected=version.is_correction)
    marks = {eid: Mark(state.status, state.changed_on) for eid, state in found.items()}
    cited = found_in(parsed)
    rendered = render(parsed, language, marks, names(parsed.provisions, language), links_of(cited))
    version.preamble, version.html, version.contents = parsed.preamble, rendered.html, rendered.contents
    version.save()
    _add_provisions(version, parsed.provisions, found)
    for citation in cited:
        citation.version = version
    Citation.objects.bulk_create(cited)
    return parsed


def derive_again(page: BylawPage) -> int:
    """Derive all versions of `page` anew from their own sources, oldest first; returns how many.

    For after a change of the parser or of the way of showing. Search and PDF hear of it.
    """
    with transaction.atomic():
        last = None
        versions = list(page.versions.order_by("number"))
        Provision.objects.filter(version__bylaw=page).delete()
        Citation.objects.filter(version__bylaw=page).delete()
        for version in versions:
            _fill(version, last)
            last = version
        publish_many(CHANGED, [f"page:{page.pk}"])
    return len(versions)


def tell_of_todays_status() -> None:
    """Have search read again the texts that came into force, changed or were repealed these days.

    No edit announces that. The clock calls it a few times a day; three days are looked back, should it have stood
    still.
    """
    today = timezone.localdate()
    days = (today - timedelta(days=3), today)
    begun = BylawVersion.objects.filter(valid_from__range=days).values("bylaw")
    pages = BylawPage.objects.filter(live=True).filter(
        Q(repealed_on__range=days)
        | Q(in_force_from__range=days)
        | Q(in_force_from=None, approved_on__range=days)
        | Q(pk__in=begun)
    )
    publish_many(CHANGED, [f"page:{pk}" for pk in pages.values_list("pk", flat=True)])


def _add_provisions(version: BylawVersion, parsed: list[ParsedProvision], found: dict[str, State]) -> None:
    """Write the tree a level at a time, since a row needs its parent's key."""
    children: dict[str | None, list[ParsedProvision]] = defaultdict(list)
    for provision in parsed:
        children[provision.parent].append(provision)
    rows: dict[str | None, Provision | None] = {None: None}
    level = children[None]
    while level:
        made = Provision.objects.bulk_create(
            Provision(
                version=version,
                parent=rows[each.parent],
                order=each.order,
                eid=each.eid,
                kind=each.kind,
                num=each.num[:60],
                number=each.number[:60],
                heading=each.heading[:300],
                text=each.text,
                note=each.note,
                status=found[each.eid].status,
                since=found[each.eid].since,
                changed_on=found[each.eid].changed_on,
            )
            for each in level
        )
        rows.update({each.eid: row for each, row in zip(level, made, strict=True)})
        level = [child for each in level for child in children[each.eid]]
