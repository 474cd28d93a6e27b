"""What the rule costs is a number of queries that does not grow with the site."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from intranet.access.actions import rederive
from intranet.access.policies import MANAGE_ACCESS, having
from intranet.access.queries import visible_to
from intranet.accounts.models import User
from pages.members.models import MemberPage
from pages.sections.models import SectionPage
from tests import factories

pytestmark = pytest.mark.django_db


def queries_of(act):
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def add_sections(count):
    top = factories.add_page(factories.section("about"), SectionPage)
    for _ in range(count):
        factories.add_page(Page.objects.get(pk=top.pk).specific, SectionPage)
    return Page.objects.get(pk=top.pk)


def test_list_of_a_member_asks_as_often_for_many_pages_as_for_few(private):
    member = factories.make_member(private.organization)

    def listing():
        return list(visible_to(Page.objects.live(), User.objects.get(pk=member.pk)))

    few = queries_of(listing)
    add_sections(6)
    factories.add_page(
        factories.section("members"), MemberPage, organization=factories.make_organization(private.district)
    )
    assert queries_of(listing) == few
    assert few <= 7  # the account, its groups, seats, letters, the edition, his audiences, the pages


def test_abilities_are_listed_in_as_many_queries_for_many_pages_as_for_few(private):
    def listing():
        staff = User.objects.get(pk=private.representative.pk)
        return list(having(MemberPage.objects.all(), staff, MANAGE_ACCESS))

    few = queries_of(listing)
    factories.add_page(factories.section("members"), MemberPage, organization=private.organization)
    assert queries_of(listing) == few


def test_rederiving_asks_as_often_for_many_pages_as_for_few(site):
    few, many = add_sections(2), add_sections(8)

    def of(top):
        return queries_of(lambda: rederive(top.get_descendants(inclusive=True).specific()))

    of(few)
    assert of(few) == of(many)
