"""Publishing what was approved: its number, the text, its consequences, in one transaction."""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from documents.registry import issue_number
from intranet.access.rules import uid_of
from intranet.audit.actions import record
from workflows import policies
from workflows.registration import registration_of

logger = logging.getLogger(__name__)


def publish_approved(workflow_state: WorkflowState, user: Any) -> None:
    """Give the approved revision its number and what approval settles, save it, publish it.

    The caller's transaction holds it all: a failure anywhere leaves no number, no text and no notice behind.
    What was read is what is published: the revision of the last step, not a later one.
    """
    with transaction.atomic():
        revision = workflow_state.current_task_state.revision
        text = revision.as_object()
        today = timezone.localdate()
        settled = False
        if not getattr(text, "withdrawn_on", None):
            settled = _number(text, today)
            on_approval = registration_of(text).on_approval
            if on_approval is not None:
                on_approval(text, today)
                settled = True
        if settled:
            # Nobody's edit: its user stays empty, so that an approver is not taken for an author later.
            revision = text.save_revision(log_action=False)
        revision.publish(user=user, skip_permission_checks=True)
        page = policies.text_of(workflow_state)
        verb = "text.published" if page.live_revision_id == revision.pk else "text.scheduled"
        if verb == "text.published" and getattr(page, "withdrawn_on", None):
            verb = "text.withdrawn"
        record(user, verb, page, revision=revision.pk, number=getattr(text, "number", ""))


def _number(text: Any, today: Any) -> bool:
    """Number a text that has none; a translation bears the number of the text it translates."""
    register_code = registration_of(text).register_code
    if not register_code or text.number:
        return False
    for other in text.get_translations():
        if other.specific.number:
            text.number = other.specific.number
            return True
    if policies.is_translation(text):
        return False
    give_number(text, register_code, today)
    return True


def give_number(text: Any, register_code: str, today: Any) -> None:
    """Give `text` the next number of a register, in the caller's transaction; it is not saved here."""
    number = issue_number(register_code, uid_of(text), today)
    text.number = number.text
    record(None, "registry.issued", number, issued_to=uid_of(text))


def publish_due() -> None:
    """Publish what was approved for a time that has come, and take down what has expired. Run by the clock."""
    now = timezone.now()
    for revision in Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled", skip_permission_checks=True)
                record(None, "text.published", revision.content_object, revision=revision.pk, scheduled=True)
        except Exception:
            logger.exception("revision %d could not be published at its time", revision.pk)
    for page in Page.objects.filter(live=True, expire_at__lte=now).specific():
        try:
            with transaction.atomic():
                page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
                record(None, "text.expired", page)
        except Exception:
            logger.exception("page %d could not be taken down at its time", page.pk)
