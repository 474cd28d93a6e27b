"""From hand-in to publication."""

import pytest
from django.core import mail
from wagtail.models import WorkflowState

from documents.models import RegistryNumber
from intranet.audit.models import Event
from intranet.outbox.actions import drain
from tests.workflows import flow
from workflows import actions, queries

pytestmark = pytest.mark.django_db


def test_publish_bylaw_after_legal_and_council(people, bylaw):
    step = flow.submit(bylaw, people.editor)
    assert step.task.name == "بررسی حقوقی"
    assert list(queries.queue_of(flow.fresh(people.legal))) == [step]
    assert not queries.queue_of(flow.fresh(people.council1))
    step = flow.legal_ok(step, people.legal)
    assert step.task.name == "رأی شورا"
    assert not queries.queue_of(flow.fresh(people.legal))
    actions.vote(step, people.council1, "for")
    bylaw.refresh_from_db()
    assert not bylaw.live
    assert not queries.queue_of(flow.fresh(people.council1))
    assert list(queries.queue_of(flow.fresh(people.council2))) == [step]
    actions.vote(step, people.council2, "for")
    bylaw.refresh_from_db()
    assert bylaw.live
    number = RegistryNumber.objects.get(target_uid=f"page:{bylaw.pk}")
    assert bylaw.number == number.text
    assert number.text.endswith("/110/1")
    assert bylaw.approved_on is not None
    assert bylaw.get_latest_revision().pk == bylaw.live_revision_id
    assert bylaw.current_workflow_state is None
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    wanted = [
        "workflow.submitted",
        "workflow.approved",
        "workflow.voted",
        "workflow.voted",
        "workflow.vote_decided",
        "registry.issued",
        "text.published",
    ]
    assert [verb for verb in verbs if verb in wanted] == wanted
    drain("notifications.mail")
    sent = {(address, message.subject) for message in mail.outbox for address in message.to}
    assert len([subject for address, subject in sent if address == people.editor.email]) == 3
    assert len([subject for address, subject in sent if address == people.council3.email]) == 1
    assert WorkflowState.objects.get().status == "approved"
