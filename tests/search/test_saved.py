"""Saved searches: whose they are, what the e-mail and the feed say, and to whom they say nothing."""

import datetime
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from intranet.audit.models import Event
from intranet.notifications.models import Notice
from intranet.outbox.actions import drain
from intranet.outbox.registry import clock_jobs
from pages.news.models import NewsPage
from search import engines, news, saving
from search.engines.base import EngineDown
from search.entries import object_number
from search.models import SavedSearch
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 21)
NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=timezone.get_default_timezone())
DAY = datetime.timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def person(site):
    return factories.make_user("hq_staff", first_name="سارا", last_name="کریمی")


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def saved(person, index):
    """A search of the person for «بودجه», told of daily."""
    return save(person, "بودجه")


def save(user, text, *, daily=True, **filters):
    from django.http import QueryDict

    asked = QueryDict(mutable=True)
    asked.update({"q": text, **filters})
    saved = saving.save(user, asked)
    if daily:
        saving.tell_by_mail(saved, daily=True)
        SavedSearch.objects.filter(pk=saved.pk).update(told_on=TODAY - DAY)
        saved.refresh_from_db()
    return saved


def act(client, saved, act, **more):
    return client.post(reverse("search_change_saved", args=[saved.pk]), {"act": act, **more})


# --- the page ----------------------------------------------------------------------------------------
def test_save_from_the_page_of_results_keeps_words_and_filters(signed_in, person, add):
    add("بودجه منطقه", "بودجه", kind="bylaw", district=3)
    page = signed_in.get("/search/", {"q": "بودجه", "kind": "bylaw", "district": "3"}).content.decode()
    assert f'action="{reverse("search_save")}"' in page
    for _ in range(2):
        response = signed_in.post(
            reverse("search_save"), {"q": "بودجه", "kind": "bylaw", "district": "3", "x": "y"}
        )
    saved = SavedSearch.objects.get()
    assert saved.user == person
    assert not saved.by_mail
    assert response["Location"].startswith("/search/saved/?new=")
    listed = signed_in.get(response["Location"]).content.decode()
    assert f"/search/?{saved.query_string.replace('&', '&amp;')}" in listed
    found = signed_in.get(f"/search/?{saved.query_string}")
    assert found.context["results"].total == 1
    assert found.context["narrowing"].districts == (3,)


def test_save_nothing_is_refused(signed_in):
    assert signed_in.post(reverse("search_save"), {"q": " "})["Location"] == "/search/"
    assert not SavedSearch.objects.exists()


def test_save_more_than_the_most_is_refused(signed_in, person, monkeypatch):
    monkeypatch.setattr(saving, "MOST", 2)
    for text in ("یک", "دو", "سه", "دو"):
        signed_in.post(reverse("search_save"), {"q": text})
    assert saving.mine(person).count() == 2


def test_save_by_nobody_goes_to_sign_in(client, site, add):
    add("بودجه")
    assert "/accounts/login/" in client.post(reverse("search_save"), {"q": "بودجه"})["Location"]
    assert reverse("search_save") not in client.get("/search/", {"q": "بودجه"}).content.decode()


