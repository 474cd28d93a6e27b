"""What is new for a person, on the desk and by e-mail: only what he may read when it is told."""

import datetime

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from documents.actions import add_document
from intranet.accounts.models import User
from intranet.dashboards import digests
from intranet.dashboards.models import Reading
from intranet.dashboards.news import news_for
from organizations.models import Membership
from organizations.sharing import share
from pages.threads import actions
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def organization(site, media):
    return factories.make_organization(factories.make_district(3))


@pytest.fixture
def member(organization):
    return factories.make_member(organization)


@pytest.fixture
def document(organization):
    return put("پرونده تازه", audience="organization", organization=organization)


def put(title, **more):
    return add_document(
        file=SimpleUploadedFile("a.txt", title.encode()), title=title, uploaded_by=None, **more
    )


def titles(user, since=None):
    since = since or timezone.now() - datetime.timedelta(days=1)
    return [one.title for one in news_for(fresh(user), since)]


def test_news_are_what_one_may_read_and_did_not_make(organization, member, document):
    other = factories.make_member(factories.make_organization())
    head = factories.make_representative(organization)
    actions.open_thread(head, organization, subject="پرسش", body="متن")
    assert {"پرونده تازه", "پرسش"} <= set(titles(member))
    assert {"پرونده تازه", "پرسش"}.isdisjoint(titles(other))
    assert "پرسش" not in titles(head)
    assert "پرونده تازه" not in titles(member, timezone.now())


def test_news_hidden_messages_are_none(organization, member):
    head = factories.make_representative(organization)
    thread = actions.open_thread(head, organization, subject="پنهان‌شدنی", body="متن")
    actions.hide(factories.make_user("hq_staff"), thread.messages.get().pk, "آزمون")
    assert "پنهان‌شدنی" not in titles(member)


def test_news_an_old_file_shared_today_is_new(organization, member):
    old = put("پرونده کهنه", audience="staff")
    since = timezone.now()
    share(factories.make_user("hq_staff"), old, [organization], [])
    assert "پرونده کهنه" in titles(member, since)


def test_desk_shows_news_until_they_are_seen_and_again_on_request(member, document, client_of):
    client = client_of(member)
    assert "پرونده تازه" in client.get(reverse("desk:desk")).content.decode()
    client.post(reverse("desk:seen"))
    assert "پرونده تازه" not in client.get(reverse("desk:desk")).content.decode()
    client.post(reverse("desk:seen"), {"again": "1"})
    assert "پرونده تازه" in client.get(reverse("desk:desk")).content.decode()


def test_sign_in_makes_the_visit_before_the_mark(member, document, client):
    client.force_login(member)
    assert Reading.objects.get(user=member).seen_at is None
    first = Reading.objects.get(user=member).visit_at
    client.force_login(member)
    assert Reading.objects.get(user=member).seen_at == first


def send_due():
    digests.queue_due()
    mail.outbox.clear()
    call_command("worker", once=True, verbosity=0)
    return [letter for letter in mail.outbox if "پرونده تازه" in letter.body]


@pytest.mark.parametrize(("digest", "days"), [("daily", 1), ("weekly", 7)])
def test_digest_comes_when_it_is_due_and_once(digest, days, member, document, client_of):
    client_of(member).post(reverse("desk:digest"), {"digest": digest})
    assert send_due() == []
    past = timezone.now() - datetime.timedelta(days=days, minutes=1)
    Reading.objects.update(digest_at=past)
    [letter] = send_due()
    assert letter.to == [member.email]
    assert send_due() == []


def test_digest_tells_only_what_may_be_read_at_the_moment_of_sending(member, document):
    digests.choose(member, "daily")
    Reading.objects.update(digest_at=timezone.now() - datetime.timedelta(days=2))
    digests.queue_due()
    Membership.objects.update(valid_to="2020-01-01")  # after it was queued
    mail.outbox.clear()
    call_command("worker", once=True, verbosity=0)
    assert not any("پرونده تازه" in letter.body for letter in mail.outbox)


def test_digest_none_and_inactive_get_nothing(member, document):
    digests.choose(member, "none")
    Reading.objects.update(digest_at=None)
    assert send_due() == []
    digests.choose(member, "daily")
    Reading.objects.update(digest_at=None)
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert send_due() == []


def test_desk_costs_an_ordinary_member_a_fixed_number_of_queries(
    organization, member, document, client_of, django_assert_max_num_queries
):
    for number in range(8):
        put(f"پرونده {number}", audience="organization", organization=organization)
    client = client_of(member)
    client.get(reverse("desk:desk"))
    with django_assert_max_num_queries(34):
        client.get(reverse("desk:desk"))
