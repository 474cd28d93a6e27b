"""How a bylaw is written on paper."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from documents.pdf import Letter, Signature, address_of
from documents.structure.provisions import parse
from intranet.ui.numerals import localized
from intranet.ui.templatetags.persian import jalali
from pages.bylaws.models import BylawPage
from pages.legal_text import at, render


def letter_of_bylaw(page: BylawPage) -> Letter | None:
    """The text with its issuer, dates and version; None when it was withdrawn."""
    if page.withdrawn_on:
        return None
    language = page.locale.language_code
    version = page.current_version
    is_current = version is not None and page.live and not page.has_unpublished_changes
    html = render(parse(page.source), language).html
    if version and is_current:
        html = mark_safe(at(version.html, address_of(page)))  # noqa: S308 - written by legal_text only
    with translation.override(language):
        facts = [
            (_("Issuer"), page.issuer.name if page.issuer else ""),
            (_("Approved on"), jalali(page.approved_on)),
            (_("In force from"), jalali(page.in_force_from)),
            (_("Repealed on"), jalali(page.repealed_on)),
            (_("Status"), page.status.label),
        ]
        edition = localized(version.number) if version and is_current else ""
        return Letter(
            title=page.title,
            kind=page.get_bylaw_kind_display(),
            language=language,
            body=render_to_string("pdf/bylaw.html", {"page": page, "html": html}),
            address=address_of(page),
            number=page.number,
            date=page.approved_on,
            edition=edition,
            notice=page.erratum,
            facts=[(label, str(value)) for label, value in facts if value],
            signatures=[
                Signature(_("Chair"), page.issuer.name if page.issuer else ""),
                Signature(_("Secretary of the headquarters"), _("NGO Support Headquarters")),
            ],
        )
