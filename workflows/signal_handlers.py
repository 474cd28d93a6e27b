"""What follows from each turn of a workflow: audit and notices, and the guard of what is under review.

All of it hangs on Wagtail's signals, so that its admin, our pages and commands leave the same traces.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    copy_for_translation_done,
    task_approved,
    task_cancelled,
    task_rejected,
    task_submitted,
    workflow_approved,
    workflow_cancelled,
    workflow_rejected,
    workflow_submitted,
)

from intranet.audit.actions import record
from intranet.notifications.actions import notify
from workflows.assignment import assign_like_source
from workflows.notices import address, settle
from workflows.policies import text_of
from workflows.queries import waiting_for


def _people(workflow_state: WorkflowState, but: Any = None) -> list[Any]:
    """Those whose text it is, except who acted himself."""
    owner = workflow_state.content_object.owner
    return [user for user in (workflow_state.requested_by, owner) if user is not None and user != but]


def _history(workflow_state: WorkflowState) -> str:
    return address("history", workflow_state.object_id)


def _is_handed_in(task_state: TaskState) -> bool:
    """Whether this step begins a round, rather than follows from the step before."""
    before = TaskState.objects.filter(workflow_state=task_state.workflow_state_id, pk__lt=task_state.pk)
    last = before.order_by("-pk").values_list("status", flat=True).first()
    return last in (None, TaskState.STATUS_REJECTED)


def _step_began(sender: Any, instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    state = instance.workflow_state
    text = text_of(state)
    if not isinstance(text, Page):
        return
    if _is_handed_in(instance):
        record(user, "workflow.submitted", text, step=instance.task.name, revision=instance.revision_id)
    title = instance.revision.object_str
    deciding = waiting_for(instance)
    context = {"title": title, "step": instance.task.name, "submitter": state.requested_by, "state": state}
    notify(deciding, "step_waiting", context, address("review", instance.pk))
    names = [person.get_full_name() for person in deciding]
    notify(_people(state), "step_begun", {**context, "names": names}, _history(state))


def _step_ended(sender: Any, instance: TaskState, **kwargs: Any) -> None:
    settle(instance)


def _submitted(sender: Any, **kwargs: Any) -> None:
    """Take the place of Wagtail's own e-mail, which is sent within the request and past the outbox."""


def _rejected(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    step = instance.current_task_state
    context = {"title": step.revision.object_str, "step": step.task.name, "comment": step.comment}
    notify(_people(instance), "text_rejected", context, _history(instance))
    _restore_after_withdrawal(instance)


def _approved(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    text = text_of(instance)
    draft = text.get_latest_revision_as_object()
    context = {
        "title": draft.title,
        "number": getattr(draft, "number", ""),
        "go_live_at": draft.go_live_at if text.scheduled_revision else None,
        "withdrawn": bool(getattr(draft, "withdrawn_on", None)),
    }
    url = _history(instance) if text.scheduled_revision else (text.get_url() or _history(instance))
    notify(_people(instance), "text_approved", context, url)


def _cancelled(sender: Any, instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    step = instance.current_task_state
    if step is not None and isinstance(text_of(instance), Page):
        context = {"title": step.revision.object_str, "by": user}
        notify(_people(instance, but=user), "text_cancelled", context, _history(instance))
        _restore_after_withdrawal(instance)


def _restore_after_withdrawal(state: WorkflowState) -> None:
    """A withdrawal that came to nothing leaves no trace in the draft that editors go on with."""
    text = text_of(state)
    draft = text.get_latest_revision_as_object()
    if getattr(draft, "withdrawn_on", None) and not text.withdrawn_on:
        text.save_revision(log_action=False)
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.cancel()


def _guard_live_text(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Refuse to publish, or to take down, a page whose workflow is running, whatever route leads here."""
    if raw or not isinstance(instance, Page) or instance.pk is None or instance._state.adding:
        return
    before = Page.objects.filter(pk=instance.pk).values_list("live", "live_revision_id").first()
    if before is None or before == (instance.live, instance.live_revision_id):
        return
    if instance.workflow_in_progress:
        raise PermissionDenied("A text under review is published by its workflow and by nothing else.")


def _translated(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    if isinstance(target_obj, Page):
        assign_like_source(source_obj, target_obj)


def connect() -> None:
    """Connect the handlers; called once when the apps are ready.

    Four of them bear the names under which Wagtail would connect its own e-mails a little later, and so displace
    those (seen in Wagtail 8.0, `wagtail.admin.signal_handlers`): it sends them within the request, to everyone
    with publish permission, in texts of its own.
    """
    task_submitted.connect(
        _step_began, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
    )
    workflow_submitted.connect(
        _submitted, sender=WorkflowState, dispatch_uid="workflow_state_submitted_email_notification"
    )
    workflow_rejected.connect(
        _rejected, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
    )
    workflow_approved.connect(
        _approved, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification"
    )
    workflow_cancelled.connect(_cancelled, sender=WorkflowState, dispatch_uid="workflows.cancelled")
    for signal, name in ((task_approved, "approved"), (task_rejected, "rejected"), (task_cancelled, "ended")):
        signal.connect(_step_ended, dispatch_uid=f"workflows.step_{name}")
    pre_save.connect(_guard_live_text, dispatch_uid="workflows.guard")
    copy_for_translation_done.connect(_translated, dispatch_uid="workflows.translated")
