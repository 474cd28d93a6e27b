"""The review page, the course of a text, and the buttons of both. No rule lives here: `policies` has them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.models import Page, TaskState, WorkflowState
from wagtail_localize.models import Translation

from intranet.access.models import State
from intranet.access.queries import visible_to
from intranet.access.readings import note_reading
from intranet.ui.numerals import to_persian
from workflows import actions, policies, presentation, queries
from workflows.forms import DecisionForm, ReasonForm
from workflows.models import ApprovalTask, Vote


def _readable_page(request: HttpRequest, page_id: Any) -> Page:
    """The page, when this reader may read its draft; otherwise it does not exist."""
    return get_object_or_404(visible_to(Page.objects.all(), request.user, State.DRAFT), pk=page_id).specific


def _readable_step(request: HttpRequest, task_state_id: int) -> TaskState:
    step = get_object_or_404(
        TaskState.objects.select_related("task", "revision", "workflow_state__workflow"), pk=task_state_id
    )
    _readable_page(request, step.workflow_state.object_id)
    return step


def _is_done(request: HttpRequest, act: Callable[[], object], success: str = "") -> bool:
    """Whether `act` was allowed and is done. The person is told why it was not, or `success`."""
    try:
        act()
    except actions.Refused as error:
        messages.error(request, str(error) or _("This is not allowed."))
        return False
    if success:
        messages.success(request, success)
    return True


@require_GET
def review(request: HttpRequest, task_state_id: int) -> HttpResponse:
    """The text as it will read, what changed, who decided what, and the buttons of who may decide."""
    step = _readable_step(request, task_state_id)
    return _review_page(request, step, _decision_form(request, step))


def _decision_form(request: HttpRequest, step: TaskState, data: Any = None) -> DecisionForm | None:
    if policies.why_not_decide(request.user, step) is not None:
        return None
    seats = policies.free_seats(request.user, step)
    secret = step.task.specific.is_secret
    return DecisionForm(data, seats=seats, user=request.user, secret=secret)


def _review_page(
    request: HttpRequest, step: TaskState, form: DecisionForm | None, status: int = 200
) -> HttpResponse:
    page = policies.text_of(step.workflow_state)
    note_reading(request.user, page, "draft.read", State.DRAFT)
    draft = step.revision.as_object()
    task = step.task.specific
    published = page if page.live_revision_id and page.live_revision_id != step.revision_id else None
    context = {
        "step": step,
        "page": page,
        "draft": draft,
        "steps": presentation.steps(step.workflow_state),
        "particulars": presentation.particulars(draft),
        "passages": presentation.passages(draft),
        "changes": presentation.changes(published, draft) if published else [],
        "published": published,
        "votes": Vote.objects.filter(task_state=step).select_related("voter", "seat").order_by("pk"),
        "waiting": queries.waiting_for(step),
        "running": policies.is_running(step),
        "by_vote": isinstance(task, ApprovalTask) and task.by_vote,
        "rule": queries.rule_of(step) if isinstance(task, ApprovalTask) and task.by_vote else None,
        "task": task,
        "form": form,
        "reason": None if form else policies.why_not_decide(request.user, step),
        "may_recall": policies.why_not_recall(request.user, step.workflow_state) is None,
    }
    return render(request, "workflows/review.html", context, status=status)


@require_POST
def decide(request: HttpRequest, task_state_id: int) -> HttpResponse:
    """Approve, reject or vote, as the button says; come back with the reason when it is refused."""
    step = _readable_step(request, task_state_id)
    action = request.POST.get("action", "")
    form = _decision_form(request, step, request.POST)
    if form is None:
        raise actions.Refused(policies.why_not_decide(request.user, step))
    form.action = action
    if not form.is_valid():
        return _review_page(request, step, form, status=422)
    given = form.cleaned_data
    if not _is_done(
        request, lambda: actions.act(step, request.user, action, given["comment"], given["seat"])
    ):
        return redirect("workflows:review", task_state_id)
    messages.success(request, _what_happened(step))
    return redirect("desk:desk")


def _what_happened(step: TaskState) -> str:
    step = TaskState.objects.select_related("workflow_state").get(pk=step.pk)
    state = step.workflow_state
    if state.status == WorkflowState.STATUS_APPROVED:
        number = getattr(policies.text_of(state).get_latest_revision_as_object(), "number", "")
        if number:
            return _("Approved. Registry number: %(number)s") % {"number": to_persian(number)}
        return _("Approved.")
    if step.status == TaskState.STATUS_IN_PROGRESS:
        return _("Your vote is recorded.")
    if step.status == TaskState.STATUS_REJECTED:
        return _("The text goes back to its author with the reasons.")
    return _("Approved. The text goes on to the next step.")


@require_GET
def text(request: HttpRequest, task_state_id: int) -> HttpResponse:
    """The page itself, as it would be published from the revision under review."""
    step = _readable_step(request, task_state_id)
    draft = step.revision.as_object()
    note_reading(request.user, draft, "draft.read", State.DRAFT)
    response: HttpResponse = draft.make_preview_request(request, draft.default_preview_mode)
    return response


@require_GET
def history(request: HttpRequest, page_id: int) -> HttpResponse:
    """The course of a text: every step, who decided, when, and with what words."""
    page = _readable_page(request, page_id)
    note_reading(request.user, page, "draft.read", State.DRAFT)
    state = page.current_workflow_state
    step = state.current_task_state if state else None
    context = {
        "page": page,
        "draft": page.get_latest_revision_as_object(),
        "state": state,
        "step": step,
        "steps": presentation.steps(state) if state else [],
        "waiting": queries.waiting_for(step) if step else [],
        "events": presentation.timeline(page),
        "may_submit": policies.why_not_submit(request.user, page) is None,
        "may_edit": page.permissions_for_user(request.user).can_edit() and not page.workflow_in_progress,
        "may_recall": state is not None and policies.why_not_recall(request.user, state) is None,
        "may_cancel": state is not None and policies.why_not_cancel(request.user, state) is None,
        "may_withdraw": policies.why_not_withdraw(request.user, page) is None,
        "form": ReasonForm(),
    }
    return render(request, "workflows/history.html", context)


@require_POST
def submit(request: HttpRequest, page_id: int) -> HttpResponse:
    """Hand in a draft."""
    page = _readable_page(request, page_id)
    _is_done(request, lambda: actions.submit(page, request.user), _("Handed in. You see here who holds it."))
    return redirect("workflows:history", page.pk)


@require_POST
def withdraw(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask that a published text be withdrawn."""
    page = _readable_page(request, page_id)
    _is_done(
        request,
        lambda: actions.withdraw(page, request.user, request.POST.get("reason", "")),
        _("The withdrawal goes through the same steps as the text did."),
    )
    return redirect("workflows:history", page.pk)


