"""The front page: what each reader finds on it, and what it costs."""

import datetime as dt

import pytest

from pages.bylaws.models import BylawPage
from pages.districts.models import DistrictPage
from pages.members.models import MemberPage
from pages.news.models import NewsPage
from tests import factories

MOST_QUERIES = 25  # by the first of all readers
MOST_QUERIES_LATER = {"anonymous": 3, "auditor": 8}
MOST_QUERIES_OF_DECIDERS = 10


@pytest.fixture
def content(site):
    """Two districts, an NGO with a private page, bylaws and news."""
    districts = [factories.make_district(number) for number in (1, 2)]
    for district in districts:
        factories.add_page(
            factories.section("districts"),
            DistrictPage,
            title=f"دبیرخانه {district.number}",
            slug=f"d{district.number}",
            district=district,
        )
    organization = factories.make_organization(district=districts[0], name="انجمن پیوند")
    factories.add_page(
        factories.section("members"),
        MemberPage,
        title="انجمن پیوند",
        slug="peyvand",
        organization=organization,
    )
    for number in range(8):
        factories.add_page(
            factories.section("bylaws"),
            BylawPage,
            title=f"آیین‌نامه {number}",
            slug=f"b{number}",
            approved_on=dt.date(2020 + number % 3, 4, 1 + number),
        )
        factories.add_page(
            factories.section("news"),
            NewsPage,
            title=f"خبر {number}",
            slug=f"n{number}",
            date=dt.date(2021, 5, 1),
        )
    return {"districts": districts, "organization": organization}


def test_read_anonymous_finds_decisions_but_nothing_private(client, content):
    html = client.get("/").content.decode()
    assert "آیین‌نامه 7" in html or "آیین‌نامه ۷" in html
    assert "دبیرخانه" in html
    assert "انجمن پیوند" not in html
    assert "میز کار من" not in html.split("<main")[1].split("</main>")[0]


def test_read_ngo_member_finds_his_own_organisation(client, content):
    client.force_login(factories.make_member(content["organization"]))
    assert "انجمن پیوند" in client.get("/").content.decode().split("<main")[1]


def test_read_stranger_does_not_find_the_organisation(client, content):
    client.force_login(factories.make_member(factories.make_organization()))
    assert "انجمن پیوند" not in client.get("/").content.decode()


def test_read_secretary_finds_his_own_district(client, content):
    client.force_login(factories.make_secretary(content["districts"][0]))
    main = client.get("/").content.decode().split("<main")[1]
    assert "منطقه من: دبیرخانه ۱" in main
    assert "منطقه من: دبیرخانه ۲" not in main


@pytest.mark.parametrize("role", ["anonymous", "editor", "council_member", "hq_staff", "auditor"])
def test_read_stays_within_the_budget_of_queries(client, content, django_assert_max_num_queries, role):
    if role != "anonymous":
        client.force_login(factories.make_user(role))
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/")
    with django_assert_max_num_queries(MOST_QUERIES_LATER.get(role, MOST_QUERIES_OF_DECIDERS)):
        assert client.get("/").status_code == 200
