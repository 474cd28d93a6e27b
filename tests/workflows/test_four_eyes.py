"""Nobody decides on a text he made, by whatever door he tries."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from intranet.accounts.roles import GROUP_NAMES, Role
from tests import factories
from tests.workflows import flow
from tests.workflows.conftest import make_bylaw
from workflows import actions, policies, queries
from workflows.policies import Refused

pytestmark = pytest.mark.django_db


def also(user, role):
    """Give a person one more role."""
    user.groups.add(Group.objects.get(name=GROUP_NAMES[Role(role)]))
    return flow.fresh(user)


def refused_everywhere(client, user, step):
    """The act, the queue, the button and the request all say no."""
    assert policies.why_not_decide(user, step)
    assert step not in queries.queue_of(user)
    with pytest.raises(Refused):
        actions.approve(step, user)
    client.force_login(user)
    page = client.get(reverse("workflows:review", args=[step.pk]))
    assert b'value="accept"' not in page.content
    assert client.post(reverse("workflows:decide", args=[step.pk]), {"action": "accept"}).status_code == 403
    admin = reverse(
        "wagtailadmin_pages:workflow_action", args=[step.workflow_state.object_id, "accept", step.pk]
    )
    assert client.post(admin, {"comment": ""}).status_code in (302, 403)
    step.refresh_from_db()
    assert step.status == "in_progress"


def test_approve_submitter_who_is_legal_too(client, people, bylaw):
    user = also(people.editor, "legal_reviewer")
    refused_everywhere(client, user, flow.submit(bylaw, user))


def test_approve_owner_whose_text_another_submitted(client, people, bylaw):
    user = also(people.editor, "legal_reviewer")
    refused_everywhere(client, user, flow.submit(bylaw, people.editor2))


def test_approve_legal_who_edited_the_revision(client, people, bylaw):
    user = also(people.editor2, "legal_reviewer")
    bylaw.save_revision(user=user)
    refused_everywhere(client, user, flow.submit(bylaw, people.editor))


def test_approve_legal_who_edited_only_what_is_published_already(people, bylaw):
    user = also(people.editor2, "legal_reviewer")
    bylaw.save_revision(user=user)
    flow.publish(bylaw, people)
    bylaw.erratum = "غلط چاپی"
    bylaw.save_revision(user=people.editor)
    step = flow.submit(bylaw, people.editor)
    assert policies.why_not_decide(flow.fresh(user), step) is None
    assert step in queries.queue_of(flow.fresh(user))


def test_vote_member_who_wrote_the_text(people, site):
    member = also(people.council1, "editor")
    step = flow.legal_ok(flow.submit(make_bylaw(member), member), people.legal)
    assert policies.why_not_decide(member, step)
    with pytest.raises(Refused):
        actions.vote(step, member, "for")
    assert queries.rule_of(step).members == 2
    actions.vote(step, people.council2, "for")
    assert str(actions.vote(step, people.council3, "for")) == "passed"


def test_approve_superuser_without_role(client, people, bylaw):
    root = factories.make_user(is_superuser=True)
    step = flow.submit(bylaw, people.editor)
    assert policies.why_not_decide(root, step)
    with pytest.raises(Refused):
        actions.approve(step, root)


@pytest.mark.parametrize("name", ["editor2", "council1", "staff", "auditor", "admin"])
def test_approve_other_role_at_the_legal_step(people, bylaw, name):
    step = flow.submit(bylaw, people.editor)
    with pytest.raises(Refused):
        actions.approve(step, flow.fresh(getattr(people, name)))


def test_approve_by_page_of_another_text(client, people, bylaw):
    """The admin's address names a page and a step: a step of another page is judged by its own page."""
    user = also(people.editor, "legal_reviewer")
    own = flow.submit(bylaw, user)
    other = flow.submit(make_bylaw(people.editor2), people.editor2)
    client.force_login(user)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[other.workflow_state.object_id, "accept", own.pk]
    )
    client.post(address, {"comment": ""})
    own.refresh_from_db()
    assert own.status == "in_progress"


def test_vote_twice_same_member(people, bylaw):
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, people.council1, "for")
    with pytest.raises(Refused):
        actions.vote(step, people.council1, "for")


def test_decide_after_the_decision(people, bylaw):
    step = flow.submit(bylaw, people.editor)
    flow.legal_ok(step, people.legal)
    with pytest.raises(Refused):
        actions.reject(step, people.legal2, "دیر")


def test_approve_vote_step_and_vote_at_review_step(people, bylaw):
    step = flow.submit(bylaw, people.editor)
    with pytest.raises(Refused):
        actions.vote(step, people.legal, "for")
    step = flow.legal_ok(step, people.legal)
    with pytest.raises(Refused):
        actions.approve(step, people.council1)
