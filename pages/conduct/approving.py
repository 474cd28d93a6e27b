"""Approved minutes are frozen and published as a page of the site; then they are notified."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.audit.actions import record
from intranet.notifications.actions import notify
from organizations.models import Body, Membership, Organization
from organizations.queries import representatives_of
from pages.conduct.actions import check, held, invited_users
from pages.conduct.exceptions import Refused
from pages.conduct.freezing import canonical, digest
from pages.conduct.models import Attendee as Expected
from pages.conduct.models import Meeting
from pages.conduct.policies import why_not_approve, why_not_move
from pages.conduct.results import Sitting, sitting_of
from pages.conduct.signals import minutes_notified
from pages.meetings.models import AgendaItem, Attendance, MeetingIndexPage, MeetingPage, Resolution
from pages.names import cut, free_slug
from search.analysis import key
from workflows.actions.publishing import give_number


def approve(user: Any, meeting_id: int) -> Meeting:
    """Approve and sign: the minutes are frozen with their hash, numbered and published. Raises `Refused`."""
    with transaction.atomic():
        meeting = held(meeting_id)
        check(why_not_approve(user, meeting))
        index = MeetingIndexPage.objects.filter(locale__language_code="fa").first()
        if index is None:
            raise Refused(_("The site has no index of meetings. Make one first."))
        sitting = sitting_of(meeting)
        meeting.frozen = canonical(sitting)
        meeting.sha256 = digest(meeting.frozen)
        meeting.approved_by, meeting.approved_at = user, timezone.now()
        try:
            meeting.page = _published(sitting, index, user)
        except ValidationError as error:  # what no page of the site may say is not approved either
            raise Refused(" ".join(error.messages)) from error
        meeting.state = Meeting.State.APPROVED
        meeting.save()
        record(user, "meeting.approved", meeting, sha256=meeting.sha256, page=meeting.page.pk)
        writers = [each for each in (meeting.written_by, meeting.called_by) if each is not None]
        notify(writers, "meeting_approved", {"meeting": meeting}, meeting.get_absolute_url())
    return meeting


def _published(sitting: Sitting, index: MeetingIndexPage, user: Any) -> MeetingPage:
    page = _page_of(sitting)
    page.slug, page.locale, page.owner = (
        free_slug(index, page.title),
        index.locale,
        sitting.meeting.written_by,
    )
    index.add_child(instance=page)
    give_number(page, MeetingPage.register_code, timezone.localdate())
    page.save_revision(log_action=False).publish(user=user, skip_permission_checks=True)
    record(user, "text.published", page, number=page.number)
    return MeetingPage.objects.get(pk=page.pk)


def _page_of(sitting: Sitting) -> MeetingPage:
    meeting = sitting.meeting
    paragraphs = [line for line in meeting.minutes.splitlines() if line.strip()]
    body = str(format_html_join("", "<p>{}</p>", ((line,) for line in paragraphs)))
    page = MeetingPage(
        title=meeting.title,
        body=meeting.body,
        session_number=meeting.session_number,
        held_on=meeting.day,
        begins_at=meeting.begins_at,
        ends_at=meeting.ends_at,
        place=meeting.place,
        openness=meeting.openness,
        minutes=[("paragraph", body)] if body else [],
        live=False,
    )
    page.attendances = [_attendance(order, each) for order, each in enumerate(sitting.attendees)]
    page.agenda_items = [
        AgendaItem(sort_order=order, title=item.title, proposer=item.proposer)
        for order, (item, _chosen, _result) in enumerate(sitting.items)
    ]
    page.resolutions = [
        Resolution(
            sort_order=order,
            number=f"{meeting.session_number}/{order + 1}" if meeting.session_number else str(order + 1),
            title=cut(item.title, 300),
            text=item.text or item.title,
            outcome=item.outcome,
            votes_for=result.count.in_favour if result.count else None,
            votes_against=result.count.against if result.count else None,
            abstentions=result.count.abstained if result.count else None,
            core_actors=item.core_actors,
            supporting_actors=item.supporting_actors,
            due_on=item.due_on,
        )
        for order, (item, _chosen, result) in enumerate(sitting.items)
    ]
    return page


def _attendance(order: int, each: Expected) -> Attendance:
    by_proxy = each.presence == Expected.Presence.PROXY
    role = f"{each.role}، {_('by proxy')}: {each.proxy}" if by_proxy else each.role
    presence = Attendance.Presence.PRESENT if by_proxy else each.presence
    return Attendance(sort_order=order, name=each.name, role=cut(role, 100), presence=presence)


def notify_minutes(user: Any, meeting_id: int) -> Meeting:
    """Tell those who were there, and each actor of a resolution what is his to do. Raises `Refused`."""
    with transaction.atomic():
        meeting = held(meeting_id)
        check(why_not_move(user, meeting, Meeting.State.NOTIFIED))
        page = meeting.page
        if page is None or not page.live:
            raise Refused(_("The minutes are not published any more."))
        meeting.state, meeting.notified_at = Meeting.State.NOTIFIED, timezone.now()
        meeting.save()
        record(user, "meeting.notified", meeting, page=page.pk)
        notify(invited_users(meeting), "meeting_notified", {"meeting": meeting, "page": page}, page.url)
        _tell_actors(meeting, page)
        minutes_notified.send(Meeting, page=page, user=user, on=timezone.localdate())
    return meeting


def _tell_actors(meeting: Meeting, page: MeetingPage) -> None:
    known = _known_actors()
    in_force = (Resolution.Outcome.PASSED, Resolution.Outcome.AMENDED)
    for resolution in page.resolutions.filter(outcome__in=in_force):
        names = [*resolution.core_actor_list, *resolution.supporting_actor_list]
        users = {user.pk: user for name in names for user in _people_of(known.get(key(name)))}
        # Of a closed session an actor gets the words of his own resolution and no way to the rest.
        url = f"{page.url}#{resolution.anchor}" if page.openness == page.Openness.OPEN else ""
        notify(users.values(), "resolution_notified", {"meeting": meeting, "resolution": resolution}, url)


def _known_actors() -> dict[str, Body | Organization]:
    """Bodies and organisations by their names, as one writes them."""
    rows: list[Body | Organization] = [*Organization.objects.all(), *Body.objects.all()]
    return {key(row.name): row for row in rows}


def _people_of(actor: Body | Organization | None) -> Iterable[User]:
    if isinstance(actor, Organization):
        return representatives_of(actor)
    if isinstance(actor, Body):
        seats = Membership.objects.current().filter(body=actor).values("person__user")
        return User.objects.filter(is_active=True, pk__in=seats)
    return []
