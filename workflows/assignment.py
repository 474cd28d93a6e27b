"""Laying the workflows of the institution and giving them to branches of the page tree. Safe to run again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import GroupPagePermission, Page, Task, Workflow, WorkflowPage, WorkflowTask

from workflows.models import CouncilVoteTask, EditorialReviewTask, LegalReviewTask


@dataclass(frozen=True)
class Step:
    """A step by its kind and its name; administrators may rename it and change its settings afterwards."""

    model: type[Task]
    name: str


LEGAL = Step(LegalReviewTask, "بررسی حقوقی")
COUNCIL = Step(CouncilVoteTask, "رأی شورا")
EDITORIAL = Step(EditorialReviewTask, "بررسی محتوا")

DECISION = ("تصویب در شورا", (LEGAL, COUNCIL))
REVIEW = ("بررسی و انتشار", (EDITORIAL,))


def install_workflow(name: str, steps: Sequence[Step]) -> Workflow:
    """The workflow of this name, made with its steps when there is none."""
    workflow, created = Workflow.objects.get_or_create(name=name)
    if created:
        for order, step in enumerate(steps):
            task = step.model.objects.filter(name=step.name).first() or step.model.objects.create(
                name=step.name
            )
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow


def assign(workflow: Workflow, page: Page) -> None:
    """Give a branch its workflow, unless an administrator has given it one already."""
    WorkflowPage.objects.get_or_create(page_id=page.pk, defaults={"workflow": workflow})


def assign_like_source(source: Any, translation: Any) -> None:
    """Give a translated branch what its source has: the workflow, and who may work on it."""
    assigned = WorkflowPage.objects.filter(page_id=source.pk).first()
    if assigned is not None:
        assign(assigned.workflow, translation)
    for given in GroupPagePermission.objects.filter(page_id=source.pk):
        GroupPagePermission.objects.get_or_create(
            group_id=given.group_id, page_id=translation.pk, permission_id=given.permission_id
        )
