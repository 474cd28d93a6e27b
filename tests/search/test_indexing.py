"""The index follows the database: outbox, rebuild without a gap, comparison, commands."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from guardian.shortcuts import assign_perm
from wagtail.models import PageViewRestriction

from intranet.outbox.actions import drain
from pages.news.models import NewsPage
from pages.search_records import PageSource
from pages.sections.models import SectionPage
from search import engines, indexing
from search.indexing import differences, rebuild
from search.queries import search
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(site, index):
    return factories.add_page(factories.section("news"), NewsPage, title="گشایش سرای محله ققنوس")


def _uids(text):
    return [hit.candidate.object_uid for hit in search(text, AnonymousUser()).hits]


def _run(*args, **options):
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_drain_puts_a_published_page_into_the_index_and_takes_it_out(news):
    assert _uids("ققنوس") == []
    drain("search")
    assert _uids("ققنوس") == [f"page:{news.pk}"]
    news.title = "گشایش سرای محله سیمرغ"
    news.save_revision().publish(skip_permission_checks=True)
    drain("search")
    assert _uids("ققنوس") == []
    assert _uids("سيمرغ") == [f"page:{news.pk}"]
    news.unpublish()
    drain("search")
    assert _uids("سیمرغ") == []


def test_consume_twice_changes_nothing(news):
    drain("search")
    indexing.consume([type("Row", (), {"key": f"page:{news.pk}"})()] * 2)
    assert _uids("ققنوس") == [f"page:{news.pk}"]
    assert list(indexing.differences()) != []  # the rest of the site was made before this index


def test_rebuild_keeps_serving_and_loses_no_change_made_meanwhile(news, index):
    drain("search")
    generation = index.new_generation()
    for object_uid in indexing.all_objects():
        for entry in indexing.entries_of(object_uid):
            generation.add(entry)
    assert _uids("ققنوس") == [f"page:{news.pk}"]
    other = factories.add_page(factories.section("news"), NewsPage, title="خبر سیمرغ")
    drain("search")
    assert _uids("سیمرغ") == [f"page:{other.pk}"]
    generation.finish(indexing.entries_of)
    assert _uids("سیمرغ") == [f"page:{other.pk}"]
    assert list(indexing.differences()) == []
    assert index.is_current()


def test_rebuild_that_was_killed_leaves_the_old_index_serving(news, index):
    drain("search")
    generation = index.new_generation()
    del generation
    assert _uids("ققنوس") == [f"page:{news.pk}"]
    indexing.rebuild()
    assert _uids("ققنوس") == [f"page:{news.pk}"]


def test_rebuild_embedded_keeps_one_generation(site, folder):
    engines.current().new_generation()
    indexing.rebuild()
    indexing.rebuild()
    assert len(list(folder.glob("gen-*"))) == 1
    assert not (folder / "journal").exists()


def test_command_search_index_check_names_differences(news, index):
    assert "passages" in _run("search_index")
    assert "equals" in _run("search_index", check=True)
    assert "current" in _run("search_index", if_needed=True)
    NewsPage.objects.filter(pk=news.pk).update(title="به کلی دیگر")
    with pytest.raises(CommandError, match="1 difference"):
        _run("search_index", check=True)


def test_command_search_prints_one_object_for_every_spelling(news, index):
    _run("search_index")
    printed = [json.loads(_run("search", text, json=True)) for text in ("سرای محله ققنوس", "سراي محله ققنوس")]
    assert printed[0] == printed[1]
    assert set(printed[0]) == {"total", "hits", "facets"}
    assert set(printed[0]["hits"][0]) == {"title", "url", "kind", "snippet"}
    assert "ققنوس" in _run("search", "ققنوس")


def test_command_search_as_a_member_sees_what_he_may(site, index):
    from pages.members.models import MemberPage

    organization = factories.make_organization(factories.make_district(3))
    member = factories.make_member(organization)
    factories.add_page(
        factories.section("members"), MemberPage, organization=organization, title="انجمن ققنوس"
    )
    drain("search")
    assert json.loads(_run("search", "ققنوس", json=True))["total"] == 0
    assert json.loads(_run("search", "ققنوس", username=member.username, json=True))["total"] == 1
    with pytest.raises(CommandError, match="nobody-of-this-name"):
        _run("search", "ققنوس", username="nobody-of-this-name")


def _trail(page):
    return next(iter(PageSource().records_for(page.pk))).trail


def test_trail_names_only_pages_that_every_reader_of_the_page_may_read(site, index, make_user):
    parent = factories.add_page(factories.section("about"), SectionPage, title="والد ققنوس")
    child = factories.add_page(parent, SectionPage, title="فرزند")
    assert _trail(child).endswith("والد ققنوس")
    reader = make_user()
    restriction = PageViewRestriction.objects.create(page=parent, restriction_type="login")
    assert _trail(child).endswith("والد ققنوس")
    restriction.delete()
    restriction = PageViewRestriction.objects.create(page=parent, restriction_type="groups")
    assign_perm("sections.view_sectionpage", reader, child)
    assert "ققنوس" not in _trail(child), "he may read the child alone"
    assign_perm("sections.view_sectionpage", reader, parent)
    assert _trail(child).endswith("والد ققنوس")
    restriction.delete()
    parent.unpublish()
    assert "ققنوس" not in _trail(child)


def test_index_follows_another_name_of_a_page_above(site, index):
    parent = factories.add_page(factories.section("about"), SectionPage, title="نام نخست")
    factories.add_page(parent, SectionPage, title="فرزند")
    rebuild()
    drain("search")
    parent = SectionPage.objects.get(pk=parent.pk)
    parent.title, parent.slug = "نام دیگر", "another-name"
    parent.save()
    drain("search")
    assert list(differences()) == []
