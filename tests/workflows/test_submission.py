"""Handing in, taking back, correcting, withdrawing."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from intranet.audit.models import Event
from intranet.notifications.models import Notice
from pages.bylaws.models import BylawPage
from pages.news.models import NewsPage
from tests import factories
from tests.workflows import flow
from tests.workflows.conftest import make_bylaw
from workflows import actions, queries
from workflows.policies import Refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["legal", "council1", "auditor", "admin"])
def test_submit_role_that_may_not_edit(people, bylaw, name):
    with pytest.raises(Refused):
        actions.submit(bylaw, flow.fresh(getattr(people, name)))


def test_submit_twice(people, bylaw):
    flow.submit(bylaw, people.editor)
    with pytest.raises(Refused):
        actions.submit(bylaw, flow.fresh(people.editor))


def test_submit_district_secretary_own_draft_only(people, bylaw):
    district = factories.make_district(5)
    secretary = factories.make_secretary(district)
    own = make_bylaw(secretary, district=district)
    assert flow.submit(own, secretary).task.name == "بررسی حقوقی"
    with pytest.raises(Refused):
        actions.submit(bylaw, flow.fresh(secretary))


def test_submit_by_admin_button_leaves_the_same_traces(client, people, bylaw):
    client.force_login(people.editor)
    data = {
        "title": bylaw.title,
        "slug": bylaw.slug,
        "bylaw_kind": "bylaw",
        "source": "ماده ۱ـ متن تازه",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-submit": "1",
    }
    response = client.post(reverse("wagtailadmin_pages:edit", args=[bylaw.pk]), data)
    assert response.status_code == 302
    assert Event.objects.filter(verb="workflow.submitted", actor_id=people.editor.pk).count() == 1
    assert Notice.objects.filter(recipient=people.legal).count() == 1


def test_reject_without_a_reason(people, bylaw):
    step = flow.submit(bylaw, people.editor)
    with pytest.raises(Refused):
        actions.reject(step, people.legal, "  ")


def test_reject_then_resubmit_begins_at_the_first_step(people, bylaw):
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, people.council1, "against", "روشن نیست.")
    actions.vote(step, people.council2, "against", "مرجع ندارد.")
    state = step.workflow_state
    state.refresh_from_db()
    step.refresh_from_db()
    assert state.status == "needs_changes"
    assert "روشن نیست." in step.comment
    assert "مرجع ندارد." in step.comment
    [mine] = queries.submissions_of(flow.fresh(people.editor))
    assert mine.is_rejected
    bylaw.source += "\nماده ۲ـ مرجع."
    bylaw.save_revision(user=people.editor2)
    step = flow.step_of(actions.submit(bylaw, flow.fresh(people.editor2)))
    assert step.task.name == "بررسی حقوقی"
    assert step.workflow_state.requested_by == people.editor2
    assert queries.waiting_for(step) == [people.legal, people.legal2]


def test_vote_tie_of_all_is_rejected(people, bylaw):
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    actions.vote(step, people.council1, "for")
    actions.vote(step, people.council2, "against", "نه.")
    assert str(actions.vote(step, people.council3, "abstain")) == "failed"
    assert not Page.objects.get(pk=bylaw.pk).live


def test_vote_against_without_a_reason(people, bylaw):
    step = flow.legal_ok(flow.submit(bylaw, people.editor), people.legal)
    with pytest.raises(Refused):
        actions.vote(step, people.council1, "against")


def test_recall_submitter(people, bylaw):
    step = flow.submit(bylaw, people.editor)
    actions.recall(step.workflow_state, people.editor)
    step.refresh_from_db()
    assert step.status == "cancelled"
    assert not queries.queue_of(flow.fresh(people.legal))
    assert flow.submit(bylaw, people.editor).status == "in_progress"


@pytest.mark.parametrize("name", ["editor2", "legal", "council1", "admin", "staff"])
def test_recall_anybody_else(people, bylaw, name):
    step = flow.submit(bylaw, people.editor)
    with pytest.raises(Refused):
        actions.recall(step.workflow_state, getattr(people, name))


def test_recall_after_publication(people, bylaw):
    step = flow.publish(bylaw, people)
    with pytest.raises(Refused):
        actions.recall(step.workflow_state, people.editor)


def test_cancel_administrator_with_a_reason_only(people, bylaw):
    step = flow.submit(bylaw, people.editor)
    with pytest.raises(Refused):
        actions.cancel(step.workflow_state, people.editor2, "دلیل")
    with pytest.raises(Refused):
        actions.cancel(step.workflow_state, people.admin, "")
    actions.cancel(step.workflow_state, people.admin, "کارشناس حقوقی رفته است.")
    assert Event.objects.get(verb="workflow.cancelled").detail["reason"]
    assert Notice.objects.filter(recipient=people.editor, subject__contains="پایان").exists()


def test_correct_published_needs_a_new_erratum_note(people, bylaw):
    flow.publish(bylaw, people)
    number = BylawPage.objects.get(pk=bylaw.pk).number
    bylaw = BylawPage.objects.get(pk=bylaw.pk)
    bylaw.source += "\nماده ۲ـ افزوده."
    bylaw.save_revision(user=people.editor)
    with pytest.raises(Refused):
        actions.submit(bylaw, flow.fresh(people.editor))
    bylaw.erratum = "ماده ۲ از قلم افتاده بود."
    bylaw.save_revision(user=people.editor)
    flow.publish(bylaw, people)
    corrected = BylawPage.objects.get(pk=bylaw.pk)
    assert "افزوده" in corrected.source
    assert corrected.number == number
    corrected.save_revision(user=people.editor)
    with pytest.raises(Refused):
        actions.submit(corrected, flow.fresh(people.editor))


def test_correct_in_admin_without_a_note_says_so_at_the_field(client, people, bylaw):
    flow.publish(bylaw, people)
    client.force_login(people.editor)
    data = {
        "title": bylaw.title,
        "slug": bylaw.slug,
        "bylaw_kind": "bylaw",
        "source": "ماده ۱ـ دیگر",
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        "action-submit": "1",
    }
    response = client.post(reverse("wagtailadmin_pages:edit", args=[bylaw.pk]), data)
    assert response.status_code == 200
    assert "erratum" in response.context["form"].errors
    assert not Page.objects.get(pk=bylaw.pk).workflow_in_progress


def test_correction_keeps_the_published_text_until_it_is_approved(people, bylaw):
    flow.publish(bylaw, people)
    live = BylawPage.objects.get(pk=bylaw.pk)
    live.source, live.erratum = "ماده ۱ـ دیگر", "غلط بود"
    live.save_revision(user=people.editor)
    flow.submit(live, people.editor)
    assert "مشارکت" in BylawPage.objects.get(pk=bylaw.pk).source


def test_withdraw_goes_through_the_steps_and_leaves_a_notice(people, bylaw):
    flow.publish(bylaw, people)
    state = actions.withdraw(bylaw, flow.fresh(people.editor), "با قانون تازه ناسازگار است.")
    assert BylawPage.objects.get(pk=bylaw.pk).withdrawn_on is None
    step = flow.legal_ok(flow.step_of(state), people.legal)
    actions.vote(step, people.council1, "for")
    actions.vote(step, people.council2, "for")
    page = BylawPage.objects.get(pk=bylaw.pk)
    assert page.live
    assert page.withdrawn_on
    assert page.withdrawal_note == "با قانون تازه ناسازگار است."
    assert Event.objects.filter(verb="text.withdrawn").exists()
    with pytest.raises(Refused):
        actions.withdraw(page, flow.fresh(people.editor), "باز هم")


@pytest.mark.parametrize("how", ["rejected", "recalled"])
def test_withdraw_that_came_to_nothing_leaves_the_draft_as_it_was(people, bylaw, how):
    flow.publish(bylaw, people)
    state = actions.withdraw(bylaw, flow.fresh(people.editor), "دلیل")
    if how == "rejected":
        actions.reject(flow.step_of(state), people.legal, "لازم نیست.")
    else:
        actions.recall(state, people.editor)
    page = BylawPage.objects.get(pk=bylaw.pk)
    assert page.get_latest_revision_as_object().withdrawn_on is None
    assert page.current_workflow_state is None


@pytest.mark.parametrize("name", ["legal", "council1", "auditor", "admin"])
def test_withdraw_role_that_may_not_edit(people, bylaw, name):
    flow.publish(bylaw, people)
    with pytest.raises(Refused):
        actions.withdraw(bylaw, flow.fresh(getattr(people, name)), "دلیل")


def test_withdraw_draft(people, bylaw):
    with pytest.raises(Refused):
        actions.withdraw(bylaw, flow.fresh(people.editor), "دلیل")


def test_withdraw_news_leaves_the_notice_in_the_place_of_its_text(client, people):
    news = factories.add_page(
        factories.section("news"),
        NewsPage,
        owner=people.editor,
        body=[("heading", "متن خبر نادرست")],
    )
    state = actions.withdraw(news, flow.fresh(people.editor), "خبر نادرست بود.")
    actions.approve(flow.step_of(state), flow.fresh(people.editor2))
    news = NewsPage.objects.get(pk=news.pk)
    html = client.get(news.url).content.decode()
    assert "خبر نادرست بود." in html
    assert "متن خبر نادرست" not in html
    [passage] = news.get_passages()
    assert passage.status == "withdrawn"
    assert "متن خبر نادرست" not in passage.body
