"""Handing in a text, taking it back, ending its review, and asking that it be withdrawn."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from workflows import policies
from workflows.policies import Refused


def check(reason: str | None) -> None:
    """Refuse when a rule gave a reason."""
    if reason is not None:
        raise Refused(reason)


def held(workflow_state: WorkflowState) -> WorkflowState:
    """The workflow's state, held until the transaction ends: two people never end the same step."""
    return WorkflowState.objects.select_for_update(of=("self",)).get(pk=workflow_state.pk)


def submit(page: Any, user: Any) -> WorkflowState:
    """Hand in the latest revision of `page`, again after a rejection; return its course through the workflow.

    The audit row and the notices follow from Wagtail's signals, so that its admin leaves the same traces.
    """
    with transaction.atomic():
        page = page.specific_class.objects.get(pk=page.pk)
        check(policies.why_not_submit(user, page))
        if page.latest_revision_id is None:
            page.save_revision(user=user)
        running: WorkflowState | None = page.current_workflow_state
        if running is not None:
            running.resume(user)
            return running
        state: WorkflowState = page.get_workflow().start(page, user)
        return state


def recall(workflow_state: WorkflowState, user: Any) -> None:
    """Take a text back before it is decided. The draft stays as it is."""
    with transaction.atomic():
        state = held(workflow_state)
        check(policies.why_not_recall(user, state))
        record(user, "workflow.recalled", policies.text_of(state), workflow_state=state.pk)
        state.cancel(user=user)


def cancel(workflow_state: WorkflowState, user: Any, reason: str) -> None:
    """End the review of a text that nobody else can end; the reason is required and goes on record."""
    with transaction.atomic():
        state = held(workflow_state)
        check(policies.why_not_cancel(user, state))
        check(None if reason.strip() else _("Write the reason."))
        record(
            user,
            "workflow.cancelled",
            policies.text_of(state),
            reason=Personal(user, reason),
            workflow_state=state.pk,
        )
        state.cancel(user=user)


def withdraw(page: Any, user: Any, reason: str) -> WorkflowState:
    """Ask that a published text be withdrawn: the published text plus a notice goes through the same steps.

    Approval publishes the notice at the text's own address; until then nothing changes for readers.
    """
    with transaction.atomic():
        text = page.specific_class.objects.get(pk=page.pk)
        check(policies.why_not_withdraw(user, text))
        check(None if reason.strip() else _("Write the reason."))
        text.withdrawn_on = timezone.localdate()
        text.withdrawal_note = reason.strip()
        text.save_revision(user=user)
        record(user, "workflow.withdrawal_asked", text, reason=Personal(user, reason))
        if (rejected := text.current_workflow_state) is not None:
            rejected.cancel(user=user)
        state: WorkflowState = text.get_workflow().start(text, user)
        return state
