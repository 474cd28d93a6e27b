"""Searching and sending files too often is told to wait, over all processes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from intranet.throttle import STEP
from pages.bylaws.models import BylawPage
from pages.threads.actions import open_thread
from tests import factories
from tests.factories import make_user


@pytest.fixture
def rates(settings):
    settings.SEARCH_RATE_ANONYMOUS, settings.SEARCH_RATE_SIGNED_IN, settings.UPLOAD_RATE = 20, 30, 2
    return settings


def signed_in(user):
    """A client whose middleware is new: what another process would be."""
    client = Client()
    client.force_login(user)
    return client


def codes(client, times, path="/search/suggest?q=x"):
    return [client.get(path).status_code for _ in range(times)]


def test_search_too_often_waits(site, rates, client):
    answers = codes(client, 29)
    assert answers == [200] * 29
    refused = client.get("/search/?q=x")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "دوباره تلاش کنید" in refused.content.decode()
    assert client.get("/").status_code == 200


def test_search_counts_over_processes(site, rates):
    user = make_user("editor")
    first, second = signed_in(user), signed_in(user)
    assert codes(first, 2 * STEP) == [200] * (2 * STEP)
    assert 429 in codes(second, 2 * STEP)


def test_search_of_one_does_not_hold_up_another(site, rates):
    one, other = signed_in(make_user("editor")), signed_in(make_user("editor"))
    assert 429 in codes(one, 45)
    assert codes(other, STEP) == [200] * STEP


def test_copies_too_often_wait(site, settings, client):
    settings.PDF_RATE_ANONYMOUS, settings.PDF_RATE_SIGNED_IN = 20, 30
    assert codes(client, 29, "/pdf/999999/") == [302] * 29
    assert client.get("/en/pdf/999999/1-2/").status_code == 429
    assert codes(signed_in(make_user("editor")), 29, "/pdf/999999/") == [404] * 29


def test_upload_too_often_waits(site, rates, media):
    client = signed_in(make_user("editor"))
    answers = [
        client.post("/admin/images/add/", {"file": SimpleUploadedFile("a.png", b"x")}).status_code
        for _ in range(3)
    ]
    assert answers == [200, 200, 429]


def test_search_writes_nothing_at_most_requests(site, rates, client):
    client.get("/search/suggest?q=x")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client.get("/search/suggest?q=x")
    assert not [query for query in asked if "requestcount" in query["sql"]]


def remark(**more):
    """What Wagtail's page editor sends with one new remark beside the text."""
    return {
        "comments-TOTAL_FORMS": 1,
        "comments-INITIAL_FORMS": 0,
        "comments-0-text": "این بند روشن نیست",
        "comments-0-contentpath": "title",
        **more,
    }


def test_comment_too_often_waits_over_processes_and_says_that_nothing_was_sent(site, settings):
    settings.COMMENT_RATE = 3
    user = make_user("editor")
    draft = factories.add_page(factories.section("bylaws"), BylawPage, live=False, owner=user)
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    answers = [signed_in(user).post(address, remark()) for _process in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "فرستاده نشد" in answers[-1].content.decode()


def test_saving_a_text_without_new_comments_is_not_counted(site, settings):
    settings.COMMENT_RATE = 1
    user = make_user("editor")
    draft = factories.add_page(factories.section("bylaws"), BylawPage, live=False, owner=user)
    address, client = reverse("wagtailadmin_pages:edit", args=[draft.pk]), signed_in(user)
    for sent in ({"title": "x"}, remark(**{"comments-0-id": "5"}), remark(**{"comments-0-text": " "})):
        assert [client.post(address, sent).status_code for _again in range(3)] == [200] * 3


def test_message_in_a_thread_too_often_waits(site, settings):
    settings.COMMENT_RATE = 2
    organization = factories.make_organization()
    user = factories.make_representative(organization)
    thread = open_thread(user, organization, subject="پرسش", body="متن")
    address = reverse("ngo:thread", args=[thread.pk])
    answers = [signed_in(user).post(address, {"body": "پاسخ"}).status_code for _process in range(3)]
    assert answers == [302, 302, 429]
    assert thread.messages.count() == 3


def test_upload_into_an_area_too_often_waits(site, rates, media):
    organization = factories.make_organization()
    client = signed_in(factories.make_representative(organization))
    address = reverse("ngo:files", args=[organization.pk])
    assert [client.post(address, {}).status_code for _again in range(3)] == [400, 400, 429]


def test_suggestions_too_often_are_told_so_as_json(site, rates, client):
    answers = [client.get("/search/suggest?q=x") for _again in range(45)]
    assert answers[-1].status_code == 429
    assert answers[-1]["Content-Type"] == "application/problem+json"
