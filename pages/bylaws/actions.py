"""Deriving a bylaw's version and provisions from its source, in the transaction that publishes the source."""

import hashlib
from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents.structure.provisions import ParsedProvision, parse
from intranet.access.actions import CHANGED
from intranet.outbox.actions import publish_many
from pages.bylaws.models import BylawPage, BylawVersion, Provision
from pages.legal_text import render


def derive_version(page: BylawPage) -> BylawVersion | None:
    """Add the version that the published `page` now is, when its text changed or an erratum was added.

    Call it in the transaction that saves the live row: text, version, provisions and the row by which search and
    the PDF hear of them then stand or fall together. Returns the new version, or None when nothing changed.
    """
    digest = hashlib.sha256(page.source.encode()).hexdigest()
    with transaction.atomic():
        last = page.versions.order_by("-number").defer("source", "html", "contents").first()
        noted = bool(page.erratum) and (last is None or page.erratum != last.erratum)
        if last is not None and last.source_sha256 == digest and not noted:
            return None
        parsed = parse(page.source)
        rendered = render(parsed, page.locale.language_code)
        today = timezone.localdate()
        first_day = page.in_force_from or page.approved_on or today
        version = BylawVersion.objects.create(
            bylaw=page,
            number=last.number + 1 if last else 1,
            valid_from=first_day if last is None else max(today, first_day),
            source=page.source,
            source_sha256=digest,
            erratum=page.erratum if noted else "",
            preamble=parsed.preamble,
            html=rendered.html,
            contents=rendered.contents,
        )
        _add_provisions(version, parsed.provisions)
        return version


def tell_of_todays_status() -> None:
    """Have search read again the texts that came into force or were repealed these days: no edit announces that.

    The clock calls it a few times a day; three days are looked back, should it have stood still.
    """
    today = timezone.localdate()
    days = (today - timedelta(days=3), today)
    pages = BylawPage.objects.filter(live=True).filter(
        Q(repealed_on__range=days)
        | Q(in_force_from__range=days)
        | Q(in_force_from=None, approved_on__range=days)
    )
    publish_many(CHANGED, [f"page:{pk}" for pk in pages.values_list("pk", flat=True)])


def _add_provisions(version: BylawVersion, parsed: list[ParsedProvision]) -> None:
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
                heading=each.heading[:300],
                text=each.text,
                note=each.note,
                status=each.status,
            )
            for each in level
        )
        rows.update({each.eid: row for each, row in zip(level, made, strict=True)})
        level = [child for each in level for child in children[each.eid]]


def rerender(version: BylawVersion) -> None:
    """Make a version's HTML again from its own source, after the way of showing has changed."""
    rendered = render(parse(version.source), version.bylaw.locale.language_code)
    version.html, version.contents = rendered.html, rendered.contents
    version.save(update_fields=["html", "contents"])
