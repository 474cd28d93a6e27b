"""Old addresses of many pages at once."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator

pytestmark = pytest.mark.django_db

MANY = 1_100  # more conditions than SQLite takes in one expression


def remember(site, page):
    batch = BatchRedirectCreator(max_size=2_000, ignore_conflicts=True)
    for number in range(MANY):
        batch.add(old_path=f"/old/{number}", site=site, redirect_page=page, automatically_created=True)
    batch.process()


def test_redirects_of_a_section_of_many_pages_are_kept_and_renewed(site):
    first, second = site.get_children()[:2]
    web = site.get_site()
    by_hand = Redirect.objects.create(old_path="/old/7", site=web, redirect_page=first)
    remember(web, first)
    remember(web, second)
    made = Redirect.objects.filter(automatically_created=True)
    assert made.count() == MANY - 1
    assert set(made.values_list("redirect_page", flat=True)) == {second.pk}
    by_hand.refresh_from_db()
    assert by_hand.redirect_page_id == first.pk
