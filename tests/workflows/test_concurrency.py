"""Numbers under concurrency: eight processes approve at once, some fail or are killed: no number twice, none lost.

Runs on SQLite (whose writers queue) and, in CI, on PostgreSQL (whose rows lock).
"""

import multiprocessing
import os
import signal

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


def die_before_the_end(step_pk, user_pk, start, numbered):
    """In a process of its own: the vote that decides, and death after the number is given, before it is kept."""
    from wagtail.models import TaskState

    connections.close_all()
    start.wait(60)
    with transaction.atomic():
        actions.vote(TaskState.objects.get(pk=step_pk), User.objects.get(pk=user_pk), "for")
        numbered.put(RegistryNumber.objects.count())
        numbered.close()
        numbered.join_thread()
        os.kill(os.getpid(), signal.SIGKILL)


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


def test_number_of_a_killed_process_is_given_to_the_next(people, steps):
    """Some are killed in the middle of the approval while others approve: no number twice, no hole, none lost."""
    context = multiprocessing.get_context("fork")
    start, numbered = context.Event(), context.Queue()
    connections.close_all()
    killed = [
        context.Process(target=die_before_the_end, args=(step.pk, people.council2.pk, start, numbered))
        for step in steps[:3]
    ]
    for process in killed:
        process.start()
    start.set()
    assert at_once(steps[3:], people.council2, {0}) == ["done"] * 4 + ["rolled back"]
    for process in killed:
        process.join(120)
    assert [process.exitcode for process in killed] == [-signal.SIGKILL] * 3
    assert all(numbered.get(timeout=10) for _ in killed)  # each had its number when it died
    assert list(RegistryNumber.objects.order_by("sequence").values_list("sequence", flat=True)) == [
        1,
        2,
        3,
        4,
    ]
    assert at_once([*steps[:3], steps[3]], people.council2, set()) == ["done"] * 4
    assert list(RegistryNumber.objects.order_by("sequence").values_list("sequence", flat=True)) == list(
        range(1, PROCESSES + 1)
    )
    numbers = set(RegistryNumber.objects.values_list("text", flat=True))
    assert set(BylawPage.objects.filter(live=True).values_list("number", flat=True)) == numbers


def test_vote_the_same_step_from_many_processes_counts_once(people, steps):
    found = at_once([steps[0]] * 4, people.council2, set())
    assert found.count("done") == 1
    assert RegistryNumber.objects.count() == 1
