"""The parts of the rule one by one, with no site around them: what the mutation tests lean on first."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ImproperlyConfigured
from wagtail.models import PageViewRestriction

from documents.models import Document
from intranet.access import clauses, glass, rules, tokens
from intranet.access.actions import audience_for, forget, rederive
from intranet.access.models import Audience, Target
from intranet.access.policies import EXPLAIN_ACCESS, MANAGE_ACCESS, VIEW, abilities, having
from intranet.access.queries import audience_of, audiences_of, can_see, clauses_of, read_with, reading_of
from intranet.access.restrictions import clauses_of_restriction, narrowed_by
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role
from pages.bylaws.models import BylawPage
from pages.members.models import MemberPage
from pages.members.policies import ADD_DOCUMENT, EDIT
from pages.sections.models import SectionPage
from tests import factories

AB = clauses.any_of("a", "b")
CD = clauses.any_of("c", "d")


def test_clauses_all_of_the_outer_any_of_the_inner():
    both = clauses.all_of(AB, CD)
    assert clauses.satisfied(both, frozenset("ac"))
    assert not clauses.satisfied(both, frozenset("ab"))
    assert clauses.satisfied(clauses.EVERYONE, frozenset())
    assert not clauses.satisfied(clauses.any_of(), frozenset("abc"))


def test_clauses_widened_lets_in_one_more_through_each():
    both = clauses.widened(clauses.all_of(AB, CD), ["x"])
    assert clauses.satisfied(both, frozenset("x"))
    assert clauses.satisfied(both, frozenset("ac"))
    assert not clauses.satisfied(both, frozenset("a"))
    assert clauses.widened(AB, []) == AB


def test_clauses_implied_only_by_narrower_ones():
    both = clauses.all_of(AB, CD)
    assert clauses.implies(both, AB)
    assert not clauses.implies(AB, both)
    assert clauses.implies(clauses.any_of("a"), AB)
    assert not clauses.implies(AB, clauses.any_of("a"))
    assert clauses.implies(AB, clauses.EVERYONE)


def test_tokens_of_nobody_and_of_a_closed_account():
    assert tokens.tokens_of(AnonymousUser()) == {"public"}
    assert tokens.tokens_of(None) == {"public"}
    assert tokens.tokens_of(User(is_active=False)) == {"public"}


@pytest.mark.django_db
def test_tokens_of_an_account_are_its_roles_and_groups():
    user = factories.make_user("editor", "auditor")
    group = Group.objects.get(name=GROUP_NAMES[Role.EDITOR])
    held = tokens.tokens_of(user)
    assert {
        "public",
        "signed-in",
        f"user:{user.pk}",
        "role:editor",
        "role:auditor",
        f"group:{group.pk}",
    } <= held
    assert "role:hq_staff" not in held


def test_rule_of_a_model_without_one_is_an_error():
    with pytest.raises(ImproperlyConfigured):
        rules.rule_for(Group)
    assert rules.rule_for(SectionPage).prefix == "page"
    assert rules.uid_of(Document(pk=3)) == "document:3"


@pytest.mark.django_db
def test_audience_with_the_same_clauses_is_the_same_one():
    first = audience_for(clauses.all_of(AB, CD))
    assert audience_for(clauses.all_of(CD, AB)) == first
    assert audience_for(AB) != first
    assert first.clauses.count() == 2


@pytest.mark.django_db
def test_audiences_of_a_reader_are_those_he_satisfies():
    user = factories.make_user("editor")
    open_to = {audience_for(clauses.EVERYONE), audience_for(clauses.any_of("role:editor", "x"))}
    closed = {audience_for(clauses.any_of()), audience_for(clauses.all_of(clauses.any_of("role:editor"), AB))}
    held = audiences_of(user)
    assert {audience.pk for audience in open_to} <= held
    assert not {audience.pk for audience in closed} & held


@pytest.mark.django_db
def test_restriction_lets_in_its_groups_those_who_sign_in_or_nobody():
    page = factories.home()
    login = PageViewRestriction(page=page, restriction_type="login")
    assert clauses_of_restriction(login) == clauses.any_of("signed-in")
    groups = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    group = Group.objects.get(name=GROUP_NAMES[Role.AUDITOR])
    groups.groups.add(group)
    assert clauses_of_restriction(groups) == clauses.any_of(f"group:{group.pk}")
    assert clauses_of_restriction(PageViewRestriction(page=page, restriction_type="password")) is None
    assert narrowed_by(clauses.EVERYONE, [login, groups]) == clauses.all_of(
        clauses.any_of("signed-in"), clauses.any_of(f"group:{group.pk}")
    )
    assert narrowed_by(None, [login]) is None
    assert narrowed_by(AB, [PageViewRestriction(page=page, restriction_type="password")]) is None
    assert narrowed_by(AB, []) == AB


@pytest.mark.django_db
def test_target_is_closed_when_it_is_forgotten_and_derived_again(private):
    staff = factories.make_user("hq_staff")
    assert can_see(staff, private.page)
    forget(MemberPage, private.page.pk)
    assert audience_of(private.page) is None
    assert clauses_of(private.page) is None
    assert not can_see(User.objects.get(pk=staff.pk), private.page)
    assert can_see(User.objects.get(pk=staff.pk), private.file)
    rederive([private.page, private.file])
    assert can_see(User.objects.get(pk=staff.pk), private.page)
    assert not can_see(staff, MemberPage())
    rederive([])


@pytest.mark.django_db
def test_target_is_moved_to_its_audience_and_no_second_one_made(private):
    before = Target.objects.count()
    wrong = Audience.objects.create(key="0" * 64)
    Target.objects.filter(object_id=private.page.pk).update(audience=wrong)
    rederive(private.page)
    assert not Target.objects.filter(audience=wrong).exists()
    assert Target.objects.count() == before


@pytest.mark.django_db
def test_grant_on_one_object_is_none_on_another_of_the_same_number(private):
    """Pages and files are numbered apart: a grant on page 7 says nothing of file 7."""
    from guardian.shortcuts import assign_perm

    user = factories.make_user("editor")
    moved = Document.objects.create(
        id=private.page.pk,
        title="پرونده‌ای با شماره صفحه",
        file=private.file.file.name,
        audience="organization",
        organization=private.organization,
    )
    assign_perm("members.view_memberpage", user, private.page)
    rederive(moved)
    assert can_see(User.objects.get(pk=user.pk), private.page)
    assert not can_see(User.objects.get(pk=user.pk), moved)


@pytest.mark.django_db
def test_read_with_gives_what_every_reader_of_the_one_reads(site):
    section, lower = factories.section("about"), factories.section("bylaws")
    closed = factories.add_page(section, SectionPage)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    assert set(read_with(closed, [section, closed])) == {section, closed}
    assert read_with(section, [closed, lower]) == [lower]
    assert read_with(section, []) == []
    assert read_with(SectionPage(), [section]) == []


@pytest.mark.django_db
def test_reading_is_named_by_what_is_read(site):
    editor = factories.make_user("editor")
    assert reading_of(editor) == reading_of(User.objects.get(pk=editor.pk))
    assert reading_of(editor) != reading_of(AnonymousUser())


PEOPLE = ("hq_staff", "editor", "auditor", "administrator", "legal_reviewer", None)


@pytest.mark.django_db
def test_abilities_and_their_listing_agree_for_everybody(private):
    """Of every person, family and ability: the test of one object and the list of all give the same."""
    author = factories.make_user("editor")
    factories.add_page(factories.section("bylaws"), BylawPage, live=False, owner=author)
    factories.add_page(factories.section("bylaws"), BylawPage)
    private.file.uploaded_by_user = author
    private.file.save()
    people = [author, private.representative, AnonymousUser(), factories.make_member(private.organization)]
    people += [factories.make_representative(private.organization, can_submit=False)]
    people += [factories.make_representative(private.organization, valid_to="2020-01-01")]
    people += [factories.make_secretary(private.district), factories.make_user("hq_staff", is_active=False)]
    people += [factories.make_user(*([role] if role else [])) for role in PEOPLE]
    found = set()
    for user in people:
        for model in (MemberPage, BylawPage, SectionPage, Document):
            for ability in (VIEW, MANAGE_ACCESS, EXPLAIN_ACCESS, EDIT, ADD_DOCUMENT, "fly"):
                listed = set(having(model.objects.all(), user, ability).values_list("pk", flat=True))
                tested = {obj.pk for obj in model.objects.all() if ability in abilities(user, obj)}
                assert listed == tested, (user, model, ability)
                found |= {(model, ability)} if tested else set()
    assert {
        (MemberPage, EDIT),
        (BylawPage, MANAGE_ACCESS),
        (Document, EXPLAIN_ACCESS),
        (SectionPage, VIEW),
    } <= found
    assert not any(ability == "fly" for _, ability in found)


@pytest.mark.django_db
def test_abilities_by_hand(private):
    editor, staff, auditor = (factories.make_user(role) for role in ("editor", "hq_staff", "auditor"))
    assert abilities(staff, private.page) == {VIEW, MANAGE_ACCESS, EXPLAIN_ACCESS}
    assert abilities(auditor, private.page) == {VIEW, EXPLAIN_ACCESS}
    assert abilities(editor, private.page) == frozenset()
    assert abilities(private.representative, private.page) == {VIEW, EDIT, ADD_DOCUMENT, EXPLAIN_ACCESS}
    assert abilities(private.representative, private.file) == {VIEW, EXPLAIN_ACCESS}
    assert abilities(AnonymousUser(), private.page) == frozenset()
    assert abilities(factories.make_user("hq_staff", is_active=False), private.page) == frozenset()


@pytest.mark.django_db
def test_glass_keepers_of_what_stands_behind_it(private):
    assert glass.keepers_of(private.page) == [private.representative]
    assert glass.keepers_of(factories.section("about")) is None
    assert glass.stands_behind_glass(private.file)
    assert not glass.stands_behind_glass(factories.section("about"))
    assert glass.may_break(factories.make_user("administrator"))
    assert not glass.may_break(factories.make_user("auditor"))
