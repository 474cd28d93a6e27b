"""The review page, the course of a text, the desk: who sees what, and at what price."""

import pytest
from django.urls import reverse

from intranet.notifications.models import Notice
from tests import factories
from tests.workflows import flow
from tests.workflows.conftest import make_bylaw
from workflows import actions, presentation
from workflows.models import Vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_council(people, bylaw):
    return flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)


def test_review_legal_sees_text_and_buttons(client, people, bylaw):
    step = flow.submit(bylaw, people.editor)
    client.force_login(people.legal)
    html = client.get(reverse("workflows:review", args=[step.pk])).content.decode()
    assert "مشارکت سازمان‌های مردم‌نهاد آزاد است" in html
    assert 'value="accept"' in html
    assert 'value="vote_for"' not in html
    labels = [label for label, _ in presentation.particulars(bylaw)]
    assert "Sort key" not in labels


def test_review_council_sees_votes_and_buttons(client, people, at_council):
    actions.vote(at_council, people.council1, "against", "روشن نیست.")
    client.force_login(people.council2)
    html = client.get(reverse("workflows:review", args=[at_council.pk])).content.decode()
    assert "روشن نیست." in html
    assert 'value="vote_for"' in html


@pytest.mark.parametrize("name", ["editor2", "staff", "auditor"])
def test_review_other_reader_of_drafts_sees_no_button(client, people, at_council, name):
    client.force_login(getattr(people, name))
    response = client.get(reverse("workflows:review", args=[at_council.pk]))
    assert response.status_code == 200
    assert b'name="action"' not in response.content


@pytest.mark.parametrize("role", ["ngo_member", "ngo_representative", "district_secretary", "administrator"])
@pytest.mark.parametrize("name", ["review", "text", "history"])
def test_review_reader_without_drafts_finds_nothing(client, people, at_council, role, name):
    client.force_login(factories.make_user(role))
    pk = at_council.workflow_state.object_id if name == "history" else at_council.pk
    assert client.get(reverse(f"workflows:{name}", args=[pk])).status_code == 404


def test_review_anonymous_is_asked_to_sign_in(client, at_council):
    for name in ("review", "text"):
        response = client.get(reverse(f"workflows:{name}", args=[at_council.pk]))
        assert response.status_code == 302
        assert "/accounts/" in response["Location"]


def test_review_correction_shows_what_changes(client, people, bylaw):
    flow.publish(bylaw, people)
    bylaw.refresh_from_db()
    bylaw.source = bylaw.source.replace("آزاد است", "با پروانه آزاد است")
    bylaw.erratum = "پروانه از قلم افتاده بود."
    bylaw.save_revision(user=people.editor)
    step = flow.submit(bylaw, people.editor)
    client.force_login(people.legal)
    html = client.get(reverse("workflows:review", args=[step.pk])).content.decode()
    assert "<ins>" in html
    assert "<del>" in html
    assert "پروانه از قلم افتاده بود." in html


def test_decide_vote_by_form_then_the_queue_is_empty(client, people, at_council):
    client.force_login(people.council1)
    response = client.post(
        reverse("workflows:decide", args=[at_council.pk]),
        {"action": "vote_for", "comment": "موافقم", "seat": people.council1.pk},
    )
    assert response["Location"] == "/desk/"
    assert Vote.objects.get(voter=people.council1).choice == "for"
    assert at_council.revision.object_str not in client.get("/desk/").content.decode()


def test_decide_reject_without_a_reason_comes_back_with_the_error(client, people, bylaw):
    step = flow.submit(bylaw, people.editor)
    client.force_login(people.legal)
    response = client.post(reverse("workflows:decide", args=[step.pk]), {"action": "reject", "comment": ""})
    assert response.status_code == 422
    step.refresh_from_db()
    assert step.status == "in_progress"


def test_decide_unknown_action(client, people, bylaw):
    step = flow.submit(bylaw, people.editor)
    client.force_login(people.legal)
    client.post(reverse("workflows:decide", args=[step.pk]), {"action": "publish"})
    step.refresh_from_db()
    assert step.status == "in_progress"


def test_decide_in_wagtails_admin_by_the_same_act(client, people, bylaw):
    step = flow.submit(bylaw, people.editor)
    client.force_login(people.legal)
    address = reverse("wagtailadmin_pages:workflow_action", args=[bylaw.pk, "accept", step.pk])
    assert client.post(address, {"comment": "خوب است"}).status_code == 302
    assert Vote.objects.get().comment == "خوب است"


def test_recall_and_submit_by_form(client, people, bylaw):
    client.force_login(people.editor)
    client.post(reverse("workflows:submit", args=[bylaw.pk]))
    bylaw.refresh_from_db()
    state = bylaw.current_workflow_state
    assert state is not None
    html = client.get(reverse("workflows:history", args=[bylaw.pk])).content.decode()
    assert people.legal.get_full_name() in html
    client.post(reverse("workflows:recall", args=[state.pk]))
    state.refresh_from_db()
    assert state.status == "cancelled"


def test_recall_by_form_of_somebody_else(client, people, at_council):
    client.force_login(people.editor2)
    client.post(reverse("workflows:recall", args=[at_council.workflow_state_id]))
    at_council.refresh_from_db()
    assert at_council.status == "in_progress"


def test_history_lists_the_steps_and_decisions(client, people, bylaw):
    flow.publish(bylaw, people)
    client.force_login(people.auditor)
    html = client.get(reverse("workflows:history", args=[bylaw.pk])).content.decode()
    for name in ("legal", "council1", "council2"):
        assert getattr(people, name).get_full_name() in html


@pytest.mark.parametrize("role", ["ngo_member", "auditor", "administrator", "district_secretary"])
def test_desk_of_every_role_opens(client, site, role):
    client.force_login(factories.make_user(role))
    assert client.get("/desk/").status_code == 200


def test_desk_anonymous_is_asked_to_sign_in(client, site):
    assert client.get("/desk/").status_code == 302


def test_desk_notices_read_only_those_shown_and_own(client, people, bylaw):
    flow.submit(bylaw, people.editor)
    mine = Notice.objects.get(recipient=people.legal)
    other = Notice.objects.filter(recipient=people.editor).first()
    client.force_login(people.legal)
    client.post("/desk/notices/read/", {"notice": [mine.pk, other.pk, "x"]})
    mine.refresh_from_db()
    other.refresh_from_db()
    assert mine.read_at
    assert other.read_at is None


def count_queries(client, django_assert_max_num_queries, address, most):
    client.get(address)
    with django_assert_max_num_queries(most) as asked:
        client.get(address)
    return len(asked.captured_queries)


def test_desk_queries_do_not_grow_with_the_work(client, people, bylaw, django_assert_max_num_queries):
    def load(number):
        for _ in range(number):
            step = flow.submit(make_bylaw(people.editor), people.editor)
            step = flow.submit(make_bylaw(people.editor2), people.editor2)
            flow.legal_ok(step, people.legal)

    load(2)
    counts = {}
    for name in ("editor", "legal", "council1"):
        client.force_login(getattr(people, name))
        counts[name] = count_queries(client, django_assert_max_num_queries, "/desk/", 45)
    load(4)
    for name, before in counts.items():
        client.force_login(getattr(people, name))
        assert count_queries(client, django_assert_max_num_queries, "/desk/", 45) <= before + 1, name
