"""How the minutes of a meeting are written on paper."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from documents.pdf import Letter, Signature, address_of
from intranet.ui.numerals import localized
from intranet.ui.templatetags.persian import jalali_weekday
from pages.meetings.models import Attendance, MeetingPage

WITHOUT_WORDS = ("image", "document")
PRESENT = (Attendance.Presence.PRESENT, Attendance.Presence.GUEST)


def _hours(page: MeetingPage) -> str:
    if page.begins_at and page.ends_at:
        hours = {"from": f"{page.begins_at:%H:%M}", "to": f"{page.ends_at:%H:%M}"}
        return localized(_("%(from)s to %(to)s") % hours)
    return localized(f"{page.begins_at:%H:%M}") if page.begins_at else ""


def letter_of_meeting(page: MeetingPage) -> Letter | None:
    """The minutes with agenda, attendance and resolutions; None when they were withdrawn."""
    if page.withdrawn_on:
        return None
    language = page.locale.language_code
    attendances = list(page.attendances.all())
    with translation.override(language):
        facts: list[tuple[str, Any]] = [
            (_("Body"), page.body.name if page.body else ""),
            (_("Session"), localized(page.session_number)),
            (_("Held on"), jalali_weekday(page.held_on)),
            (_("Hours"), _hours(page)),
            (_("Place"), page.place),
            (_("Theme"), page.theme),
            (_("Openness"), page.get_openness_display()),
        ]
        context = {
            "page": page,
            "attendances": attendances,
            "agenda": list(page.agenda_items.all()),
            "blocks": [block for block in page.minutes if block.block_type not in WITHOUT_WORDS],
            "resolutions": list(page.resolutions.all()),
        }
        return Letter(
            title=page.title,
            kind=_("Minutes of a closed session") if page.openness == page.Openness.CLOSED else _("Minutes"),
            language=language,
            body=render_to_string("pdf/minutes.html", context),
            address=address_of(page),
            number=page.number,
            date=page.held_on,
            notice=page.erratum,
            facts=[(label, value) for label, value in facts if value],
            signatures=[
                Signature(_("Chair of the meeting"), page.body.name if page.body else ""),
                Signature(_("Secretary of the meeting"), page.body.name if page.body else ""),
            ],
        )
