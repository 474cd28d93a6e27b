"""What became of the social headquarters' resolutions: notified, one objected to, followed up, some overdue."""

import datetime

from django.utils import timezone

from intranet.accounts.models import User
from intranet.demonstration.manifest import Manifest
from organizations.models import Body, Organization
from pages.following.models import Evidence, FollowUp, Standing
from pages.meetings.models import MeetingPage, Resolution

HEADQUARTERS = "قرارگاه اجتماعی"
OBJECTED, EVERY = 7, 2  # the place of the resolution that was objected to; every second one is followed up
PROGRESS = (100, 60, 0, 80, 30)


def build_following(manifest: Manifest) -> None:
    """A standing for each resolution of the headquarters, follow-ups with evidence for every second one."""
    body = Body.objects.filter(name=HEADQUARTERS).first()
    staff, colleague = (User.objects.filter(username=name).first() for name in ("staff", "staff2"))
    if body is None or staff is None or colleague is None:
        return
    pages = MeetingPage.objects.filter(body=body, live=True)
    rows = (
        Resolution.objects.filter(meeting__in=pages)
        .select_related("meeting")
        .order_by("-meeting__held_on", "pk")
    )
    for place, row in enumerate(rows):
        key = f"{row.meeting.slug}:{row.canonical_number}"
        manifest.make(
            f"standing:{key}", Standing.objects.filter(resolution=row), _standing, row, place, staff
        )
        if place % EVERY == 0:
            manifest.make(
                f"followup:{key}",
                FollowUp.objects.filter(resolution=row),
                _follow_up,
                row,
                place,
                (staff, colleague),
            )


def _notified(row: Resolution) -> datetime.date:
    return (row.meeting.held_on or timezone.localdate()) + datetime.timedelta(days=3)


def _standing(row: Resolution, place: int, staff: User) -> Standing:
    found = Standing(resolution=row, notified_on=_notified(row), objection_days=14, notified_by=staff)
    if place == OBJECTED:
        found.objected_on = found.notified_on + datetime.timedelta(days=9)
        found.objector, found.objection = (
            "دستگاه مجری",
            "اعتبار اجرای این مصوبه در بودجه امسال دیده نشده است.",
        )
        found.objection_by = staff
    found.save()
    return found


def _follow_up(row: Resolution, place: int, people: tuple[User, User]) -> FollowUp:
    staff, colleague = people
    progress = PROGRESS[place // EVERY % len(PROGRESS)]
    today = timezone.localdate()
    due = row.due_on or today + datetime.timedelta(days=30 * (place % 7 - 2))
    owner = next(
        (found for name in row.core_actor_list if (found := Organization.objects.filter(name=name).first())),
        None,
    )
    found = FollowUp.objects.create(
        resolution=row,
        title=f"اجرای مصوبه «{row.title}» و گزارش آن"[:300],
        owner_organization=owner,
        owner_body=None if owner else row.meeting.body,
        due_on=due,
        weight=1 + place % 3,
        progress=progress,
        is_public=True,
        begun_on=_notified(row),
        made_by=staff,
    )
    if progress:
        on = max(found.begun_on, min(due, today) - datetime.timedelta(days=20 + 40 * (place % 6)))
        Evidence.objects.create(
            follow_up=found,
            text="گزارش اجرا با مستندات به دبیرخانه قرارگاه داده شد.",
            number=f"{on.year - 621}/{100 + place}",
            on=on,
            progress=progress,
            state=Evidence.State.ACCEPTED,
            made_by=staff,
            decided_by=colleague,
        )
        found.last_evidence_on = on
        found.done_on = on if progress == PROGRESS[0] else None
        found.save()
    return found
