"""What is kept of a page for those who may read the same: never a draft, never past a change, never for another."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from pages.districts.models import DistrictPage
from pages.keeping import keeping
from pages.members.models import MemberPage
from tests import factories


@pytest.fixture
def district(site):
    return factories.make_district(7)


@pytest.fixture
def page(district):
    return factories.add_page(
        factories.section("districts"),
        DistrictPage,
        title="دبیرخانه هفت",
        slug="haft",
        district=district,
        priorities="آب",
    )


def asked(rf, user, path="/", **attributes):
    request = rf.get(path)
    request.user = user
    for name, value in attributes.items():
        setattr(request, name, value)
    return keeping(request)


def test_name_is_the_same_for_those_who_may_read_the_same_alone(rf, site):
    editors = [factories.make_user("editor") for _ in range(2)]
    names = [asked(rf, user)["kept_as"] for user in (*editors, AnonymousUser())]
    assert names[0] == names[1] != names[2]


def test_draft_and_question_are_not_kept(rf, site):
    user = AnonymousUser()
    assert asked(rf, user, is_preview=True)["keep_for"] == 0
    assert asked(rf, user, "/?page=2")["keep_for"] == 0
    assert asked(rf, user, "/?page=2")["kept_as"] != asked(rf, user, "/?page=2")["kept_as"]
    assert asked(rf, user)["keep_for"] > 0


def test_preview_of_a_draft_reaches_no_reader_and_shows_no_published_text(page, client):
    editor = factories.make_user("editor")
    client.force_login(editor)
    assert "آب" in client.get(page.url).content.decode()
    page.priorities = "پیش‌نویس"
    response = page.make_preview_request(
        original_request=client.get(page.url).wsgi_request, preview_mode=page.default_preview_mode
    )
    assert "پیش‌نویس" in response.render().content.decode()
    assert "پیش‌نویس" not in client.get(page.url).content.decode()


def test_private_page_in_a_kept_list_is_seen_by_its_own_people_alone(page, district, client):
    organization = factories.make_organization(district=district)
    factories.add_page(
        factories.section("members"),
        MemberPage,
        title="انجمن پنهان",
        slug="penhan",
        organization=organization,
    )
    member = factories.make_member(organization)

    def sees(user):
        if user is None:
            client.logout()
        else:
            client.force_login(user)
        return "انجمن پنهان" in client.get(page.url).content.decode()

    for _ in range(2):
        assert sees(member)
        assert not sees(None)
        assert not sees(factories.make_member(factories.make_organization()))
    member.person.memberships.update(
        valid_to=datetime.date(2020, 1, 1)
    )  # no signal, no edition: still in force
    assert not sees(member)


@pytest.mark.parametrize("address", ["districts/haft/", "bylaws/", "", "news/"])
@pytest.mark.parametrize("reader", [(None, 5), ("hq_staff", 10)])
def test_read_again_takes_few_queries(page, client, django_assert_max_num_queries, address, reader):
    role, most = reader
    if role:
        client.force_login(factories.make_user(role))
    client.get(f"/{address}")
    with django_assert_max_num_queries(most):
        assert client.get(f"/{address}").status_code == 200
