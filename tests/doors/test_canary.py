"""A private NGO page and its file, looked for by the wrong readers wherever the site lists, counts or finds."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from search import indexing
from tests import factories
from tests.doors.readers import READERS, make_reader

pytestmark = pytest.mark.django_db

RIGHT = {"member_own", "representative_own", "secretary_own", "hq_staff", "auditor"}
WRONG = [reader for reader in READERS if reader not in RIGHT]


@pytest.fixture
def scene(canary):
    canary.other_organization = factories.make_organization(factories.make_district(4))
    canary.other_district = canary.other_organization.district
    canary.member = canary.page
    indexing.rebuild()
    return canary


def places(scene):
    """Every address that lists, counts, finds or suggests."""
    word = scene.words[0].replace("\u200c", " ")
    yield reverse("sitemap")
    yield reverse("decisions_feed")
    yield "/desk/"
    yield "/"
    yield "/en/"
    for page in factories.home().get_children().live():
        yield page.url
    for words in (word, word.split()[0], scene.words[1].split("\u200c")[0], "یاران"):
        for address in (reverse("search"), reverse("search_api"), reverse("search_suggest")):
            yield f"{address}?q={words}"
    yield scene.page.url
    yield scene.document.url
    yield reverse("ngo:index")
    for name in ("files", "download", "people", "threads"):
        yield reverse(f"ngo:{name}", args=[scene.organization.pk])


@pytest.mark.parametrize("reader", WRONG)
def test_find_wrong_reader_finds_no_trace(reader, scene, client, shows):
    user = make_reader(reader, scene)
    if user is not None:
        client.force_login(user)
    for address in places(scene):
        response = client.get(address)
        asked = address.partition("?")[2] or address
        leaked = [word for word in shows(response, scene.words) if word not in asked]
        if response.status_code == 302:  # sent to sign in, with the address he came from
            leaked = []
        assert leaked == [], address
    hits = client.get(reverse("search_api"), {"q": scene.words[0]}).json()
    assert hits["total"] == 0


@pytest.mark.parametrize("reader", sorted(RIGHT))
def test_find_right_reader_finds_it(reader, scene, client, shows):
    """The words do show where they may: the test above looks in the right places."""
    client.force_login(make_reader(reader, scene))
    assert shows(client.get(factories.section("members").url), scene.words[:1])
    assert shows(client.get(scene.page.url), scene.words[:2])
    assert shows(client.get(reverse("ngo:files", args=[scene.organization.pk])), scene.words[:2])
    assert shows(client.get(reverse("ngo:download", args=[scene.organization.pk])), ["sanduqche"])
    assert client.get(reverse("search_api"), {"q": scene.words[0]}).json()["total"] >= 1


def test_find_after_the_page_is_opened_to_one_more_and_closed_again(scene, client_of):
    from guardian.shortcuts import assign_perm, remove_perm

    editor = factories.make_user("editor")
    client = client_of(editor)

    def total():
        call_command("worker", once=True, verbosity=0)
        return client.get(reverse("search_api"), {"q": scene.words[0]}).json()["total"]

    assert total() == 0
    assign_perm("members.view_memberpage", editor, scene.page)
    assert total() == 1
    remove_perm("members.view_memberpage", editor, scene.page)
    assert total() == 0


def test_sitemap_and_feed_hold_public_pages_only(scene, client):
    from pages.bylaws.models import BylawPage
    from pages.meetings.models import MeetingPage

    bylaw = factories.add_page(factories.section("bylaws"), BylawPage, title="آیین‌نامه باز", summary="خلاصه")
    closed = factories.add_page(
        factories.section("meetings"), MeetingPage, openness="closed", title="جلسه بسته"
    )
    draft = factories.add_page(factories.section("bylaws"), BylawPage, live=False, title="پیش‌نویس")
    sitemap = client.get(reverse("sitemap")).content.decode()
    feed = client.get(reverse("decisions_feed")).content.decode()
    assert bylaw.url in sitemap
    assert bylaw.title in feed
    for page in (closed, draft):
        assert page.slug not in sitemap
        assert page.title not in feed
    client.force_login(factories.make_user("council_member"))
    assert closed.title in client.get(reverse("decisions_feed")).content.decode()
    assert closed.slug not in client.get(reverse("sitemap")).content.decode()
