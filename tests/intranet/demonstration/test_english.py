"""The English pages are real translations: a translator finds his screen, later changes wait there."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from intranet.accounts.models import User
from intranet.demonstration.actions import remove
from pages.sections.models import SectionPage

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.django_db]


def english_pages():
    return Page.objects.filter(locale__language_code="en", depth__gt=1)


def history():
    """The Persian page «history» and its translation."""
    page = SectionPage.objects.get(slug="تاریخچه")
    return page, Translation.objects.get(source__object_id=page.translation_key)


def test_every_english_page_is_a_finished_translation():
    demonstrated = {translation.get_target_instance().pk for translation in Translation.objects.all()}
    assert len(demonstrated) == 4
    assert all(page.live for page in english_pages().filter(pk__in=demonstrated))
    unfinished = {
        str(t.source): t.get_progress() for t in Translation.objects.all() if len(set(t.get_progress())) > 1
    }
    assert unfinished == {}


def test_translation_holds_the_english_words_and_the_same_days():
    page, translation = history()
    english = translation.get_target_instance().specific
    assert (english.title, english.slug) == ("History", "history")
    days = [
        [item["date"] for block in body if block.block_type == "key_dates" for item in block.value]
        for body in (page.body, english.body)
    ]
    assert days[0] == days[1] != []
    words = str(english.body)
    assert "Terms of work" in words
    assert "دوره" not in words


def test_edit_opens_the_translators_screen(client):
    client.force_login(User.objects.get(username="editor"))
    _, translation = history()
    html = client.get(
        reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    ).content.decode()
    assert "js-translation-editor" in html
    assert "History" in html


def test_change_of_the_persian_page_waits_for_its_english(client):
    client.force_login(User.objects.get(username="editor"))
    page, translation = history()
    page.summary = "خلاصه‌ای تازه که هنوز انگلیسی ندارد."
    page.save_revision().publish(skip_permission_checks=True)
    source = TranslationSource.objects.get(pk=translation.source_id)
    response = client.post(reverse("wagtail_localize:update_translations", args=[source.pk]))
    assert response.status_code == 302
    total, done = translation.get_progress()
    assert done == total - 1
    html = client.get(
        reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    ).content.decode()
    assert "خلاصه‌ای تازه" in html or "\\u062e\\u0644\\u0627\\u0635\\u0647" in html


def test_remove_takes_the_translations_along():
    remove(lambda text: None)
    assert Translation.objects.count() == 0
    assert not english_pages().filter(slug="history").exists()
