"""How a memorandum is written on paper."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from documents.pdf import Letter, Signature, address_of
from intranet.ui.templatetags.persian import jalali
from pages.memoranda.models import MemorandumPage
from pages.memoranda.queries import text_of_memorandum


def letter_of_memorandum(page: MemorandumPage) -> Letter | None:
    """Parties, aims, clauses and what each side owes; None when it was withdrawn."""
    if page.withdrawn_on:
        return None
    language = page.locale.language_code
    with translation.override(language):
        facts = [
            (_("First party"), page.first_party.name if page.first_party else ""),
            (_("Second party"), page.second_party.name if page.second_party else ""),
            (_("Signed on"), jalali(page.signed_on)),
            (_("Ends on"), jalali(page.ends_on)),
        ]
        return Letter(
            title=page.title,
            kind=_("Memorandum"),
            language=language,
            body=render_to_string("pdf/memorandum.html", {"page": page, **text_of_memorandum(page)}),
            address=address_of(page),
            number=page.number,
            date=page.signed_on,
            notice=page.erratum,
            facts=[(label, str(value)) for label, value in facts if value],
            signatures=[
                Signature(_("First party"), page.first_party.name if page.first_party else ""),
                Signature(_("Second party"), page.second_party.name if page.second_party else ""),
            ],
        )
