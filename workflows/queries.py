"""What waits for whom, who holds a text, and how it fared. The twins of the rules in `policies`."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from intranet.access.models import State
from intranet.access.queries import visible, visible_to
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role, roles_of
from organizations.queries import districts_of
from workflows import policies
from workflows.models import (
    ApprovalTask,
    CouncilVoteTask,
    EditorialReviewTask,
    LegalReviewTask,
    SecretCount,
    Substitution,
    Vote,
)
from workflows.registration import registered
from workflows.tally import Count, Rule

STEPS: tuple[type[ApprovalTask], ...] = (LegalReviewTask, EditorialReviewTask, CouncilVoteTask)
DECIDING_ROLES = frozenset(role for step in STEPS for role in step.roles) | {Role.DISTRICT_SECRETARY}
RECENT = timedelta(days=30)


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)


def _running() -> QuerySet[TaskState]:
    """The steps that wait for a decision on a page, each with `page_id`."""
    return TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=_page_type(),
    ).annotate(page_id=Cast("workflow_state__object_id", BigIntegerField()))


def _made_by(user_id: int) -> Q:
    """Whether a person made what is under review: the twin of `policies.makers_of`."""
    live = Page.objects.filter(pk=OuterRef(OuterRef("page_id"))).values("live_revision_id")[:1]
    edits = Revision.objects.filter(
        base_content_type=_page_type(),
        object_id=OuterRef("workflow_state__object_id"),
        user=user_id,
        pk__lte=OuterRef("revision_id"),
        pk__gt=Coalesce(Subquery(live), 0),
    )
    owned = Page.objects.filter(pk=OuterRef("page_id"), owner=user_id)
    return Q(workflow_state__requested_by=user_id) | Exists(owned) | Exists(edits)


def _steps_of(user: Any) -> Q:
    """The steps at which `user` decides by a role."""
    roles = roles_of(user)
    types = [ContentType.objects.get_for_model(step) for step in STEPS if roles.intersection(step.roles)]
    mine = Q(task__content_type__in=types)
    if Role.DISTRICT_SECRETARY in roles:
        review = ContentType.objects.get_for_model(EditorialReviewTask)
        mine |= Q(task__content_type=review) & _of_districts(user)
    return mine


def _of_districts(user: Any) -> Q:
    """Whether a text is about a district in whose secretariat `user` serves: within the one query."""
    condition = Q(pk__in=[])
    for moderated in registered():
        if moderated.district_field:
            own = moderated.model._default_manager.filter(
                **{f"{moderated.district_field}__in": districts_of(user).order_by()}
            )
            keys = own.order_by().annotate(key=Cast("pk", CharField())).values("key")
            condition |= Q(workflow_state__object_id__in=keys)
    return condition


def queue_of(user: Any) -> QuerySet[TaskState]:
    """The steps that wait for `user`, oldest first: those at which he may decide now, for himself or another."""
    if not roles_of(user) & DECIDING_ROLES:
        return TaskState.objects.none()
    running = _running().filter(_steps_of(user), visible(Page, user, path="page_id", state=State.DRAFT))
    absent = Substitution.objects.current().filter(substitute=user, absent__is_active=True)
    free: Any = ~Exists(Vote.objects.filter(task_state=OuterRef("pk"), seat=user.pk))
    for row in absent.select_related("absent"):
        if not roles_of(row.absent) & roles_of(user) & DECIDING_ROLES:
            continue
        taken = Exists(Vote.objects.filter(task_state=OuterRef("pk"), seat=row.absent_id))
        free |= ~taken & ~_made_by(row.absent_id)
    return (
        running.exclude(_made_by(user.pk))
        .filter(free, ~Exists(Vote.objects.filter(task_state=OuterRef("pk"), voter=user.pk)))
        .select_related("task", "revision", "workflow_state__requested_by", "workflow_state__workflow")
        .order_by("started_at", "pk")
    )


def waiting_for(task_state: TaskState) -> list[User]:
    """The people who can still decide at this step."""
    task = task_state.task.specific
    if not policies.is_running(task_state) or not isinstance(task, ApprovalTask):
        return []
    makers = policies.makers_of(task_state.workflow_state, task_state.revision)
    spoken = Vote.objects.filter(task_state=task_state)
    return list(
        policies.holders(task, policies.text_of(task_state.workflow_state))
        .exclude(pk__in=makers)
        .exclude(pk__in=spoken.values("seat"))
        .exclude(pk__in=spoken.values("voter"))
    )


def rule_of(task_state: TaskState) -> Rule:
    """The rule of the vote at a council's step: makers of the text are no voters of it."""
    task = task_state.task.specific
    members = policies.holders(task, policies.text_of(task_state.workflow_state))
    makers = policies.makers_of(task_state.workflow_state, task_state.revision)
    voted = Vote.objects.filter(task_state=task_state).values("seat")
    electors = User.objects.filter(Q(pk__in=members.exclude(pk__in=makers)) | Q(pk__in=voted))
    return Rule(members=electors.count(), quorum=task.quorum, majority=task.majority)


def count_of(task_state: TaskState) -> Count:
    """The votes cast so far."""
    secret = SecretCount.objects.filter(task_state=task_state).first()
    if secret is not None:
        return Count(in_favour=secret.in_favour, against=secret.against, abstained=secret.abstained)
    choices = list(Vote.objects.filter(task_state=task_state).values_list("choice", flat=True))
    return Count(
        in_favour=choices.count(Vote.Choice.FOR),
        against=choices.count(Vote.Choice.AGAINST),
        abstained=choices.count(Vote.Choice.ABSTAIN),
    )


