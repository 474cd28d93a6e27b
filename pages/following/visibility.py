"""Who may read a follow-up: who works with it, whose it is, the district's secretary; everyone, if public."""

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from intranet.access import restrictions, rules
from intranet.access.actions import forget, rederive
from intranet.access.clauses import EVERYONE, Clauses
from intranet.access.models import State
from organizations.models import Body, Organization, Person
from organizations.signals import account_joined
from pages.conduct.signals import minutes_notified
from pages.following.actions import note_notified
from pages.following.models import FollowUp
from pages.following.readers import inner_readers
from pages.meetings.models import MeetingPage

_DEPENDS_ON = (
    "resolution__meeting__body__district",
    "owner_body__district",
    "owner_organization__district",
    "owner_person",
)


def clauses_of_follow_ups(rows: Sequence[FollowUp], state: str) -> list[Clauses | None]:
    """Public ones of an open, published session: everyone. Others: who works with them and whose they are."""
    if state != State.LIVE:
        return [None] * len(rows)
    prefetch_related_objects(rows, *_DEPENDS_ON)
    return [_of_follow_up(row) for row in rows]


def _of_follow_up(row: FollowUp) -> Clauses:
    meeting = row.resolution.meeting
    is_open = meeting.live and meeting.openness == MeetingPage.Openness.OPEN and not meeting.withdrawn_on
    if row.is_public and is_open and not meeting.get_view_restrictions().exists():
        return EVERYONE
    return inner_readers(row)


def _saved(sender: Any, instance: FollowUp, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        rederive(FollowUp.objects.get(pk=instance.pk))


def _deleted(sender: Any, instance: FollowUp, **kwargs: Any) -> None:
    forget(FollowUp, instance.pk)


def _meeting_saved(sender: Any, instance: MeetingPage, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        rederive(FollowUp.objects.filter(resolution__meeting=instance.pk).iterator(chunk_size=500))


def _body_saved(sender: Any, instance: Body, created: bool, **kwargs: Any) -> None:
    if not created:
        rows = FollowUp.objects.filter(owner_body=instance) | FollowUp.objects.filter(
            resolution__meeting__body=instance
        )
        rederive(rows.iterator(chunk_size=500))


def _organization_saved(sender: Any, instance: Organization, created: bool, **kwargs: Any) -> None:
    if not created:
        rederive(FollowUp.objects.filter(owner_organization=instance).iterator(chunk_size=500))


def _person_saved(sender: Any, instance: Person, created: bool, **kwargs: Any) -> None:
    if not created:
        _account_joined(sender, instance)


def _account_joined(sender: Any, person: Person, **kwargs: Any) -> None:
    rederive(FollowUp.objects.filter(owner_person=person.pk).iterator(chunk_size=500))


def _rederive_below(page: Page) -> None:
    """Whatever closes or opens the pages at and below `page` closes or opens what follows from them."""
    below = FollowUp.objects.filter(resolution__meeting__path__startswith=page.path)
    rederive(below.iterator(chunk_size=500))


def _page_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    _rederive_below(Page.objects.get(pk=instance.pk))


def _minutes_notified(sender: Any, page: MeetingPage, user: Any, on: Any, **kwargs: Any) -> None:
    note_notified(user, page, on)


def connect() -> None:
    """Register the rule and follow what is saved; called once when the apps are ready."""
    rules.register(FollowUp, clauses_of_follow_ups, prefix="followup")
    minutes_notified.connect(_minutes_notified, dispatch_uid="following.notified")
    post_save.connect(_saved, sender=FollowUp, dispatch_uid="following.saved")
    post_delete.connect(_deleted, sender=FollowUp, dispatch_uid="following.deleted")
    post_save.connect(_meeting_saved, sender=MeetingPage, dispatch_uid="following.meeting")
    post_save.connect(_body_saved, sender=Body, dispatch_uid="following.body")
    post_save.connect(_organization_saved, sender=Organization, dispatch_uid="following.organization")
    post_save.connect(_person_saved, sender=Person, dispatch_uid="following.person")
    account_joined.connect(_account_joined, dispatch_uid="following.joined")
    post_page_move.connect(_page_moved, dispatch_uid="following.moved")
    restrictions.follow(PageViewRestriction, "page", _rederive_below, name="following")
