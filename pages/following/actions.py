"""Notifying a resolution, stopping it by an objection, following it up. Check, act, record, tell."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.audit.actions import record
from intranet.notifications.actions import notify
from organizations.models import Membership
from organizations.queries import representatives_of
from pages.conduct.actions import check
from pages.conduct.exceptions import Refused
from pages.following import policies
from pages.following.models import IN_EFFECT, Evidence, FollowUp, Standing
from pages.meetings.models import MeetingPage, Resolution


def _held(resolution_id: int) -> Resolution:
    """The resolution, held until the transaction ends."""
    Resolution.objects.filter(pk=resolution_id).update(sort_order=F("sort_order"))
    return Resolution.objects.select_related("meeting__body", "standing").get(pk=resolution_id)


def note_notified(user: Any, page: MeetingPage, on: datetime.date) -> None:
    """Write down that the resolutions which the meeting passed were notified, where that is not written yet."""
    for resolution in page.resolutions.filter(outcome__in=IN_EFFECT, standing=None):
        _note(user, resolution, on)


def _note(user: Any, resolution: Resolution, on: datetime.date) -> Standing:
    row = Standing.objects.create(
        resolution=resolution,
        notified_on=on,
        objection_days=settings.RESOLUTION_OBJECTION_DAYS,
        notified_by=user,
    )
    record(user, "resolution.notified", resolution, on=on.isoformat(), days=row.objection_days)
    return row


def notify_resolution(user: Any, resolution_id: int, on: datetime.date) -> Standing:
    """Write down that a resolution was notified on a day. Raises `Refused`."""
    with transaction.atomic():
        resolution = _held(resolution_id)
        check(policies.why_not_notify(user, resolution))
        check(_("The day of notification is not in the future.") if on > timezone.localdate() else None)
        held_on = resolution.meeting.held_on
        check(
            _("Nothing is notified before the session that passed it.") if held_on and on < held_on else None
        )
        return _note(user, resolution, on)


def object_to(user: Any, resolution_id: int, objector: str, reason: str) -> Standing:
    """Write down an objection that came within the period: the resolution stops. Raises `Refused`."""
    with transaction.atomic():
        resolution = _held(resolution_id)
        check(policies.why_not_object(user, resolution))
        row = resolution.standing  # type: ignore[attr-defined]
        row.objected_on, row.objector, row.objection = timezone.localdate(), objector.strip(), reason.strip()
        row.objection_by = user
        row.save()
        record(user, "resolution.objected", resolution)
        return row  # type: ignore[no-any-return]


def settle(user: Any, resolution_id: int, *, upheld: bool, words: str) -> Standing:
    """Write down how the objection was settled: upheld it annuls, dismissed the resolution binds. Raises `Refused`."""
    with transaction.atomic():
        resolution = _held(resolution_id)
        row = getattr(resolution, "standing", None)
        if row is None:
            raise Refused(_("There is no open objection."))
        check(policies.why_not_settle(user, resolution, row))
        row.settled_on, row.upheld, row.settlement = timezone.localdate(), upheld, words.strip()
        row.settled_by = user
        row.save()
        record(user, "resolution.settled", resolution, upheld=upheld)
        return row  # type: ignore[no-any-return]


def add_follow_up(user: Any, resolution_id: int, **particulars: Any) -> FollowUp:
    """Give somebody something to do for a resolution. Raises `Refused`."""
    with transaction.atomic():
        resolution = _held(resolution_id)
        check(policies.why_not_add(user, resolution))
        row = FollowUp.objects.create(resolution=resolution, made_by=user, **particulars)
        record(user, "followup.added", row, due=row.due_on.isoformat())
        notify(people_of(row), "followup_added", {"row": row}, row.get_absolute_url())
    return row


def people_of(row: FollowUp) -> Iterable[User]:
    """The accounts of those whose the follow-up is."""
    if row.owner_organization is not None:
        return representatives_of(row.owner_organization)
    if row.owner_body is not None:
        seats = Membership.objects.current().filter(body=row.owner_body)
        return User.objects.filter(is_active=True, pk__in=seats.values("person__user"))
    return User.objects.filter(is_active=True, person=row.owner_person_id)


def _hold(follow_up_id: int) -> None:
    """Keep the follow-up from others until the transaction ends."""
    FollowUp.objects.filter(pk=follow_up_id).update(weight=F("weight"))


def report(user: Any, follow_up_id: int, **said: Any) -> Evidence:
    """Report on a follow-up: what was done, with number, place and day, and how far it is. Raises `Refused`."""
    with transaction.atomic():
        _hold(follow_up_id)
        row = FollowUp.objects.select_related("resolution__meeting__body").get(pk=follow_up_id)
        check(policies.why_not_report(user, row))
        evidence = Evidence.objects.create(follow_up=row, made_by=user, **said)
        record(user, "followup.reported", row, evidence=evidence.pk, progress=evidence.progress)
        if row.made_by is not None and row.made_by != user:
            notify([row.made_by], "followup_reported", {"row": row}, row.get_absolute_url())
    return evidence


def _count(row: FollowUp) -> None:
    """Work out how far it is from all that was accepted: the latest says so, in whatever order it was accepted."""
    latest = row.evidence.filter(state=Evidence.State.ACCEPTED).latest("on", "pk")
    row.progress, row.last_evidence_on = latest.progress, latest.on
    row.done_on = latest.on if latest.progress == 100 else None
    row.save()


def decide(user: Any, evidence_id: int, *, accept: bool, answer: str = "") -> Evidence:
    """Accept evidence, which then counts, or decline it with the reason. Raises `Refused`."""
    with transaction.atomic():
        _hold(Evidence.objects.values_list("follow_up", flat=True).get(pk=evidence_id))
        evidence = Evidence.objects.select_related("follow_up__resolution__meeting__body", "made_by").get(
            pk=evidence_id
        )
        check(policies.why_not_accept(user, evidence))
        check(None if accept or answer.strip() else _("Write the reason."))
        evidence.state = Evidence.State.ACCEPTED if accept else Evidence.State.DECLINED
        evidence.decided_by, evidence.answer = user, answer.strip()
        evidence.save()
        row = evidence.follow_up
        if accept:
            _count(row)
        record(user, "followup.accepted" if accept else "followup.declined", row, evidence=evidence.pk)
        reporter = [evidence.made_by] if evidence.made_by is not None else []
        notify(reporter, "followup_decided", {"row": row, "evidence": evidence}, row.get_absolute_url())
    return evidence