@dataclass
class Submission:
    """One of a person's texts in the workflow: where it is, since when, in whose hands."""

    state: WorkflowState
    page: Page
    step: TaskState | None
    holders: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title of the text that was handed in."""
        return self.step.revision.object_str if self.step else self.page.title

    @property
    def is_running(self) -> bool:
        """Whether somebody holds it."""
        return self.state.status == WorkflowState.STATUS_IN_PROGRESS

    @property
    def is_rejected(self) -> bool:
        """Whether it came back."""
        return self.state.status == WorkflowState.STATUS_NEEDS_CHANGES


def submissions_of(user: Any, limit: int = 20) -> list[Submission]:
    """What `user` handed in or owns, each text once: under review or sent back, then what was settled lately."""
    page_type = _page_type()
    owned = Page.objects.filter(owner=user.pk).annotate(key=Cast("pk", CharField())).values("key")
    states = (
        WorkflowState.objects.filter(base_content_type=page_type)
        .filter(Q(requested_by=user.pk) | Q(object_id__in=owned))
        .filter(
            Q(status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES))
            | Q(
                status=WorkflowState.STATUS_APPROVED,
                current_task_state__finished_at__gte=timezone.now() - RECENT,
            )
        )
        .select_related("workflow", "current_task_state__task__content_type", "current_task_state__revision")
        .annotate(is_over=Q(status=WorkflowState.STATUS_APPROVED))
        .order_by("is_over", "-created_at")[:limit]
    )
    found = list(states)
    visible_pages = visible_to(Page.objects.filter(pk__in=[s.object_id for s in found]), user, State.DRAFT)
    pages = visible_pages.in_bulk()
    running = []
    for state in found:
        if state.status == WorkflowState.STATUS_IN_PROGRESS and state.current_task_state is not None:
            state.current_task_state.workflow_state = state
            running.append(state.current_task_state)
    holders = holders_by_step(running)
    latest: dict[int, Submission] = {}
    for state in found:
        if (page := pages.get(int(state.object_id))) is not None:
            latest.setdefault(
                page.pk,
                Submission(
                    state, page, state.current_task_state, holders.get(state.current_task_state_id, [])
                ),
            )
    return list(latest.values())


def holders_by_step(task_states: Collection[TaskState]) -> dict[int, list[str]]:
    """Names of those who can still decide by their role, by step. Four queries however many steps.

    For lists only: the secretaries of a page's own district, who may review it too, are not named.
    """
    if not task_states:
        return {}
    people: dict[str, dict[int, str]] = {}
    groups = [GROUP_NAMES[role] for step in STEPS for role in step.roles]
    for user in User.objects.filter(is_active=True, groups__name__in=groups).annotate(
        group=F("groups__name")
    ):
        people.setdefault(user.group, {})[user.pk] = user.get_full_name()
    out = _makers_by_step(task_states)
    for step, voter, seat in Vote.objects.filter(task_state__in=task_states).values_list(
        "task_state_id", "voter_id", "seat_id"
    ):
        out[step] |= {voter, seat}
    found = {}
    for task_state in task_states:
        roles = getattr(task_state.task.content_type.model_class(), "roles", ())
        deciding = {pk: name for role in roles for pk, name in people.get(GROUP_NAMES[role], {}).items()}
        found[task_state.pk] = [name for pk, name in deciding.items() if pk not in out[task_state.pk]]
    return found


def _makers_by_step(task_states: Collection[TaskState]) -> dict[int, set[int]]:
    keys = {task_state.revision.object_id for task_state in task_states}
    pages = Page.objects.in_bulk([int(key) for key in keys])
    edits = list(
        Revision.objects.filter(base_content_type=_page_type(), object_id__in=keys)
        .exclude(user=None)
        .values_list("object_id", "pk", "user_id")
    )
    makers: dict[int, set[int]] = {}
    for task_state in task_states:
        page = pages[int(task_state.revision.object_id)]
        since = page.live_revision_id or 0
        makers[task_state.pk] = {page.owner_id, task_state.workflow_state.requested_by_id} | {
            user
            for key, pk, user in edits
            if key == task_state.revision.object_id and since < pk <= task_state.revision_id
        }
    return makers


def drafts_of(user: Any, limit: int = 10) -> QuerySet[Page]:
    """The pages `user` owns that hold unpublished changes and are not under review, newest first."""
    active = WorkflowState.objects.active().filter(
        base_content_type=_page_type(), object_id=Cast(OuterRef("pk"), CharField())
    )
    mine = Page.objects.filter(owner=user.pk, has_unpublished_changes=True).exclude(Exists(active))
    return visible_to(mine, user, State.DRAFT).order_by(
        F("latest_revision_created_at").desc(nulls_last=True)
    )[:limit]


def course_of(page: Page) -> QuerySet[TaskState]:
    """All steps that a text went through, oldest first, each with its votes."""
    return (
        TaskState.objects.filter(
            workflow_state__base_content_type=_page_type(), workflow_state__object_id=str(page.pk)
        )
        .select_related("task__content_type", "finished_by", "workflow_state__requested_by")
        .prefetch_related("votes__voter", "votes__seat")
        .order_by("started_at", "pk")
    )


def next_steps(workflow_state: WorkflowState) -> list[Task]:
    """The steps of the workflow in their order, each with `status` of the revision under review."""
    steps: list[Task] = workflow_state.all_tasks_with_status()
    return steps
