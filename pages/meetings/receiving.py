"""Taking in a file of minutes as the draft of a meeting, each row with the line of the file that it was read from."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.html import format_html
from django.utils.translation import gettext as _

from documents.refusals import Unreceivable, draft_of
from documents.structure.doubts import Doubt
from documents.structure.drafts import Draft
from documents.structure.minutes import Decision, Minutes, parse_minutes
from intranet.audit.actions import record
from intranet.ui.numerals import to_ascii
from organizations.models import Body
from pages.importing import Outcome
from pages.meetings.models import AgendaItem, Attendance, MeetingIndexPage, MeetingPage, Resolution
from pages.names import cut, free_slug
from search.analysis import key

_HEADLINE = 110  # letters of a decision that make its title


@dataclass(frozen=True)
class Received:
    """A file read: what was understood, the title of its page, the body that met, and the page (None in a dry run)."""

    outcome: Outcome
    minutes: Minutes
    title: str
    body: Body | None = None
    page: MeetingPage | None = None


def read(path: Path) -> tuple[str, Minutes]:
    """The file's text and the minutes in it. Raises `Unreceivable`."""
    draft: Draft = draft_of(path)
    minutes = parse_minutes(draft.text, draft.furniture)
    minutes.doubts[:0] = [Doubt(code, 1) for code in draft.repairs]
    return draft.text, minutes


def receive(
    path: Path,
    *,
    dry_run: bool = False,
    actor: Any = None,
    index: MeetingIndexPage | None = None,
    name: str = "",
) -> Received:
    """Make a draft of the file below `index`; one taken in before is left alone. Raises `Unreceivable`.

    `name` is the file's own name, where `path` has another.
    """
    text, minutes = read(path)
    body = body_called(minutes.body)
    if body is None:
        minutes.doubts += unknown_body(minutes)
    title = _title_of(minutes, body, Path(name or path.name).stem)
    if dry_run:
        return Received(Outcome.WOULD, minutes, title, body)
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    known = MeetingPage.objects.filter(file_sha256=checksum).first()
    if known is not None:
        return Received(Outcome.KNOWN, minutes, title, body, known)
    index = index or MeetingIndexPage.objects.filter(locale__language_code="fa").first()
    if index is None:
        raise Unreceivable(_("The site has no index of meetings. Make one first."))
    page = _page_of(text, minutes, title, body)
    page.slug, page.locale, page.owner = free_slug(index, title), index.locale, actor
    page.file_sha256 = checksum
    with transaction.atomic():
        index.add_child(instance=page)
        page.save_revision(user=actor)
        record(actor, "meeting.imported", page, file=name or path.name, sha256=checksum)
    return Received(Outcome.MADE, minutes, title, body, page)


def unknown_body(minutes: Minutes) -> list[Doubt]:
    """That the body which the minutes name is none of the site's."""
    if not minutes.body:
        return []
    return [Doubt("body_unknown", minutes.lines.get("body", 1), "", {"name": minutes.body})]


def body_called(name: str) -> Body | None:
    """The body of that name in any spelling, or the only one whose name holds it or is held in it."""
    wanted = key(name)
    if not wanted:
        return None
    names = {body: key(body.name) for body in Body.objects.all()}
    same = [body for body, own in names.items() if own == wanted]
    near = [body for body, own in names.items() if f" {wanted} " in f" {own} " or f" {own} " in f" {wanted} "]
    found = same or near
    return found[0] if len(found) == 1 else None


def _title_of(minutes: Minutes, body: Body | None, stem: str) -> str:
    title = minutes.title or (
        _("Minutes of %(body)s") % {"body": body.name} if body else stem.replace("_", " ")
    )
    return cut(title, MeetingPage._meta.get_field("title").max_length)


def _page_of(text: str, minutes: Minutes, title: str, body: Body | None) -> MeetingPage:
    """The page with its rows, not saved."""
    page = MeetingPage(
        title=title,
        body=body,
        session_number=minutes.session_number[:40],
        held_on=minutes.held_on,
        begins_at=minutes.begins_at,
        ends_at=minutes.ends_at if not _ends_before(minutes) else None,
        place=cut(minutes.place, 200),
        openness=MeetingPage.Openness.CLOSED if minutes.closed else MeetingPage.Openness.OPEN,
        minutes=[("paragraph", str(format_html("<p>{}</p>", said))) for said in minutes.discussion],
        source=text,
        live=False,
    )
    page.attendances = [
        Attendance(
            sort_order=order,
            name=cut(each.name, 200),
            role=cut(each.role, 100),
            presence=each.presence,
            source_line=each.line,
        )
        for order, each in enumerate(minutes.attendance)
    ]
    page.agenda_items = [
        AgendaItem(
            sort_order=order,
            title=cut(each.title, 300),
            proposer=cut(each.proposer, 150),
            source_line=each.line,
        )
        for order, each in enumerate(minutes.agenda)
    ]
    numbers = _numbers(minutes.decisions)
    page.resolutions = [
        _resolution(order, number, each)
        for order, (number, each) in enumerate(zip(numbers, minutes.decisions, strict=True))
    ]
    return page


def _ends_before(minutes: Minutes) -> bool:
    return bool(minutes.begins_at and minutes.ends_at and minutes.ends_at < minutes.begins_at)


def _numbers(decisions: list[Decision]) -> Iterable[str]:
    """The printed numbers; those without one, and those printed twice, get the next that is free."""
    taken: set[str] = set()
    printed = {to_ascii(each.number) for each in decisions}
    following = 1
    for each in decisions:
        number = to_ascii(each.number)[:40]
        if not number or number in taken:
            while str(following) in printed | taken:
                following += 1
            number = str(following)
        taken.add(number)
        yield number


def _resolution(order: int, number: str, each: Decision) -> Resolution:
    small = {
        "votes_for": each.votes.favour,
        "votes_against": each.votes.against,
        "abstentions": each.votes.abstained,
    }
    return Resolution(
        sort_order=order,
        number=number,
        title=cut(each.text.split("\n")[0], _HEADLINE),
        text=each.text,
        outcome=each.outcome,
        core_actors=cut("، ".join(each.core), 300),
        supporting_actors=cut("، ".join(each.supporting), 300),
        due_on=each.deadline.day if each.deadline else None,
        source_line=each.line,
        **{name: count for name, count in small.items() if count is not None and count < 1000},
    )
