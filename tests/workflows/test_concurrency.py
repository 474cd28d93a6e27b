"""Numbers under concurrency: eight processes approve at once, some fail: no number twice, none lost.

Runs on SQLite (whose writers queue) and, in CI, on PostgreSQL (whose rows lock).
"""

import multiprocessing

import pytest
from django.db import connections, transaction

from documents.models import RegistryNumber
from intranet.accounts.models import User
from pages.bylaws.models import BylawPage
from tests.workflows import flow
from tests.workflows.conftest import make_bylaw
from workflows import actions

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES = 8


class FailureError(Exception):
    """Something that goes wrong after the number was given."""


def last_vote(step_pk, user_pk, fails, start, results):
    """In a process of its own: the vote that decides, all in one transaction; it may fail at its end."""
    from wagtail.models import TaskState

    connections.close_all()
    start.wait(60)
    try:
        with transaction.atomic():
            actions.vote(TaskState.objects.get(pk=step_pk), User.objects.get(pk=user_pk), "for")
            if fails:
                raise FailureError
        results.put("done")
    except FailureError:
        results.put("rolled back")
    except Exception as error:  # noqa: BLE001 - whatever it is, the test must see it
        results.put(repr(error))
    finally:
        connections.close_all()


def at_once(steps, user, failing):
    """Cast the deciding vote on every step at the same moment; return what became of each."""
    context = multiprocessing.get_context("fork")
    start, results = context.Event(), context.Queue()
    connections.close_all()
    processes = [
        context.Process(target=last_vote, args=(step.pk, user.pk, number in failing, start, results))
        for number, step in enumerate(steps)
    ]
    for process in processes:
        process.start()
    start.set()
    found = sorted(results.get(timeout=120) for _ in processes)
    for process in processes:
        process.join(30)
    return found


@pytest.fixture
def steps(people):
    """Eight bylaws that want one vote more."""
    found = []
    for _ in range(PROCESSES):
        step = flow.legal_ok(flow.submit(make_bylaw(people.editor), people.editor), people.legal)
        actions.vote(step, flow.fresh(people.council1), "for")
        found.append(step)
    return found


def test_approve_eight_at_once_gives_no_number_twice_and_loses_none(people, steps):
    failing = {1, 4, 6}
    assert at_once(steps, people.council2, failing) == ["done"] * 5 + ["rolled back"] * 3
    numbers = RegistryNumber.objects.order_by("sequence")
    assert list(numbers.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]
    assert set(BylawPage.objects.filter(live=True).values_list("number", flat=True)) == {
        number.text for number in numbers
    }
    again = [steps[number] for number in sorted(failing)]
    assert at_once(again, people.council2, set()) == ["done"] * 3
    assert list(numbers.all().values_list("sequence", flat=True)) == list(range(1, PROCESSES + 1))
    assert BylawPage.objects.filter(live=True).count() == PROCESSES


def test_vote_the_same_step_from_many_processes_counts_once(people, steps):
    found = at_once([steps[0]] * 4, people.council2, set())
    assert found.count("done") == 1
    assert RegistryNumber.objects.count() == 1
