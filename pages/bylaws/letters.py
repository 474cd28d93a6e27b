"""How a bylaw is written on paper: the text that holds today, another version, or what two versions differ in."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from documents.pdf import Attached, Letter, Signature, address_of
from documents.structure.provisions import parse
from documents.verification import Standing, Status
from intranet.ui.numerals import localized
from intranet.ui.templatetags.persian import jalali
from pages.bylaws.comparing import compared, provisions_of
from pages.bylaws.formats import akoma_ntoso
from pages.bylaws.models import BylawPage, BylawVersion, version_on
from pages.bylaws.reading import versions_of
from pages.legal_text import at, render


def letter_of_bylaw(page: BylawPage) -> Letter | None:
    """The text that holds today with its issuer, dates and version; None when it was withdrawn."""
    if page.withdrawn_on:
        return None
    versions = versions_of(page)
    if version := version_on(versions, timezone.localdate()):
        return _letter_of_version(page, version, versions)
    return letter_of_draft(page)


def letter_of_draft(page: BylawPage) -> Letter | None:
    """The text that a revision of the page has, which is no version yet; None when it was withdrawn."""
    if page.withdrawn_on:
        return None
    html = render(parse(page.source), page.locale.language_code).html
    return _letter(page, render_to_string("pdf/bylaw.html", {"page": page, "html": html}))


def letter_of_edition(page: BylawPage, edition: str) -> Letter | None:
    """The text of a version (`"2"`), or what changed from one to a later (`"1-2"`); None when there is none."""
    if page.withdrawn_on:
        return None
    versions = versions_of(page)
    numbered = {str(version.number): version for version in versions}
    old, _dash, new = edition.partition("-")
    if old not in numbered or (new and (new not in numbered or int(old) >= int(new))):
        return None
    if new:
        return _redline(page, numbered[old], numbered[new])
    return _letter_of_version(page, numbered[old], versions)


def _letter(page: BylawPage, body: SafeString) -> Letter:
    with translation.override(page.locale.language_code):
        facts = [
            (_("Issuer"), page.issuer.name if page.issuer else ""),
            (_("Approved on"), jalali(page.approved_on)),
            (_("In force from"), jalali(page.in_force_from)),
            (_("Repealed on"), jalali(page.repealed_on)),
        ]
        return Letter(
            title=page.title,
            kind=page.get_bylaw_kind_display(),
            language=page.locale.language_code,
            body=body,
            address=address_of(page),
            number=page.number,
            date=page.approved_on,
            notice=page.erratum,
            facts=[(label, str(value)) for label, value in facts if value],
            signatures=[
                Signature(_("Chair"), page.issuer.name if page.issuer else ""),
                Signature(_("Secretary of the headquarters"), _("NGO Support Headquarters")),
            ],
        )


def _letter_of_version(page: BylawPage, version: Any, versions: Sequence[Any]) -> Letter:
    html = BylawVersion.objects.values_list("html", flat=True).get(pk=version.pk)
    html = mark_safe(at(html, address_of(page)))  # noqa: S308 - written by legal_text only
    letter = _letter(page, render_to_string("pdf/bylaw.html", {"page": page, "html": html}))
    with translation.override(letter.language):
        return replace(
            letter,
            edition=localized(version.number),
            key=str(version.number),
            notice=version.erratum,
            standing=_standing(version, versions),
            attached=partial(_source, page, version, versions),
        )


def _source(page: BylawPage, version: Any, versions: Sequence[Any]) -> list[Attached]:
    """The text for programs, within the PDF."""
    name = f"{page.bylaw_kind}-{page.pk}-{version.number}.xml"
    return [Attached(name, "Akoma Ntoso", akoma_ntoso(page, version, versions))]


def _standing(version: Any, versions: Sequence[Any]) -> str:
    """From when until when the text held, where it is not the present one."""
    later = [each for each in versions if each.number > version.number]
    days = {"from": jalali(version.valid_from), "until": jalali(later[-1].valid_from) if later else ""}
    if later and later[-1].valid_from <= timezone.localdate():
        return _("This text held from %(from)s until %(until)s; another has taken its place.") % days
    if version.valid_from > timezone.localdate() and version.number > 1:
        return _("This text is to hold from %(from)s.") % days
    return ""


def _redline(page: BylawPage, old: Any, new: Any) -> Letter:
    before, after = provisions_of(old, new)
    language = page.locale.language_code
    with translation.override(language):
        rows = [each for each in compared(before, after, language) if each.kind != "same"]
        body = render_to_string("pdf/redline.html", {"rows": rows, "base": address_of(page)})
        return replace(
            _letter(page, body),
            kind=_("What changed"),
            edition=_("%(old)s to %(new)s") % {"old": localized(old.number), "new": localized(new.number)},
            key=f"{old.number}-{new.number}",
            notice="",
            standing=_(
                "What differs between the text of %(old)s and that of %(new)s; it is not the text itself."
            )
            % {"old": jalali(old.valid_from), "new": jalali(new.valid_from)},
            signatures=(),
        )


def standing_of_copy(page_id: int, edition: str) -> Standing | None:
    """How the version on a copy stands today; of two compared, the later.

    A copy without a version was made of a text that had none yet; as soon as there is one, that one holds.
    """
    rows: list[Any] = list(
        BylawVersion.objects.filter(bylaw=page_id)
        .order_by("-number")
        .only("number", "valid_from")
        .annotate(repealed_on=F("bylaw__repealed_on"), withdrawn_on=F("bylaw__withdrawn_on"))
    )
    today = timezone.localdate()
    current: Any = version_on(rows, today)
    if current is None:
        return None
    number = max(int(each) for each in edition.split("-")) if edition else 0
    if current.withdrawn_on:
        return Standing(Status.WITHDRAWN, current.withdrawn_on)
    repealed = bool(current.repealed_on and current.repealed_on <= today)
    if number < current.number and (edition or not repealed):
        by = f"{_('version')} {localized(current.number)}"
        return Standing(Status.SUPERSEDED, current.valid_from, by)
    if repealed:
        return Standing(Status.REPEALED, current.repealed_on)
    own: datetime.date = next((each.valid_from for each in rows if each.number == number), today)
    return Standing(Status.NOT_YET, own) if own > today else Standing(Status.CURRENT)
