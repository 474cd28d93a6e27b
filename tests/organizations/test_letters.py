"""Letters of appointment: two persons, an hour of beginning and of end, and what they open."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from intranet.access.queries import can_see, visible_to
from intranet.accounts.models import User
from intranet.audit.models import Event
from intranet.notifications.models import Notice
from organizations import letters
from organizations.models import Membership, Person, Representative
from organizations.queries import leads, represents
from pages.members.models import MemberPage
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(user):
    """The same user as the next request sees him."""
    return User.objects.get(pk=user.pk)


def letter(*scopes, days=30, **said):
    today = timezone.localdate()
    return letters.Letter(
        number="۱۲/۳",
        dated=today,
        valid_from=said.pop("valid_from", None),
        valid_to=today + datetime.timedelta(days=days),
        scopes=frozenset(scopes or ("can_view",)),
        **said,
    )


@pytest.fixture
def page(site, media):
    organization = factories.make_organization(factories.make_district(3))
    return factories.add_page(factories.section("members"), MemberPage, organization=organization)


@pytest.fixture
def organization(page):
    return page.organization


@pytest.fixture
def staff(site):
    return factories.make_user("hq_staff")


@pytest.fixture
def colleague(site):
    return factories.make_user("hq_staff")


@pytest.fixture
def head(organization):
    return factories.make_representative(organization)


@pytest.fixture
def newcomer(site):
    return factories.person_of(factories.make_user("ngo_member"))


def test_file_representative_gives_nothing_before_the_approval(page, organization, head, staff, newcomer):
    mandate = letters.file_letter(head, organization, newcomer, letter("can_view", "can_submit"))
    assert not can_see(fresh(newcomer.user), page)
    assert not represents(newcomer.user, organization)
    letters.approve(staff, mandate.pk)
    assert can_see(fresh(newcomer.user), page)
    assert represents(newcomer.user, organization)
    assert not leads(newcomer.user, organization)
    assert list(Event.objects.filter(verb__startswith="letter.").values_list("verb", flat=True)) == [
        "letter.filed",
        "letter.approved",
    ]


def test_file_tells_hq_staff_but_not_its_maker(organization, staff, colleague, newcomer):
    letters.file_letter(staff, organization, newcomer, letter(), as_representative=True)
    assert set(Notice.objects.values_list("recipient", flat=True)) == {colleague.pk}


@pytest.mark.parametrize("who", ["maker", "bearer", "head", "editor", "auditor", "administrator"])
def test_approve_wrong_person_is_refused(who, organization, head, staff, newcomer):
    mandate = letters.file_letter(staff, organization, newcomer, letter())
    people = {"maker": staff, "bearer": newcomer.user, "head": head}
    actor = people.get(who) or factories.make_user(who)
    if who == "bearer":
        actor.groups.add(*staff.groups.all())
        actor = fresh(actor)
    with pytest.raises(letters.RefusedLetter):
        letters.approve(actor, mandate.pk)
    mandate.refresh_from_db()
    assert mandate.state == "waiting"


def test_approve_by_the_maker_is_refused_by_the_database_too(organization, staff, newcomer):
    mandate = letters.file_letter(staff, organization, newcomer, letter())
    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.filter(pk=mandate.pk).update(decided_by=staff)


def test_approve_twice_and_after_a_refusal_is_refused(organization, staff, colleague, newcomer):
    mandate = letters.file_letter(staff, organization, newcomer, letter())
    with pytest.raises(letters.RefusedLetter):
        letters.refuse(colleague, mandate.pk, "  ")
    letters.refuse(colleague, mandate.pk, "تصویر خوانا نیست")
    with pytest.raises(letters.RefusedLetter):
        letters.approve(colleague, mandate.pk)
    assert Representative.objects.get(pk=mandate.pk).refusal == "تصویر خوانا نیست"


@pytest.mark.parametrize("who", ["member", "other_head", "editor"])
def test_file_wrong_person_is_refused(who, organization, newcomer):
    actor = {
        "member": lambda: factories.make_member(organization),
        "other_head": lambda: factories.make_representative(factories.make_organization()),
        "editor": lambda: factories.make_user("editor"),
    }[who]()
    with pytest.raises(letters.RefusedLetter):
        letters.file_letter(actor, organization, newcomer, letter())


def test_file_representative_names_no_other_representative(organization, head, newcomer):
    with pytest.raises(letters.RefusedLetter):
        letters.file_letter(head, organization, newcomer, letter(), as_representative=True)


def test_expired_letter_counts_for_nothing_from_its_hour(page, organization, staff, colleague, newcomer):
    mandate = letters.file_letter(staff, organization, newcomer, letter(days=0))
    letters.approve(colleague, mandate.pk)
    user = newcomer.user
    last_hour = timezone.make_aware(datetime.datetime.combine(timezone.localdate(), datetime.time(23, 59)))
    rows = Representative.objects.filter(pk=mandate.pk)
    assert rows.current(now=last_hour).exists()
    assert not rows.current(now=last_hour + datetime.timedelta(minutes=2)).exists()
    assert can_see(fresh(user), page)
    rows.update(valid_to=timezone.localdate() - datetime.timedelta(days=1))  # the day passes; no job runs
    assert not can_see(fresh(user), page)
    assert not visible_to(MemberPage.objects.all(), fresh(user)).exists()


def test_end_at_an_hour_of_today(page, organization, head):
    member = factories.make_member(organization)
    assert can_see(fresh(member), page)
    letters.end(head, Membership.objects.get(person__user=member))
    assert not can_see(fresh(member), page)
    assert Event.objects.filter(verb="organizations.access_ended").exists()
    assert Notice.objects.filter(recipient=member).exists()


@pytest.mark.parametrize("who", ["self", "member", "other_head"])
def test_end_wrong_person_is_refused(who, organization, head):
    row = Representative.objects.get(person__user=head)
    actor = {
        "self": lambda: head,
        "member": lambda: factories.make_member(organization),
        "other_head": lambda: factories.make_representative(factories.make_organization()),
    }[who]()
    with pytest.raises(letters.RefusedLetter):
        letters.end(actor, row)


def test_hand_over_ends_the_old_role_at_the_hour_of_the_approval(page, organization, head, staff):
    member = factories.make_member(organization)
    mandate = letters.hand_over(head, organization, factories.person_of(member), letter())
    assert leads(head, organization)
    assert not leads(member, organization)
    letters.approve(staff, mandate.pk)
    assert not leads(head, organization)
    assert not can_see(fresh(head), page)
    assert leads(member, organization)
    old = Representative.objects.get(person__user=head)
    assert old.ended_at == Representative.objects.get(pk=mandate.pk).decided_at


def test_hand_over_only_by_the_representative_and_to_another(organization, head):
    member = factories.make_member(organization)
    with pytest.raises(letters.RefusedLetter):
        letters.hand_over(member, organization, factories.person_of(head), letter())
    with pytest.raises(letters.RefusedLetter):
        letters.hand_over(head, organization, factories.person_of(head), letter())
    with pytest.raises(letters.RefusedLetter):
        letters.hand_over(head, organization, Person.objects.create(name="بی‌حساب"), letter())


def test_renewal_takes_the_place_of_the_letter_in_force_on_its_first_day(
    page, organization, staff, colleague, newcomer
):
    first = letters.file_letter(staff, organization, newcomer, letter("can_view", "can_submit"))
    letters.approve(colleague, first.pk)
    begins = timezone.localdate() + datetime.timedelta(days=3)
    second = letters.file_letter(staff, organization, newcomer, letter("can_view", valid_from=begins))
    letters.approve(colleague, second.pk)
    assert represents(newcomer.user, organization)
    first.refresh_from_db()
    assert timezone.localtime(first.ended_at).date() == begins
    on_that_day = timezone.make_aware(datetime.datetime.combine(begins, datetime.time(0, 1)))
    assert list(Representative.objects.current(now=on_that_day).filter(person=newcomer)) == [second]
