"""The record as a file, made while it is sent."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from intranet.audit.models import Event
from intranet.auditors import labels
from intranet.ui.calendar import local, to_jalali

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _harmless(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(events: Iterable[Event]) -> Iterator[str]:
    """Lines of CSV; the first begins with a byte order mark, by which spreadsheets know UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def line(cells: Iterable[object]) -> str:
        writer.writerow([_harmless(cell) for cell in cells])
        said = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return said

    yield "\ufeff" + line(
        [
            _("number"),
            _("day"),
            _("time (UTC)"),
            _("person's number"),
            _("person"),
            _("act"),
            _("act's code"),
            _("kind"),
            _("object's number"),
            _("object"),
            _("detail"),
        ]
    )
    for event in events:
        yield line(
            [
                event.pk,
                to_jalali(local(event.at)).short(),
                event.at.isoformat(),
                event.actor_id or "",
                event.actor_name,
                labels.act(event.verb),
                event.verb,
                labels.kind(event.target_type) if event.target_type else "",
                event.target_id,
                event.target_name,
                json.dumps(event.detail, ensure_ascii=False) if event.detail else "",
            ]
        )


def as_json_lines(events: Iterable[Event]) -> Iterator[str]:
    """An event a line, in the words of the record itself."""
    for event in events:
        said = {
            "event": event.pk,
            "at": event.at.isoformat(),
            "actor": event.actor_id,
            "actor_name": event.actor_name,
            "act": event.verb,
            "target_type": event.target_type,
            "target": event.target_id,
            "target_name": event.target_name,
            "detail": event.detail,
        }
        yield json.dumps(said, ensure_ascii=False) + "\n"
