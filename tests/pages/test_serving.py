"""Pages found by their whole address: what is kept of the way never outlives a change."""

import datetime

import pytest
from wagtail.models import Page

from pages.news.models import NewsPage
from tests import factories


@pytest.fixture
def news(site):
    return factories.add_page(
        factories.section("news"), NewsPage, title="خبر", slug="khabar", date=datetime.date(2021, 5, 1)
    )


def read(client, path):
    return client.get(path).status_code


def test_read_after_the_page_moved_to_another_address(client, news):
    assert read(client, "/news/khabar/") == 200
    news.slug = "khabar-2"
    news.save_revision().publish(skip_permission_checks=True)
    assert read(client, "/news/khabar/") == 404
    assert read(client, "/news/khabar-2/") == 200


def test_read_after_a_page_above_got_another_address(client, news):
    assert read(client, "/news/khabar/") == 200
    above = factories.section("news")
    above.slug = "akhbar"
    above.save()
    assert read(client, "/news/khabar/") == 404
    assert read(client, "/akhbar/khabar/") == 200


def test_read_after_it_was_unpublished_or_deleted(client, news):
    assert read(client, "/news/khabar/") == 200
    news.unpublish()
    assert read(client, "/news/khabar/") == 404
    news.save_revision().publish(skip_permission_checks=True)
    assert read(client, "/news/khabar/") == 200
    news.delete()
    assert read(client, "/news/khabar/") == 404


def test_read_when_only_the_row_says_that_it_is_not_live(client, news):
    assert read(client, "/news/khabar/") == 200
    Page.objects.filter(pk=news.pk).update(live=False)
    assert read(client, "/news/khabar/") == 404


def test_read_of_an_address_that_is_free_until_a_page_takes_it(client, news):
    assert read(client, "/news/later/") == 404
    factories.add_page(
        factories.section("news"), NewsPage, title="بعدی", slug="later", date=datetime.date(2021, 5, 2)
    )
    assert read(client, "/news/later/") == 200


def test_read_of_the_front_page_and_of_an_index_with_addresses_of_its_own(client, site):
    assert read(client, "/") == 200
    assert read(client, "/meetings/") == 200
    assert read(client, "/meetings/") == 200
