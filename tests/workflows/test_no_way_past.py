"""Nobody publishes, takes down, edits or removes a text past its workflow."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Page

from tests import factories
from tests.workflows import flow
from workflows import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(site):
    return factories.make_user(is_superuser=True, username="root")


def is_live(page):
    return Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("who", ["editor", "editor2", "staff", "admin", "root"])
def test_publish_from_edit_view(client, people, bylaw, root, who):
    flow.submit(bylaw, people.editor)
    client.force_login(root if who == "root" else getattr(people, who))
    client.post(
        reverse("wagtailadmin_pages:edit", args=[bylaw.pk]),
        {"title": "دیگر", "slug": bylaw.slug, "bylaw_kind": "bylaw", "action-publish": "1"},
    )
    assert not is_live(bylaw)


@pytest.mark.parametrize("running", [True, False])
def test_publish_bulk_action_superuser(client, people, bylaw, root, running):
    if running:
        flow.submit(bylaw, people.editor)
    client.force_login(root)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={bylaw.pk}", {})
    assert not is_live(bylaw)


def test_publish_button_hidden_from_editor(client, people, bylaw):
    client.force_login(people.editor)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[bylaw.pk])).content.decode()
    assert "action-publish" not in html
    assert "action-submit" in html


def test_edit_screen_closed_to_superuser_without_role(client, bylaw, root):
    client.force_login(root)
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[bylaw.pk]))
    assert answer.status_code == 404  # a draft that is not his to see is not there


def test_publish_revision_by_code_while_running(people, bylaw):
    flow.submit(bylaw, people.editor)
    with pytest.raises(PermissionDenied):
        bylaw.get_latest_revision().publish()
    assert not is_live(bylaw)


def test_unpublish_while_running_and_after(client, people, bylaw, root):
    flow.publish(bylaw, people)
    client.force_login(root)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[bylaw.pk]))
    assert is_live(bylaw)
    client.force_login(people.editor)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[bylaw.pk]))
    assert is_live(bylaw)


def test_delete_published_or_running(client, people, bylaw, root):
    step = flow.submit(bylaw, people.editor)
    for user in (people.editor, root):
        client.force_login(user)
        client.post(reverse("wagtailadmin_pages:delete", args=[bylaw.pk]))
        assert Page.objects.filter(pk=bylaw.pk).exists()
    actions.recall(step.workflow_state, people.editor)
    flow.publish(bylaw, people)
    client.force_login(root)
    client.post(reverse("wagtailadmin_pages:delete", args=[bylaw.pk]))
    assert Page.objects.filter(pk=bylaw.pk).exists()


def test_edit_while_running_is_locked_for_everybody(client, people, bylaw, root):
    flow.submit(bylaw, people.editor)
    before = bylaw.get_latest_revision().pk
    for user in (people.editor, people.editor2, root):
        client.force_login(user)
        client.post(
            reverse("wagtailadmin_pages:edit", args=[bylaw.pk]),
            {"title": "دیگر", "slug": bylaw.slug, "bylaw_kind": "bylaw", "source": "دیگر"},
        )
    assert Page.objects.get(pk=bylaw.pk).latest_revision_id == before


def test_create_and_publish_at_once(client, people, root):
    index = factories.section("bylaws")
    for user in (people.editor, root):
        client.force_login(user)
        client.post(
            reverse("wagtailadmin_pages:add", args=["bylaws", "bylawpage", index.pk]),
            {"title": "بی‌بررسی", "slug": f"x-{user.pk}", "bylaw_kind": "bylaw", "action-publish": "1"},
        )
    assert not index.get_children().live().exists()


def test_cancel_workflow_by_a_reviewer_without_a_word(client, people, bylaw):
    """Wagtail lets whoever may `approve` cancel too: our reviewers decide, they do not cancel."""
    step = flow.submit(bylaw, people.editor)
    assert not step.workflow_state.user_can_cancel(people.legal)
    client.force_login(people.legal)
    client.post(reverse("wagtailadmin_pages:edit", args=[bylaw.pk]), {"action-cancel-workflow": "1"})
    step.refresh_from_db()
    assert step.status == "in_progress"