def test_save_without_a_token_of_the_form_is_refused(person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    assert strict.post(reverse("search_save"), {"q": "بودجه"}).status_code == 403


def test_change_by_another_is_not_there(client, site, saved):
    client.force_login(factories.make_user("administrator"))
    for name in ("rename", "delete", "restore", "feed", "no-mail"):
        assert act(client, saved, name, name="x").status_code == 404
    assert saved.name not in client.get(reverse("search_saved")).content.decode()


def test_rename_and_switch_the_mail(signed_in, saved):
    act(signed_in, saved, "rename", name="  خرج‌ها ")
    act(signed_in, saved, "no-mail")
    saved.refresh_from_db()
    assert (saved.name, saved.by_mail) == ("خرج‌ها", False)
    act(signed_in, saved, "rename", name=" ")
    act(signed_in, saved, "mail")
    saved.refresh_from_db()
    assert (saved.name, saved.by_mail) == ("خرج‌ها", True)
    assert act(signed_in, saved, "dance").status_code == 400


def test_delete_can_be_undone_for_a_day(signed_in, saved):
    page = signed_in.get(act(signed_in, saved, "delete")["Location"])
    assert 'value="restore"' in page.content.decode()
    assert saving.mine(saved.user).count() == 0
    assert act(signed_in, saved, "rename", name="x").status_code == 404
    act(signed_in, saved, "restore")
    assert saving.mine(saved.user).count() == 1
    act(signed_in, saved, "delete")
    SavedSearch.objects.update(deleted_at=timezone.now() - 2 * DAY)
    clock_jobs["search.purge_saved"].run()
    assert act(signed_in, saved, "restore").status_code == 404


# --- the e-mail --------------------------------------------------------------------------------------
def sent():
    drain("notifications.mail")
    return [(message.to[0], message.body) for message in mail.outbox]


def test_mail_tells_of_what_is_new_once(saved, person, add):
    add("بودجه ۱۴۰۱", "بودجه")
    add("گزارش دیگر", "چیز دیگر")
    assert news.tell(person.pk, TODAY)
    assert not news.tell(person.pk, TODAY)
    assert not news.tell(person.pk, TODAY + DAY)
    [(to, body)] = sent()
    assert to == person.email
    assert "بودجه ۱۴۰۱" in body
    assert "گزارش دیگر" not in body
    assert "سارا کریمی گرامی" in body
    assert "۱ متن تازه" in body
    add("بودجه ۱۴۰۲", "بودجه")
    assert news.tell(person.pk, TODAY + 2 * DAY)
    assert "بودجه ۱۴۰۱" not in sent()[1][1]


def test_mail_does_not_tell_of_what_was_there_when_it_began(person, add):
    add("بودجه ۱۴۰۱", "بودجه")
    save(person, "بودجه")
    assert not news.tell(person.pk, TODAY)
    assert sent() == []


def test_mail_is_one_for_all_searches_of_a_person(saved, person, add):
    save(person, "گزارش")
    other = factories.make_user("auditor")
    save(other, "گزارش")
    add("بودجه ۱۴۰۱", "بودجه")
    add("گزارش بودجه", "گزارش")
    SavedSearch.objects.update(told_on=timezone.localdate() - DAY)
    clock_jobs["search.tell_of_news"].run()
    if timezone.localtime().time() < news.MORNING:
        assert sent() == []
        return
    assert sorted(to for to, _ in sent()) == sorted([person.email, other.email])
    clock_jobs["search.tell_of_news"].run()
    assert len(sent()) == 2


def test_mail_waits_for_the_morning(saved, add):
    add("بودجه ۱۴۰۱", "بودجه")
    night = NOON.replace(hour=5, minute=59)
    news.tell_due(night)
    assert sent() == []
    news.tell_due(night + datetime.timedelta(minutes=1))
    assert len(sent()) == 1


def test_mail_tells_only_of_what_its_person_may_see_now(saved, person, add):
    add("بودجه محرمانه", "بودجه", tokens=["role:auditor"])
    assert not news.tell(person.pk, TODAY)
    factories.Group.objects.get(name=factories.GROUP_NAMES[factories.Role("auditor")]).user_set.add(person)
    assert news.tell(person.pk, TODAY + DAY)
    assert "بودجه محرمانه" in sent()[0][1]


def test_mail_is_not_sent_to_the_inactive(saved, person, add):
    add("بودجه ۱۴۰۱", "بودجه")
    type(person).objects.update(is_active=False)
    news.tell_due(NOON)
    assert not news.tell(person.pk, TODAY)
    assert sent() == []


def test_mail_stops_with_the_search(saved, person, add):
    add("بودجه ۱۴۰۱", "بودجه")
    saving.delete(saved)
    assert not news.tell(person.pk, TODAY)


def test_mail_by_two_clocks_at_once_is_one(saved, person, add, monkeypatch):
    """The other clock notes it between this one's search and its note."""
    add("بودجه ۱۴۰۱", "بودجه")
    look = news.fresh.hits_of

    def other_clock_first(*arguments):
        monkeypatch.setattr(news.fresh, "hits_of", look)
        assert news.tell(person.pk, TODAY)
        return look(*arguments)

    monkeypatch.setattr(news.fresh, "hits_of", other_clock_first)
    assert not news.tell(person.pk, TODAY)
    assert Notice.objects.count() == 1


def test_mail_of_a_run_that_died_is_sent_by_the_next(saved, person, add, monkeypatch):
    add("بودجه ۱۴۰۱", "بودجه")
    queue = news.notify

    def die(*_, **__):
        raise RuntimeError("killed")

    monkeypatch.setattr(news, "notify", die)
    news.tell_due(NOON)
    assert Notice.objects.count() == 0
    monkeypatch.setattr(news, "notify", queue)
    news.tell_due(NOON)
    assert len(sent()) == 1


def test_mail_waits_while_the_engine_is_down(saved, add, monkeypatch):
    add("بودجه ۱۴۰۱", "بودجه")

    def fail(*_):
        raise EngineDown("no")

    with monkeypatch.context() as down:
        down.setattr(type(engines.current()), "search", fail)
        news.tell_due(NOON)
    assert sent() == []
    news.tell_due(NOON)
    assert len(sent()) == 1


@pytest.fixture
def notice(site, index):
    """A published page about the budget, in the index."""
    page = factories.add_page(factories.section("news"), NewsPage, title="بودجه شهر", summary="بودجه امسال")
    drain("search")
    return page


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish(skip_permission_checks=True)
    drain("search")


def test_mail_tells_of_a_text_that_was_changed_once_and_says_so(notice, saved):
    assert not news.tell(saved.user_id, TODAY)
    publish(notice, summary="بودجه سال آینده")
    assert news.tell(saved.user_id, TODAY + DAY)
    ((_, body),) = sent()
    assert "۱ متن از خبر پیشین تاکنون تغییر کرده است" in body
    assert "بودجه شهر" in body
    assert "تازه:" not in body
    assert not news.tell(saved.user_id, TODAY + 2 * DAY)


def test_mail_tells_of_what_is_new_and_of_what_was_changed_apart(notice, saved):
    assert not news.tell(saved.user_id, TODAY)
    publish(notice, summary="بودجه سال آینده")
    publish(factories.add_page(factories.section("news"), NewsPage, title="بودجه محله"))
    assert news.tell(saved.user_id, TODAY + DAY)
    ((_, body),) = sent()
    new, changed = body.split("تغییر کرده است")
    assert "۱ متن تازه" in new
    assert "بودجه محله" in new
    assert "بودجه شهر" in changed


def test_mail_says_nothing_of_a_changed_text_that_its_person_may_not_read_any_more(notice, saved):
    assert not news.tell(saved.user_id, TODAY)
    publish(notice, summary="بودجه سال آینده")
    PageViewRestriction.objects.create(page=notice, restriction_type="groups")
    drain("search")
    assert not news.tell(saved.user_id, TODAY + DAY)


def test_mail_of_a_search_noted_before_versions_were_calls_nothing_changed(notice, saved):
    SavedSearch.objects.filter(pk=saved.pk).update(
        seen=SavedSearch.packed(frozenset({object_number(f"page:{notice.pk}")}))
    )
    assert not news.tell(saved.user_id, TODAY)


# --- the feed ----------------------------------------------------------------------------------------
@pytest.fixture
def feed(signed_in, saved):
    """The address of the saved search's feed, for a reader that is not signed in."""
    page = act(signed_in, saved, "feed")
    assert "no-store" in page["Cache-Control"]
    return page.context["feed"]


def titles(response):
    entries = ElementTree.fromstring(response.content).iter(f"{ATOM}entry")  # noqa: S314 - our own
    return [entry.findtext(f"{ATOM}title") for entry in entries]


def test_feed_shows_what_its_person_may_see(feed, saved, add):
    add("بودجه کهنه", "بودجه", date=datetime.date(2020, 1, 1))
    add("بودجه تازه", "بودجه", date=datetime.date(2025, 1, 1), tokens=["role:hq_staff"])
    add("بودجه محرمانه", "بودجه", tokens=["role:auditor"])
    response = Client().get(feed)
    assert titles(response) == ["بودجه تازه", "بودجه کهنه"]
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    secret = feed.rstrip("/").rpartition("/")[2]
    assert secret not in response.content.decode()
    saved.refresh_from_db()
    assert secret not in str(vars(saved))
    assert len(secret) >= 43
    assert Event.objects.filter(verb="saved_search.feed_opened").count() == 1


def test_feed_follows_a_right_taken_away(feed, person, add):
    add("بودجه", "بودجه", tokens=["role:hq_staff"])
    assert titles(Client().get(feed)) == ["بودجه"]
    person.groups.clear()
    assert titles(Client().get(feed)) == []


def test_feed_ends_with_its_search_its_revocation_and_the_account(signed_in, feed, saved, person):
    act(signed_in, saved, "delete")
    assert Client().get(feed).status_code == 404
    act(signed_in, saved, "restore")
    assert Client().get(feed).status_code == 200
    person.is_active = False
    person.save()
    assert Client().get(feed).status_code == 404
    person.is_active = True
    person.save()
    signed_in.force_login(person)
    act(signed_in, saved, "end-feed")
    assert Client().get(feed).status_code == 404


def test_feed_made_anew_ends_the_one_before(signed_in, feed, saved):
    again = act(signed_in, saved, "feed").context["feed"]
    assert Client().get(feed).status_code == 404
    assert Client().get(again).status_code == 200


def test_feed_asked_too_often_waits(feed, monkeypatch):
    from search import saved_views

    monkeypatch.setattr(saved_views, "FEED_RATE", saved_views.Rate(2))
    assert [Client().get(feed).status_code for _ in range(3)] == [200, 200, 429]
    guess = reverse("search_feed", args=["x" * 43])
    assert [Client().get(guess).status_code for _ in range(3)] == [404, 404, 429]


def test_feed_while_the_engine_is_down_says_so(feed, monkeypatch):
    def fail(*_):
        raise EngineDown("no")

    monkeypatch.setattr(type(engines.current()), "search", fail)
    assert Client().get(feed).status_code == 503
