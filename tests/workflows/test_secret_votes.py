"""A secret vote: that somebody voted is written down, how he voted nowhere."""

import re

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers import serialize
from django.db import transaction
from django.urls import reverse
from wagtail.models import TaskState

from intranet.audit.models import Event
from tests.workflows import flow
from workflows import actions
from workflows.models import ABSTAIN, AGAINST, FOR, CouncilVoteTask, SecretCount, Vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(people, bylaw):
    """A bylaw at the council's step, whose three members vote in secret."""
    CouncilVoteTask.objects.update(secret=True, quorum=3)
    return flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)


def rows_of_database():
    """Every row of every table but the counts, as text; what passes by itself (numbers, hours, seals) left out."""
    return {
        model._meta.label: re.sub(
            r'"[^"]*sealed[^"]*"|\d+', "", serialize("json", model._base_manager.order_by("pk"))
        )
        for model in apps.get_models()
        if model is not SecretCount
    }


@pytest.mark.parametrize("choices", [("for", "against"), ("against", "abstain"), ("abstain", "for")])
def test_vote_leaves_the_same_rows_whatever_was_voted(people, secret, choices):
    """The database after a vote and after its opposite differs in the numbers of the count alone."""
    found = []
    for choice in choices:
        with transaction.atomic():
            actions.vote(secret, flow.fresh(people.council1), choice, comment="نشانی از من")
            found.append(rows_of_database())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert '"choice": ""' in found[0]["workflows.Vote"]
    assert "نشانی از من" not in str(found)


def test_vote_is_in_the_record_without_the_choice(people, secret):
    actions.vote(secret, flow.fresh(people.council1), "against")
    event = Event.objects.get(verb="workflow.voted")
    assert event.actor_id == people.council1.pk
    assert set(event.detail) == {"step", "revision"}


def test_open_vote_is_in_the_record_with_the_choice(people, bylaw):
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, flow.fresh(people.council1), "abstain")
    assert Event.objects.get(verb="workflow.voted").detail["choice"] == "abstain"


def test_vote_decides_nothing_until_all_have_voted(people, secret, bylaw):
    for member in (people.council1, people.council2):
        assert actions.vote(secret, flow.fresh(member), "for") == "open"
        bylaw.refresh_from_db()
        assert not bylaw.live
        assert not Event.objects.filter(verb="workflow.vote_decided").exists()
    assert actions.vote(secret, flow.fresh(people.council3), "against") == "passed"
    bylaw.refresh_from_db()
    assert bylaw.live
    event = Event.objects.get(verb="workflow.vote_decided")
    assert event.actor_id is None
    assert (event.detail["in_favour"], event.detail["against"]) == (2, 1)
    assert TaskState.objects.get(pk=secret.pk).finished_by is None


def test_vote_that_fails_tells_the_author_numbers_and_no_names(people, secret):
    for member, choice in (
        (people.council1, "for"),
        (people.council2, "against"),
        (people.council3, "against"),
    ):
        actions.vote(secret, flow.fresh(member), choice)
    comment = TaskState.objects.get(pk=secret.pk).comment
    assert "۲" in comment
    assert not any(
        member.get_full_name() and member.get_full_name() in comment
        for member in (people.council1, people.council2, people.council3)
    )


def test_vote_once_each(people, secret):
    actions.vote(secret, flow.fresh(people.council1), "for")
    with pytest.raises(PermissionDenied):
        actions.vote(secret, flow.fresh(people.council1), "against")
    assert SecretCount.objects.get().in_favour == 1
    assert SecretCount.objects.get().against == 0


def test_review_page_shows_who_voted_and_never_how(client, people, secret):
    actions.vote(secret, flow.fresh(people.council1), "against")
    client.force_login(people.auditor)
    pages = [
        client.get(reverse("workflows:review", args=[secret.pk])).content.decode(),
        client.get(reverse("workflows:history", args=[secret.revision.object_id])).content.decode(),
    ]
    for html in pages:
        assert "رأی داده است" in html
        assert "badge--bad" not in html


def test_decide_form_asks_for_no_words_and_takes_none(client, people, secret):
    client.force_login(people.council1)
    html = client.get(reverse("workflows:review", args=[secret.pk])).content.decode()
    assert "<textarea" not in html
    answer = client.post(
        reverse("workflows:decide", args=[secret.pk]),
        {"action": AGAINST, "comment": "من بودم", "seat": people.council1.pk},
    )
    assert answer["Location"] == "/desk/"
    assert Vote.objects.get(task_state=secret).comment == ""
    assert SecretCount.objects.get().against == 1


@pytest.mark.parametrize("action", [FOR, AGAINST, ABSTAIN])
def test_admin_has_no_button_whose_address_names_the_choice(client, people, secret, action):
    page = secret.workflow_state.content_object.specific
    assert secret.task.specific.get_actions(page, flow.fresh(people.council1)) == []
    with pytest.raises(PermissionDenied):
        secret.task.specific.on_action(secret, flow.fresh(people.council1), action)
    assert not Vote.objects.filter(task_state=secret).exists()


def test_step_is_not_made_secret_or_open_while_people_vote(people, secret):
    task = CouncilVoteTask.objects.get()
    task.secret = False
    with pytest.raises(ValidationError, match="secret"):
        task.full_clean()


def test_step_of_two_is_not_secret(site):
    task = CouncilVoteTask.objects.get()
    task.secret, task.quorum = True, 2
    with pytest.raises(ValidationError, match="quorum"):
        task.full_clean()
