"""Writing an organisation's page: saving it, bringing an earlier text back. Check, act, record."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Revision

from intranet.access.policies import abilities
from intranet.audit.actions import record
from pages.members.markup import clean
from pages.members.models import MemberPage
from pages.members.policies import EDIT


class EditedMeanwhileError(Exception):
    """Somebody else saved the page after the writer opened it; `page` is the page as it is now."""

    def __init__(self, page: MemberPage) -> None:
        super().__init__()
        self.page = page


@dataclass(frozen=True)
class MemberText:
    """What a representative writes: `body` is HTML."""

    title: str
    summary: str
    contact: str
    body: str


def current_revision(page: MemberPage) -> int:
    """The number of the page's latest revision; 0 when it has none."""
    return page.latest_revision_id or 0


def save_member_page(page_id: int, user: Any, text: MemberText, *, opened_revision: int) -> MemberPage:
    """Publish what the representative wrote.

    `opened_revision` is the revision he began from: raises `EditedMeanwhileError` when another has been saved since,
    and `PermissionDenied` when he may not edit the page. A page that HQ staff withdrew stays withdrawn: the text
    is kept as its draft.
    """
    with transaction.atomic():
        page = _held(page_id, user)
        if current_revision(page) != opened_revision:
            raise EditedMeanwhileError(page)
        page.title, page.summary, page.contact = text.title, text.summary, text.contact
        page.draft_title = text.title
        page.body = clean(text.body)
        _publish(page, user)
    return page


def restore_member_page(page_id: int, user: Any, revision_id: int) -> MemberPage:
    """Publish an earlier revision's text again, as a new revision: nothing of the history is lost."""
    with transaction.atomic():
        page = _held(page_id, user)
        revision: Revision = page.revisions.get(pk=revision_id)
        earlier = revision.as_object()
        page.title = page.draft_title = earlier.title
        page.summary, page.contact, page.body = earlier.summary, earlier.contact, clean(earlier.body)
        _publish(page, user)
        record(user, "member_page.restored", page, restored=revision_id, revision=page.latest_revision_id)
    return page


def _held(page_id: int, user: Any) -> MemberPage:
    """The page, its row held until the transaction ends."""
    page = MemberPage.objects.select_for_update(of=("self",)).get(pk=page_id)
    if EDIT not in abilities(user, page):
        raise PermissionDenied
    return page


def _publish(page: MemberPage, user: Any) -> None:
    page.full_clean()
    revision = page.save_revision(user=user)
    if page.live:
        # The rule is asked above: NGO people hold no page permissions in Wagtail.
        revision.publish(user=user, skip_permission_checks=True)
    page.refresh_from_db()
