"""Who may do what with a text under review. Each rule gives the reason of a refusal, or None when it allows.

The same rules hide the button and refuse the request: `actions` asks them again, whoever calls.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, WorkflowState

from intranet.access.models import State
from intranet.access.queries import can_see
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role, has_role
from organizations.models import Body, Membership
from workflows.models import ApprovalTask, EditorialReviewTask, Substitution, Vote
from workflows.registration import registration_of


class Refused(PermissionDenied):
    """An act that a rule forbids. Its text says why, in the reader's language."""


def text_of(workflow_state: WorkflowState) -> Any:
    """The page that the workflow moderates, of its own class, as it is in the database now."""
    obj = workflow_state.base_content_type.get_object_for_this_type(pk=workflow_state.object_id)
    return getattr(obj, "specific", obj)


def makers_of(workflow_state: WorkflowState, revision: Revision | None = None) -> frozenset[int]:
    """Those who made what is under review: its owner, who submitted it, who edited it since it was last published."""
    page = workflow_state.content_object
    edits = Revision.objects.filter(
        base_content_type_id=workflow_state.base_content_type_id, object_id=workflow_state.object_id
    )
    if page.live_revision_id:
        edits = edits.filter(pk__gt=page.live_revision_id)
    if revision is not None:
        edits = edits.filter(pk__lte=revision.pk)
    makers = {workflow_state.requested_by_id, page.owner_id, *edits.values_list("user_id", flat=True)}
    return frozenset(pk for pk in makers if pk is not None)


def holders(task: ApprovalTask, page: Any) -> QuerySet[User]:
    """The active people who decide at this step on this text, its makers among them."""
    groups = [GROUP_NAMES[role] for role in task.roles]
    wanted = Q(groups__name__in=groups)
    district = page.get_district() if hasattr(page, "get_district") else None
    if isinstance(task, EditorialReviewTask) and district is not None:
        seats = Membership.objects.current().filter(
            body__kind=Body.Kind.SECRETARIAT, body__district=district, person__user__isnull=False
        )
        secretaries = Q(groups__name=GROUP_NAMES[Role.DISTRICT_SECRETARY])
        wanted |= secretaries & Q(pk__in=seats.values("person__user"))
    return User.objects.filter(wanted, is_active=True).distinct().order_by("pk")


def seats_of(user: Any, task: ApprovalTask, page: Any) -> list[Any]:
    """Whose voice `user` may use at this step: his own first, then those he stands in for today."""
    deciding = holders(task, page)
    if not deciding.filter(pk=user.pk).exists():
        return []
    absent = Substitution.objects.current().filter(substitute=user).values("absent")
    return [user, *deciding.filter(pk__in=absent).exclude(pk=user.pk)]


def free_seats(user: Any, task_state: TaskState) -> list[Any]:
    """Those of `seats_of` that have not spoken yet and did not make the text."""
    task = task_state.task.specific
    seats = seats_of(user, task, text_of(task_state.workflow_state))
    if not seats:
        return []
    makers = makers_of(task_state.workflow_state, task_state.revision)
    taken = set(Vote.objects.filter(task_state=task_state).values_list("seat_id", flat=True))
    return [seat for seat in seats if seat.pk not in taken and seat.pk not in makers]


def is_running(task_state: TaskState) -> bool:
    """Whether the step waits for a decision."""
    return (
        task_state.status == TaskState.STATUS_IN_PROGRESS
        and task_state.workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    )


