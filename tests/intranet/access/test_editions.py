import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from intranet.access.editions import edition_for, forget_old_changes, kept, note_change
from intranet.access.models import Change
from intranet.access.queries import reading_of, visible_to
from pages.news.models import NewsPage
from tests.factories import add_page, make_user, section

pytestmark = pytest.mark.django_db


def edition():
    return edition_for(AnonymousUser())


def test_edition_another_one_after_each_publication_and_withdrawal(site):
    seen = {edition()}
    page = add_page(section("news"), NewsPage)
    seen.add(edition())
    page.unpublish()
    seen.add(edition())
    page.delete()
    seen.add(edition())
    assert len(seen) == 4


def test_edition_of_a_change_rolled_back_is_the_one_before():
    before = edition()
    with transaction.atomic():
        note_change()
        assert edition() != before
        transaction.set_rollback(True)
    assert edition() == before


def test_edition_is_asked_once_a_request(django_assert_num_queries):
    user = AnonymousUser()
    with django_assert_num_queries(1):
        assert edition_for(user) == edition_for(user)


def test_kept_until_something_changes():
    made = []

    def make():
        made.append(1)
        return len(made)

    assert kept(AnonymousUser(), "n", make, "part") == 1
    assert kept(AnonymousUser(), "n", make, "part") == 1
    assert kept(AnonymousUser(), "n", make, "another part") == 2
    note_change()
    assert kept(AnonymousUser(), "n", make, "part") == 3


def test_kept_when_there_is_nothing():
    made = []
    for _ in range(2):
        assert kept(AnonymousUser(), "n", lambda: made.append(1) or []) == []
    assert made == [1]


def test_reading_differs_with_what_the_reader_may_read(site):
    anonymous, editor, other = AnonymousUser(), make_user("editor"), make_user("editor")
    assert reading_of(anonymous) != reading_of(editor)
    assert reading_of(editor).split(".")[0] == reading_of(other).split(".")[0]


def test_right_taken_away_counts_at_the_next_request_with_warm_caches(site):
    from intranet.accounts.models import User
    from pages.members.models import MemberPage
    from tests.factories import make_member, make_organization

    organization = make_organization()
    page = add_page(section("members"), MemberPage, organization=organization)
    member = make_member(organization)

    def sees():
        return visible_to(MemberPage.objects.all(), User.objects.get(pk=member.pk)).contains(page)

    assert sees()
    assert sees()
    member.person.memberships.all().delete()
    assert not sees()


def test_old_changes_are_forgotten(site):
    note_change()
    Change.objects.update(at="2020-01-01T00:00:00Z")
    before = edition()
    forget_old_changes()
    assert Change.objects.count() == 1
    assert edition() != before
