"""Standing in for an absent approver."""

import datetime

import pytest
from django.utils import timezone

from intranet.audit.models import Event
from tests import factories
from tests.workflows import flow
from workflows import actions, policies, queries
from workflows.models import Substitution, Vote
from workflows.policies import Refused

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


def stand_in(absent, substitute, first=0, last=3):
    today = timezone.localdate()
    return actions.substitute(
        flow.fresh(absent), flow.fresh(substitute), today + first * DAY, today + last * DAY
    )


def test_approve_substitute_in_place_of_the_absent_is_recorded_so(people, bylaw):
    stand_in(people.legal, people.legal2)
    step = flow.submit(bylaw, people.editor)
    actions.approve(step, flow.fresh(people.legal2), "", flow.fresh(people.legal))
    vote = Vote.objects.get(task_state=step)
    assert (vote.voter, vote.seat) == (people.legal2, people.legal)
    assert Event.objects.get(verb="workflow.approved").detail["in_place_of"] == "legal"


def test_vote_substitute_has_one_vote_not_two(people, bylaw):
    stand_in(people.council1, people.council2)
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, flow.fresh(people.council2), "for", "", people.council1)
    with pytest.raises(Refused):
        actions.vote(step, flow.fresh(people.council2), "for")
    with pytest.raises(Refused):
        actions.vote(step, flow.fresh(people.council1), "for")
    assert Vote.objects.filter(task_state=step).count() == 1


def test_vote_absent_first_then_substitute_for_him(people, bylaw):
    stand_in(people.council1, people.council2)
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, people.council1, "for")
    with pytest.raises(Refused):
        actions.vote(step, flow.fresh(people.council2), "for", "", people.council1)


def test_vote_substitute_of_a_maker(people, site):
    """The seat of somebody who wrote the text is empty, whoever sits in it."""
    from django.contrib.auth.models import Group

    from intranet.accounts.roles import GROUP_NAMES, Role
    from tests.workflows.conftest import make_bylaw

    people.council1.groups.add(Group.objects.get(name=GROUP_NAMES[Role.EDITOR]))
    stand_in(people.council1, people.council2)
    bylaw = make_bylaw(people.council1)
    step = flow.legal_ok(flow.submit(bylaw, people.council1), people.legal)
    with pytest.raises(Refused):
        actions.vote(step, flow.fresh(people.council2), "for", "", people.council1)


@pytest.mark.parametrize(("first", "last"), [(-5, -1), (1, 5)])
def test_approve_substitute_out_of_his_days(people, bylaw, first, last):
    today = timezone.localdate()
    Substitution.objects.create(
        absent=people.legal,
        substitute=people.legal2,
        valid_from=today + first * DAY,
        valid_to=today + last * DAY,
    )
    step = flow.submit(bylaw, people.editor)
    assert policies.why_not_decide(people.legal2, step, people.legal)
    with pytest.raises(Refused):
        actions.approve(step, people.legal2, "", people.legal)


def test_approve_in_place_of_somebody_who_named_nobody(people, bylaw):
    step = flow.submit(bylaw, people.editor)
    with pytest.raises(Refused):
        actions.approve(step, people.legal2, "", people.legal)


def test_approve_substitute_who_lost_the_role(people, bylaw):
    stand_in(people.legal, people.legal2)
    people.legal2.groups.clear()
    step = flow.submit(bylaw, people.editor)
    with pytest.raises(Refused):
        actions.approve(step, flow.fresh(people.legal2), "", people.legal)
    assert not queries.queue_of(flow.fresh(people.legal2))


@pytest.mark.parametrize("name", ["editor", "council1", "staff", "auditor"])
def test_substitute_holder_of_another_role(people, name):
    with pytest.raises(Refused):
        stand_in(people.legal, getattr(people, name))


def test_substitute_himself_or_past_days(people):
    with pytest.raises(Refused):
        stand_in(people.legal, people.legal)
    with pytest.raises(Refused):
        stand_in(people.legal, people.legal2, -5, -1)
    with pytest.raises(Refused):
        stand_in(people.legal, people.legal2, 3, 1)


def test_queue_of_substitute_whose_own_seat_is_taken(people, bylaw):
    stand_in(people.council1, people.council2)
    stand_in(people.council2, people.council3)
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, flow.fresh(people.council3), "for", "", people.council2)
    assert list(queries.queue_of(flow.fresh(people.council2))) == [step]
    actions.vote(step, flow.fresh(people.council2), "for")
    vote = Vote.objects.get(voter=people.council2)
    assert vote.seat == people.council1


def test_substitute_from_the_desk_and_end(client, people):
    client.force_login(people.legal)
    today = timezone.localdate()
    data = {
        "substitute": people.legal2.pk,
        "valid_from": today.isoformat(),
        "valid_to": (today + DAY).isoformat(),
        "reason": "مأموریت",
    }
    assert client.post("/desk/substitutions/", data).status_code == 302
    row = Substitution.objects.get()
    client.force_login(people.legal2)
    assert client.post(f"/desk/substitutions/{row.pk}/end/").status_code == 404
    client.force_login(people.legal)
    assert client.post(f"/desk/substitutions/{row.pk}/end/").status_code == 302
    assert not Substitution.objects.exists()


def test_substitute_from_the_desk_somebody_of_another_role(client, people):
    client.force_login(people.legal)
    today = timezone.localdate().isoformat()
    data = {"substitute": people.council1.pk, "valid_from": today, "valid_to": today}
    assert client.post("/desk/substitutions/", data).status_code == 422
    assert not Substitution.objects.exists()


def test_queue_and_rule_agree_for_everybody(people, bylaw):
    """`queue_of` and `why_not_decide` are twins."""
    stand_in(people.council1, people.council2)
    stand_in(people.legal, people.legal2)
    steps = [flow.submit(bylaw, people.editor)]
    from tests.workflows.conftest import make_bylaw

    second = make_bylaw(people.editor2)
    second.save_revision(user=people.legal2)
    steps.append(flow.submit(second, people.editor2))
    third = make_bylaw(people.council3)
    people.council3.groups.add(*people.editor.groups.all())
    steps.append(flow.legal_ok(flow.submit(third, people.council3), people.legal))
    actions.vote(steps[-1], flow.fresh(people.council2), "for", "", people.council1)
    for user in [*vars(people).values(), factories.make_user("ngo_member"), factories.make_user()]:
        waiting = set(queries.queue_of(flow.fresh(user)))
        for step in steps:
            assert (step in waiting) is (policies.why_not_decide(flow.fresh(user), step) is None), (
                user,
                step,
            )
            listed = user in queries.waiting_for(step)
            assert listed is (step in waiting), (user, step)
