"""A closed door says nothing; whoever knocks is heard by the owner, and an empty address sounds the same."""

import re
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intranet.access.asking import MOST_A_DAY
from intranet.access.models import AccessRequest
from intranet.access.queries import can_see
from intranet.accounts.models import User
from intranet.audit.models import Event
from intranet.notifications.models import Notice
from pages.bylaws.models import BylawPage
from tests import factories

pytestmark = pytest.mark.django_db

NOWHERE = "/members/nothing-here/"


def fresh(user):
    return User.objects.get(pk=user.pk)


def work():
    call_command("worker", once=True, verbosity=0)


def knock(client, path, message=""):
    return client.post(reverse("access:ask"), {"path": path, "message": message}, follow=True)


def without_the_address(answer, path):
    body = re.sub(r"csrfmiddlewaretoken\" value=\"\w+", "", answer.content.decode())
    return (
        answer.status_code,
        body.replace(path, "?").replace(quote(path, safe=""), "?"),
        sorted(answer.headers),
    )


def twins_of(private):
    """(closed address, address of the same form where nothing is)."""
    yield private.page.url, NOWHERE
    yield private.file.url, "/documents/999999/sanduq.txt"
    yield f"/pdf/{private.page.pk}/", "/pdf/999999/"
    yield f"/pdf/{private.page.pk}/draft/", "/pdf/999999/draft/"
    yield f"/members/{private.page.pk}/edit/", "/members/999999/edit/"
    yield f"/access/page/{private.page.pk}/", "/access/page/999999/"
    yield f"/access/document/{private.file.pk}/", "/access/document/999999/"
    yield f"/workflows/{private.page.pk}/history/", "/workflows/999999/history/"
    yield f"/admin/pages/{private.page.pk}/edit/", "/admin/pages/999999/edit/"
    yield f"/admin/pages/{private.page.pk}/history/", "/admin/pages/999999/history/"


@pytest.mark.parametrize("who", ["editor", "administrator", "council_member", "ngo_member", None])
def test_door_closed_and_empty_answer_alike(private, who, client):
    if who:
        client.force_login(factories.make_user(who))
    for closed, empty in twins_of(private):
        answers = [without_the_address(client.get(path), path) for path in (closed, empty)]
        if answers[0][0] == 302:  # to sign in, with the address he came from
            assert answers[1][0] == 302
            continue
        assert answers[0] == answers[1], closed


@pytest.mark.parametrize("who", ["editor", None])
def test_door_closed_and_empty_ask_the_database_alike(private, who, client):
    """The same queries one after the other: nor does the time they take tell."""
    if who:
        client.force_login(factories.make_user(who))
    client.get("/members/warm/")

    def asked(path):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(path)
        return [re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in queries]

    for _ in range(2):
        assert asked(private.page.url) == asked("/members/none/")


def test_door_says_whom_to_ask_and_anonymous_readers_sign_in_first(private, client):
    shown = client.get(private.page.url).content.decode()
    assert f"/accounts/login/?next={private.page.url.replace('/', '%2F')}" in shown
    assert reverse("access:ask") not in shown
    client.force_login(factories.make_user("editor"))
    assert reverse("access:ask") in client.get(private.page.url).content.decode()


@pytest.mark.parametrize("which", ["page", "file"])
def test_ask_owner_is_told_answers_and_the_door_opens(private, which, client, mailoutbox):
    obj = getattr(private, which)
    asker, staff = factories.make_user("editor"), factories.make_user("hq_staff")
    client.force_login(asker)
    knock(client, obj.url, "برای گزارش سالانه")
    assert not Notice.objects.exists()
    work()
    notice = Notice.objects.get()
    assert notice.recipient == staff
    assert "برای گزارش سالانه" in notice.body
    assert [mail.to for mail in mailoutbox] == [[staff.email]]
    client.force_login(staff)
    assert "برای گزارش سالانه" in client.get(notice.url).content.decode()
    client.post(notice.url, {"answer": "give"})
    assert can_see(fresh(asker), obj)
    told = Notice.objects.exclude(pk=notice.pk).get()
    assert (told.recipient, told.url) == (asker, obj.url)
    assert Event.objects.filter(verb="access.granted", actor_id=staff.pk).count() == 1
    client.force_login(asker)
    shown = client.get(told.url)
    assert shown.status_code == 200
    assert b"".join(shown)


def test_ask_goes_to_the_author_where_he_may_open_it(site, client):
    author = factories.make_user("editor")
    factories.make_user("hq_staff")
    draft = factories.add_page(factories.section("bylaws"), BylawPage, live=False, owner=author)
    client.force_login(factories.make_user("ngo_member"))
    knock(client, draft.get_url())
    work()
    assert [notice.recipient for notice in Notice.objects.all()] == [author]


def test_ask_refused_and_empty_address_are_the_same_to_the_asker(private, client):
    asker, staff = factories.make_user("editor"), factories.make_user("hq_staff")
    client.force_login(asker)
    said = [without_the_address(knock(client, path), path)[1] for path in (private.page.url, NOWHERE)]
    assert said[0] == said[1]
    work()
    request = AccessRequest.objects.get(path=private.page.url)
    client.force_login(staff)
    client.post(reverse("access:request", args=[request.pk]), {"answer": "refuse"})
    work()
    assert not Notice.objects.filter(recipient=asker).exists()
    assert not can_see(fresh(asker), private.page)
    assert Event.objects.filter(verb="access.refused", actor_id=staff.pk).exists()
    client.force_login(asker)
    assert client.get(private.page.url).status_code == 404


def test_ask_twice_counts_once_and_very_often_is_too_often(private, client):
    client.force_login(factories.make_user("editor"))
    for _ in range(2):
        knock(client, private.page.url)
    assert AccessRequest.objects.count() == 1
    for number in range(MOST_A_DAY + 3):
        knock(client, f"/none/{number}/")
    assert AccessRequest.objects.count() == MOST_A_DAY


@pytest.mark.parametrize("path", ["", "none", "https://elsewhere.invalid/members/", "//elsewhere.invalid/x"])
def test_ask_for_another_site_is_no_request(site, client_of, path):
    knock(client_of("editor"), path)
    assert not AccessRequest.objects.exists()


def test_ask_for_what_is_open_already_tells_nobody(site, client):
    factories.make_user("hq_staff")
    bylaw = factories.add_page(factories.section("bylaws"), BylawPage)
    client.force_login(factories.make_user("editor"))
    knock(client, bylaw.url)
    work()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("who", ["editor", "auditor", "administrator", "legal_reviewer", "asker"])
def test_answer_is_for_those_alone_who_may_open_it(private, who, client):
    asker = factories.make_user("editor")
    client.force_login(asker)
    knock(client, private.page.url)
    work()
    address = reverse("access:request", args=[AccessRequest.objects.get().pk])
    client.force_login(asker if who == "asker" else factories.make_user(who))
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "give"}).status_code == 404
    assert not can_see(fresh(asker), private.page)


def test_answer_counts_once(private, client):
    asker = factories.make_user("editor")
    client.force_login(asker)
    knock(client, private.page.url)
    work()
    address = reverse("access:request", args=[AccessRequest.objects.get().pk])
    for answer in ("refuse", "give"):
        client.force_login(factories.make_user("hq_staff"))
        client.post(address, {"answer": answer})
    assert AccessRequest.objects.get().answer == "refused"
    assert not can_see(fresh(asker), private.page)
