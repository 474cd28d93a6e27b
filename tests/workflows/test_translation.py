"""A translation goes through a workflow too."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Locale, Page, WorkflowPage
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.operations import translate_object

from pages.bylaws.models import BylawPage
from pages.home.permissions import TRANSLATORS
from tests.workflows import flow
from workflows import actions
from workflows.policies import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def translation(people, bylaw):
    """The editor's published bylaw, given to a translator, not translated yet."""
    flow.publish(bylaw, people)
    people.editor.groups.add(Group.objects.get(name=TRANSLATORS))
    bylaw.refresh_from_db()
    english = Locale.objects.get(language_code="en")
    translate_object(bylaw, [english], user=people.editor2)
    return Translation.objects.get(source__object_id=bylaw.translation_key)


def translate(translation, user):
    for segment in StringSegment.objects.filter(source=translation.source):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": f"English {segment.order}", "last_translated_by": user},
        )


def target(translation):
    return translation.get_target_instance().specific


def test_translate_makes_a_draft_below_a_section_with_the_same_workflow(translation):
    page = target(translation)
    assert not page.live
    assert [task.name for task in page.get_workflow().tasks] == ["بررسی حقوقی", "رأی شورا"]
    assert WorkflowPage.objects.filter(page__locale__language_code="en").exists()


def test_submit_translation_unfinished(translation, people):
    with pytest.raises(Refused):
        actions.submit_translation(translation, flow.fresh(people.editor2))


def test_submit_translation_finished_goes_through_the_steps_and_bears_the_number(translation, people, bylaw):
    translate(translation, people.editor2)
    step = flow.step_of(actions.submit_translation(translation, flow.fresh(people.editor2)))
    assert not target(translation).live
    step = flow.legal_ok(step, people.legal)
    actions.vote(step, people.council1, "for")
    actions.vote(step, people.council2, "for")
    page = target(translation)
    assert page.live
    assert page.title.startswith("English")
    assert page.number == BylawPage.objects.get(pk=bylaw.pk).number


def test_submit_translation_by_translator_who_is_the_reviewer(translation, people):
    people.editor2.groups.add(*people.legal.groups.all())
    user = flow.fresh(people.editor2)
    translate(translation, user)
    step = flow.step_of(actions.submit_translation(translation, user))
    with pytest.raises(Refused):
        actions.approve(step, user)


def test_publish_translation_in_its_editor(client, translation, people):
    translate(translation, people.editor2)
    client.force_login(people.editor2)
    address = reverse("wagtailadmin_pages:edit", args=[target(translation).pk])
    page = client.get(address)
    assert page.status_code == 200
    assert reverse("workflows:submit_translation", args=[translation.pk]) in page.content.decode()
    client.post(address, {"action": "publish"})
    assert not target(translation).live


def test_publish_translation_by_the_form_of_updates(
    client, translation, people, django_capture_on_commit_callbacks
):
    translate(translation, people.editor2)
    people.editor2.groups.add(Group.objects.get(name=TRANSLATORS))
    client.force_login(people.editor2)
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"publish_translations": "on"})
    assert not target(translation).live


def test_update_of_published_translation_changes_nothing_before_approval(translation, people):
    translate(translation, people.editor2)
    step = flow.step_of(actions.submit_translation(translation, flow.fresh(people.editor2)))
    step = flow.legal_ok(step, people.legal)
    actions.vote(step, people.council1, "for")
    actions.vote(step, people.council2, "for")
    before = target(translation).title
    StringTranslation.objects.update(data="Another wording")
    actions.submit_translation(translation, flow.fresh(people.editor2))
    assert Page.objects.get(pk=target(translation).pk).title == before