def _readable_state(request: HttpRequest, state_id: int) -> WorkflowState:
    state = get_object_or_404(WorkflowState, pk=state_id)
    _readable_page(request, state.object_id)
    return state


@require_POST
def recall(request: HttpRequest, state_id: int) -> HttpResponse:
    """Take a text back."""
    state = _readable_state(request, state_id)
    _is_done(
        request,
        lambda: actions.recall(state, request.user),
        _("Taken back. The draft is yours to go on with."),
    )
    return redirect(reverse("workflows:history", args=[state.object_id]))


@require_POST
def cancel(request: HttpRequest, state_id: int) -> HttpResponse:
    """End a review, with the reason."""
    state = _readable_state(request, state_id)
    _is_done(
        request,
        lambda: actions.cancel(state, request.user, request.POST.get("reason", "")),
        _("The review has ended."),
    )
    return redirect(reverse("workflows:history", args=[state.object_id]))


@require_POST
def submit_translation(request: HttpRequest, translation_id: int) -> HttpResponse:
    """Hand in a finished translation."""
    translation = get_object_or_404(Translation, pk=translation_id)
    page = _readable_page(request, translation.get_target_instance().pk)
    if not _is_done(
        request,
        lambda: actions.submit_translation(translation, request.user),
        _("Handed in. You see here who holds it."),
    ):
        return redirect("wagtailadmin_pages:edit", page.pk)
    return redirect("workflows:history", page.pk)
