"""What people write in the steps is sealed in the record with the writer's own key."""

import json

import pytest

from intranet.audit.actions import forget
from intranet.audit.models import Event
from tests.workflows.flow import fresh, legal_ok, submit
from workflows import actions

pytestmark = pytest.mark.django_db

WORDS = "این متن با نظر خانم راد ناسازگار است"


def approved(bylaw, people):
    legal_ok(submit(bylaw, people.editor), people.legal, comment=WORDS)
    return people.legal


def rejected(bylaw, people):
    actions.reject(submit(bylaw, people.editor), fresh(people.legal), WORDS)
    return people.legal


def voted(bylaw, people):
    step = legal_ok(submit(bylaw, people.editor), people.legal)
    actions.vote(step, fresh(people.council1), "against", WORDS)
    return people.council1


def cancelled(bylaw, people):
    step = submit(bylaw, people.editor)
    actions.cancel(step.workflow_state, fresh(people.admin), WORDS)
    return people.admin


@pytest.mark.parametrize("act", [approved, rejected, voted, cancelled])
def test_words_of_a_step_are_sealed_and_go_with_their_writer(act, bylaw, people):
    writer = act(bylaw, people)
    event = Event.objects.get(verb=f"workflow.{act.__name__}", actor_id=writer.pk)
    assert WORDS in event.detail.values()
    assert WORDS not in json.dumps(event.detail_sealed, ensure_ascii=False)
    forget(writer)
    assert WORDS not in Event.objects.get(pk=event.pk).detail.values()
