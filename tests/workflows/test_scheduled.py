"""What the clock does: publication at a set time, votes whose time is over."""

import datetime

import pytest
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState

from documents.models import RegistryNumber
from intranet.outbox.registry import clock_jobs
from tests.workflows import flow
from workflows import actions, policies

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheduled(people, bylaw):
    bylaw.go_live_at = timezone.now() + datetime.timedelta(days=2)
    bylaw.save_revision(user=people.editor)
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, people.council1, "for")
    actions.vote(step, people.council2, "for")
    return Page.objects.get(pk=bylaw.pk).specific


def test_approve_with_a_set_time_waits_for_it_with_its_number(scheduled):
    assert not scheduled.live
    assert RegistryNumber.objects.filter(target_uid=f"page:{scheduled.pk}").count() == 1
    actions.publish_due()
    assert not Page.objects.get(pk=scheduled.pk).live


def test_publish_due_at_its_time(scheduled):
    past = timezone.now() - datetime.timedelta(minutes=1)
    revision = scheduled.scheduled_revision
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    actions.publish_due()
    page = Page.objects.get(pk=scheduled.pk).specific
    assert page.live
    assert page.number
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    actions.publish_due()
    assert RegistryNumber.objects.count() == 1


def test_submit_while_scheduled_is_locked(scheduled, people):
    assert policies.why_not_submit(flow.fresh(people.editor), scheduled)


def test_clock_knows_the_jobs():
    assert clock_jobs["workflows.publish_due"].period == datetime.timedelta(minutes=1)
    assert "workflows.close_votes" in clock_jobs


def late(step):
    TaskState.objects.filter(pk=step.pk).update(started_at=timezone.now() - datetime.timedelta(days=30))


def test_close_vote_with_quorum_after_its_days(people, bylaw):
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, people.council1, "for")
    actions.vote(step, people.council2, "abstain")
    late(step)
    actions.close_due_votes()
    step.refresh_from_db()
    assert step.status == "rejected"


def test_close_vote_without_quorum_waits_on(people, bylaw):
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, people.council1, "for")
    late(step)
    actions.close_due_votes()
    step.refresh_from_db()
    assert step.status == "in_progress"
    assert str(actions.vote(step, people.council2, "for")) == "passed"
