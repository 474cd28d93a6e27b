"""Why a person reads something or does not: in sentences, and never other than the rule itself decides."""

import datetime
import random

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from guardian.shortcuts import assign_perm
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from documents.models import Document
from intranet.access import glass
from intranet.access.clauses import all_of, any_of, implies, satisfied
from intranet.access.explanations import conditions_of, explain
from intranet.access.holders import readers_of
from intranet.access.models import State
from intranet.access.queries import can_see, clauses_of
from intranet.access.tokens import tokens_of
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role
from organizations.models import Membership
from pages.bylaws.models import BylawPage
from tests import factories
from tests.search.random_site import RandomSite

pytestmark = pytest.mark.django_db


def reasons(person, obj, state=State.LIVE):
    return " ".join(explain(User.objects.get(pk=person.pk), obj, state).reasons)


def test_explain_member_reads_through_his_organisation(private):
    assert "اعضای «یاران»" in reasons(factories.make_member(private.organization), private.page)
    assert "نمایندگان «یاران»" in reasons(private.representative, private.file)
    assert "دبیرخانه منطقه 3" in reasons(factories.make_secretary(private.district), private.page)
    assert "کارشناس ستاد" in reasons(factories.make_user("hq_staff"), private.page)


def test_explain_stranger_hears_who_may(private):
    said = reasons(factories.make_user("editor"), private.page)
    for words in ("هیچ‌یک", "اعضای «یاران»", "بازرس"):
        assert words in said


def test_explain_membership_that_is_over_or_to_come_says_when(private):
    over = factories.make_member(private.organization, valid_to=datetime.date(2022, 4, 6))
    assert "۱۷ فروردین ۱۴۰۱ پایان یافته" in reasons(over, private.page)
    coming = factories.make_representative(private.organization, valid_from=datetime.date(2100, 3, 21))
    assert "آغاز می‌شود" in reasons(coming, private.page)
    secretary = factories.make_secretary(private.district)
    Membership.objects.filter(person__user=secretary).update(valid_to=datetime.date(2022, 4, 6))
    assert "پایان یافته" in reasons(secretary, private.page)


def test_explain_mandate_without_viewing(private):
    private.representative.person.mandates.update(can_view=False)
    assert "دیدن را در بر ندارد" in reasons(private.representative, private.page)


def test_explain_closed_account_and_unpublished_page(private):
    member = factories.make_member(private.organization)
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert reasons(member, private.page) == "حساب کاربری بسته است."
    draft = factories.add_page(factories.section("bylaws"), BylawPage, live=False)
    assert reasons(factories.make_user("editor"), draft) == "منتشر نشده است."
    assert explain(factories.make_user("editor"), draft, State.DRAFT).reads


def test_explain_restriction_is_named_with_its_page(site):
    page = factories.add_page(factories.section("bylaws"), BylawPage, title="سند بسته")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=GROUP_NAMES[Role.COUNCIL_MEMBER]))
    said = reasons(factories.make_user("editor"), page)
    assert "محدودیت صفحه «سند بسته»" in said
    assert "عضو شورا" in said


def test_explain_restriction_of_a_collection_is_named(private):
    collection = Collection.get_first_root_node().add_child(name="بایگانی")
    private.file.collection = collection
    private.file.save()
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=GROUP_NAMES[Role.AUDITOR]))
    file = Document.objects.get(pk=private.file.pk)
    assert "مجموعه «بایگانی»" in reasons(private.representative, file)
    assert len(conditions_of(file, State.LIVE)) == 2


def test_explain_grant_and_broken_glass(private):
    editor, administrator = factories.make_user("editor"), factories.make_user("administrator")
    assign_perm("members.view_memberpage", editor, private.page)
    assert editor.label in reasons(editor, private.page)
    glass.break_glass(administrator, private.page, "شکایتی رسیده و کسی در دسترس نیست.", "/x/")
    assert "دسترسی اضطراری" in reasons(administrator, private.page)


@pytest.mark.parametrize("seed", range(4))
def test_explain_and_readers_agree_with_the_rule_over_random_sites(site, media, seed):
    """For every person and object: the sentences say what the rule decides, and so does the list of readers."""
    with transaction.atomic():
        made = RandomSite(random.Random(seed))
        people = [User.objects.get(pk=person.pk) for person in made.people if person.pk]
        for known in [page.specific for page in made.pages] + made.files:
            obj = type(known).objects.get(pk=known.pk)
            for state in State.values:
                clauses = clauses_of(obj, state)
                listed = set() if clauses is None else set(readers_of(clauses).values_list("pk", flat=True))
                conditions = [found.clause for found in conditions_of(obj, state) if found.clause is not None]
                named = all_of(*(any_of(*clause) for clause in conditions))
                assert clauses is None or (implies(named, clauses) and implies(clauses, named))
                for person in people:
                    right = clauses is not None and satisfied(clauses, tokens_of(person))
                    assert can_see(person, obj, state) is right
                    assert explain(person, obj, state).reads is right
                    assert (person.pk in listed) is right
        transaction.set_rollback(True)


def test_screen_says_why_for_the_person_chosen(private, client_of):
    client = client_of("hq_staff")
    editor = factories.make_user("editor")
    for kind, obj in (("page", private.page), ("document", private.file)):
        address = reverse(f"access:{kind}", args=[obj.pk])
        shown = client.get(address, {"about": editor.username}).content.decode()
        assert f"{editor.label} " in shown
        assert "هیچ‌یک" in shown
        assert "نمی‌خواند، زیرا" in shown
        assert client.get(address, {"about": "nobody"}).status_code == 400
        assert private.representative.label in client.get(address).content.decode()


def test_screen_representative_sees_who_reads_and_opens_nothing(private, client_of):
    client = client_of(private.representative)
    address = reverse("access:page", args=[private.page.pk])
    shown = client.get(address).content.decode()
    assert private.representative.label in shown
    assert 'name="group"' not in shown
    editor = factories.make_user("editor")
    assert client.post(address, {"person": editor.username}).status_code == 403
    assert address in client.get(private.page.url).content.decode()
    assert reverse("access:document", args=[private.file.pk]) in client.get(private.page.url).content.decode()


def test_screen_staff_opens_a_file_and_closes_it_again(private, client_of):
    client, editor = client_of("hq_staff"), factories.make_user("editor")
    address = reverse("access:document", args=[private.file.pk])
    client.post(address, {"person": editor.username})
    assert can_see(User.objects.get(pk=editor.pk), private.file)
    client.post(reverse("access:revoke_document", args=[private.file.pk]), {"grant": f"user:{editor.pk}"})
    assert not can_see(User.objects.get(pk=editor.pk), private.file)
