"""A version of a bylaw as Akoma Ntoso, for programs and archives."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from documents.structure.akoma_ntoso.model import Event, Part, Text, Work
from documents.structure.akoma_ntoso.writing import write
from documents.structure.provisions import parse
from intranet.ui.numerals import localized
from pages.bylaws.comparing import provisions_of
from pages.bylaws.models import Amendment, BylawPage, BylawVersion, Citation

#: Languages of texts as ISO 639-2 names them.
LANGUAGES = {"fa": "fas", "en": "eng"}


def akoma_ntoso(page: BylawPage, version: BylawVersion, versions: Sequence[Any]) -> bytes:
    """The document of `version`, one of all the `versions` of `page` as `versions_of` gives them. Four queries."""
    return write(text_of(page, version, versions))


def text_of(page: BylawPage, version: BylawVersion, versions: Sequence[Any]) -> Text:
    """What the document of `version` says."""
    whole = BylawVersion.objects.only("source", "preamble", "published_at").get(pk=version.pk)
    language = page.locale.language_code
    with translation.override(language):
        publisher, events = _("NGO Support Headquarters"), _events(page, version, versions)
    return Text(
        work=Work(
            subtype=page.bylaw_kind,
            day=page.approved_on or versions[-1].valid_from,
            number=page.number or f"page-{page.pk}",
            title=page.title,
            author=page.issuer.name if page.issuer else "",
        ),
        language=LANGUAGES.get(language, "und"),
        version=version.number,
        valid_from=version.valid_from,
        published_on=timezone.localdate(whole.published_at),
        publisher=publisher,
        parts=_parts(version),
        preamble=whole.preamble,
        closing=parse(whole.source).closing,
        events=events,
        refs=_refs(version),
    )


def _parts(version: BylawVersion) -> list[Part]:
    [rows] = provisions_of(version)
    eids = {row.pk: row.eid for row in rows}
    return [
        Part(
            row.eid, row.kind, row.num, row.number, row.heading, row.text, row.note, eids.get(row.parent_id or 0),
            row.status, row.since, row.changed_on,
        )
        for row in rows
    ]  # fmt: skip


def _refs(version: BylawVersion) -> dict[str, list[tuple[int, int, str]]]:
    """Where the text names its own provisions; other works are named by their words alone."""
    refs = defaultdict(list)
    for each in Citation.objects.filter(version=version, work="").order_by("eid", "start"):
        refs[each.eid].append((each.start, each.end, each.target))
    return dict(refs)


def _events(page: BylawPage, version: BylawVersion, versions: Sequence[Any]) -> list[Event]:
    """What made and changed the text until this version, and its repeal."""
    by: dict[int, list[str]] = defaultdict(list)
    for number, title in Amendment.objects.filter(version__in=[each.pk for each in versions]).values_list(
        "version__number", "title"
    ):
        if title not in by[number]:
            by[number].append(title)
    earlier = [each for each in reversed(versions) if each.number <= version.number]
    events = [Event(earlier[0].valid_from, "generation")]
    events += [
        Event(
            each.valid_from,
            "amendment",
            "، ".join(by[each.number]) or f"{_('version')} {localized(each.number)}",
        )
        for each in earlier[1:]
        if not each.is_correction
    ]
    if page.repealed_on:
        events.append(Event(page.repealed_on, "repeal", str(Amendment.Verb.REPEAL.label)))
    return events