def why_not_decide(user: Any, task_state: TaskState, in_place_of: Any = None) -> str | None:  # noqa: PLR0911 - a reason a line
    """Why `user` may not decide at this step, for himself or `in_place_of` an absent approver."""
    if not is_running(task_state):
        return _("This text no longer waits for a decision at this step.")
    task = task_state.task.specific
    if not isinstance(task, ApprovalTask):
        return _("This step is decided elsewhere.")
    page = text_of(task_state.workflow_state)
    seats = seats_of(user, task, page)
    if not seats or not can_see(user, page, State.DRAFT):
        return _("This step is decided by others.")
    if user.pk in makers_of(task_state.workflow_state, task_state.revision):
        return _("Nobody decides on a text that he wrote, owns or submitted.")
    if Vote.objects.filter(task_state=task_state, voter=user).exists():
        return _("You have decided on this text already.")
    if in_place_of is not None and in_place_of not in seats:
        return _("You do not stand in for this person today.")
    free = free_seats(user, task_state)
    if not free or (in_place_of is not None and in_place_of not in free):
        return _("This voice has been used already, or belongs to a maker of the text.")
    return None


def why_not_submit(user: Any, page: Any) -> str | None:
    """Why `user` may not hand in the latest revision of `page`."""
    if not page.permissions_for_user(user).can_edit():
        return _("Only those who may edit a text hand it in.")
    if page.get_workflow() is None:
        return _("No workflow is assigned to this page.")
    if page.workflow_in_progress:
        return _("This text is under review already.")
    lock = page.get_lock()
    if lock is not None and lock.for_user(user):
        return _("This text is locked, or waits for its day of publication.")
    return why_not_correct(page)


def why_not_correct(page: Any) -> str | None:
    """Why the latest revision may not correct the published text: its erratum note is missing or an old one."""
    draft = page.get_latest_revision_as_object()
    if not page.live_revision_id or not registration_of(page).numbered or draft.withdrawn_on:
        return None
    if is_translation(page):
        return None
    return None if explains_itself(page, vars(draft)) else missing_erratum()


def explains_itself(page: Any, values: Mapping[str, Any]) -> bool:
    """Whether the new `values` of a published text say what they are: a correction, by a new erratum note, or an
    amendment, by a new day from which it holds.
    """
    day_field = registration_of(page).day_field
    names = ("erratum", day_field) if day_field else ("erratum",)
    published = page.specific_class.objects.filter(pk=page.pk).values_list(*names).get()
    if is_new_note(values.get("erratum") or "", published[0]):
        return True
    day = values.get(day_field)
    return bool(day_field) and day is not None and day != published[1]


def is_translation(page: Any) -> bool:
    """Whether the page translates an official text: the number and the erratum notes are those of that text."""
    return bool(page.locale.language_code != settings.LANGUAGE_CODE)


def is_new_note(note: str, published: str) -> bool:
    """Whether `note` explains this correction rather than the one before."""
    return bool(note.strip()) and note.strip() != published.strip()


def missing_erratum() -> str:
    """What an editor reads when the note is missing."""
    return _("A published text is corrected with an erratum note: what was wrong and what it says now.")


def why_not_recall(user: Any, workflow_state: WorkflowState) -> str | None:
    """Why `user` may not take the text back: only who handed it in or owns it may, until it is decided."""
    if not workflow_state.is_active:
        return _("This text is not under review.")
    if user.pk not in (workflow_state.requested_by_id, workflow_state.content_object.owner_id):
        return _("Only who handed in a text, or owns it, takes it back.")
    return None


def why_not_cancel(user: Any, workflow_state: WorkflowState) -> str | None:
    """Why `user` may not end the review: administrators may, with a reason, when nobody else can."""
    if not workflow_state.is_active:
        return _("This text is not under review.")
    if not has_role(user, Role.ADMINISTRATOR):
        return _("Only an administrator ends the review of a text.")
    return None


def why_not_withdraw(user: Any, page: Any) -> str | None:
    """Why `user` may not ask that a published text be withdrawn."""
    if not page.live:
        return _("Only a published text is withdrawn.")
    if getattr(page, "withdrawn_on", None):
        return _("This text is withdrawn already.")
    reason = why_not_submit(user, page)
    return None if reason == missing_erratum() else reason


def may_read(user: Any, page: Any) -> bool:
    """Whether `user` may read the draft, and so its course through the workflow."""
    return can_see(user, page, State.DRAFT)
