"""`can_see` and `visible_to` are twins, and both say what the rule says: over random trees."""

import datetime
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from guardian.shortcuts import assign_perm, remove_perm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page, PageViewRestriction

from intranet.access.queries import can_see, visible_to
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role
from organizations.models import Membership
from pages.bylaws.models import BylawPage
from pages.members.models import MemberPage
from pages.sections.models import SectionPage
from tests import factories

pytestmark = pytest.mark.django_db

ROLES = (Role.EDITOR, Role.COUNCIL_MEMBER, Role.HQ_STAFF, Role.AUDITOR, Role.NGO_MEMBER)
DAYS = st.sampled_from([None, -2, -1, 0, 1])


@dataclass
class Node:
    """A page to make: below which earlier one, live or not, restricted how, granted to which reader."""

    parent: int
    live: bool
    restriction: frozenset
    granted: bool
    moved_to: int | None


nodes = st.lists(
    st.builds(
        Node,
        parent=st.integers(0, 20),
        live=st.booleans(),
        restriction=st.one_of(
            st.none(),
            st.just(frozenset({"login"})),
            st.frozensets(st.sampled_from(ROLES), min_size=1, max_size=2),
        ),
        granted=st.booleans(),
        moved_to=st.one_of(st.none(), st.integers(0, 20)),
    ),
    min_size=1,
    max_size=6,
)


@st.composite
def readers(draw):
    """(signed in, active, roles, first and last day of his membership, counted from today)."""
    first, last = draw(DAYS), draw(DAYS)
    if first is not None and last is not None and last < first:
        first, last = last, first  # the other way round is refused by the database
    return (
        draw(st.booleans()),
        draw(st.sampled_from([True, True, True, False])),
        draw(st.frozensets(st.sampled_from(ROLES), max_size=2)),
        first,
        last,
    )


def day(offset):
    return None if offset is None else timezone.localdate() + datetime.timedelta(days=offset)


def restrict(page, kind):
    if kind is None:
        return
    made = PageViewRestriction.objects.create(
        page=page, restriction_type="login" if "login" in kind else "groups"
    )
    if "login" not in kind:
        made.groups.set(Group.objects.filter(name__in=[GROUP_NAMES[role] for role in kind]))


def build(tree, grantee):
    """The pages of the tree, moved as it says; [(page, node)]."""
    top = factories.section("about")
    made = []
    for node in tree:
        parent = made[node.parent % len(made)][0] if made and node.parent else top
        page = factories.add_page(Page.objects.get(pk=parent.pk).specific, SectionPage, live=node.live)
        restrict(page, node.restriction)
        if node.granted and grantee.pk:
            assign_perm("sections.view_sectionpage", grantee, page)
        made.append((page, node))
    for page, node in made:
        if node.moved_to is not None:
            target = Page.objects.get(pk=made[node.moved_to % len(made)][0].pk)
            moving = Page.objects.get(pk=page.pk)
            if target != moving and not target.is_descendant_of(moving):
                MovePageAction(moving, target, pos="last-child").execute(skip_permission_checks=True)
    return made


def expected(page, made, reader, grantee_sees):
    """The rule, worked out from the page's place in the plainest way."""
    signed_in, active, roles, _, _ = reader
    counts = signed_in and active
    page = Page.objects.get(pk=page.pk)
    node = next(node for other, node in made if other.pk == page.pk)
    if not page.live:
        return False
    if counts and node.granted and grantee_sees:
        return True
    path = {ancestor.pk for ancestor in page.get_ancestors(inclusive=True)}
    for other, on_path in made:
        if other.pk in path and on_path.restriction is not None:
            needs = on_path.restriction
            if "login" in needs:
                if not counts:
                    return False
            elif not counts or roles.isdisjoint(needs):
                return False
    return True


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tree=nodes, reader=readers())
def test_twins_agree_with_the_rule_over_random_trees(site, tree, reader):
    with transaction.atomic():
        signed_in, active, roles, first, last = reader
        user = factories.make_user(*roles, is_active=active) if signed_in else AnonymousUser()
        made = build(tree, user)
        organization = factories.make_organization()
        private = factories.add_page(factories.section("members"), MemberPage, organization=organization)
        member = False
        if signed_in:
            Membership.objects.create(
                person=factories.person_of(user),
                organization=organization,
                valid_from=day(first),
                valid_to=day(last),
            )
            in_force = (first is None or first <= 0) and (last is None or last >= 0)
            reads_all = not roles.isdisjoint({Role.HQ_STAFF, Role.AUDITOR})
            member = active and (in_force or reads_all)
            user = User.objects.get(pk=user.pk)
        seen = set(visible_to(Page.objects.all(), user).values_list("pk", flat=True))
        for page, _ in made:
            right = expected(page, made, reader, grantee_sees=True)
            assert can_see(user, page) is right, page
            assert (page.pk in seen) is right, page
        assert can_see(user, private) is member
        assert (private.pk in seen) is member
        transaction.set_rollback(True)


def test_move_below_a_restricted_page_closes_the_whole_subtree(site):
    closed = factories.add_page(factories.section("about"), SectionPage)
    restrict(closed, {Role.AUDITOR})
    branch = factories.add_page(factories.section("about"), SectionPage)
    leaf = factories.add_page(branch, SectionPage)
    assert can_see(AnonymousUser(), leaf)
    branch.refresh_from_db()
    MovePageAction(branch, Page.objects.get(pk=closed.pk), pos="last-child").execute(
        skip_permission_checks=True
    )
    assert not can_see(AnonymousUser(), leaf)
    assert can_see(factories.make_user("auditor"), leaf)
    moved = Page.objects.get(pk=branch.pk)
    MovePageAction(moved, factories.section("about"), pos="last-child").execute(skip_permission_checks=True)
    assert can_see(AnonymousUser(), leaf)


def test_view_two_restrictions_on_a_path_both_hold(site):
    upper = factories.add_page(factories.section("about"), SectionPage)
    restrict(upper, {Role.AUDITOR})
    lower = factories.add_page(upper, SectionPage)
    restrict(lower, {Role.EDITOR})
    assert not can_see(factories.make_user("auditor"), lower)
    assert not can_see(factories.make_user("editor"), lower)
    assert can_see(factories.make_user("auditor", "editor"), lower)


def test_view_group_restriction_that_loses_its_group_is_closed_to_it(site):
    page = factories.add_page(factories.section("about"), SectionPage)
    restrict(page, {Role.EDITOR})
    editor = factories.make_user("editor")
    assert can_see(editor, page)
    PageViewRestriction.objects.get(page=page).groups.clear()
    assert not can_see(User.objects.get(pk=editor.pk), page)


def test_grant_to_a_group_and_back(site):
    page = factories.add_page(
        factories.section("members"), MemberPage, organization=factories.make_organization()
    )
    group, lawyer = (
        Group.objects.get(name=GROUP_NAMES[Role.LEGAL_REVIEWER]),
        factories.make_user("legal_reviewer"),
    )
    assign_perm("members.view_memberpage", group, page)
    assert can_see(User.objects.get(pk=lawyer.pk), page)
    remove_perm("members.view_memberpage", group, page)
    assert not can_see(User.objects.get(pk=lawyer.pk), page)


def test_grant_does_not_revive_a_withdrawn_page(site):
    page = factories.add_page(
        factories.section("members"), MemberPage, live=False, organization=factories.make_organization()
    )
    user = factories.make_user("editor")
    assign_perm("members.view_memberpage", user, page)
    assert not can_see(User.objects.get(pk=user.pk), page)


def test_restrict_by_shared_password_is_refused(site, client_of):
    page = factories.add_page(factories.section("about"), SectionPage)
    with pytest.raises(ValidationError, match="گذرواژه"):
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    bylaw = factories.add_page(factories.section("bylaws"), BylawPage)
    address = reverse("wagtailadmin_pages:set_privacy", args=[bylaw.pk])
    client = client_of("hq_staff")
    assert 'value="password"' not in client.get(address).json()["html"]
    client.post(address, {"restriction_type": "password", "password": "x"})
    assert not PageViewRestriction.objects.filter(page=bylaw).exists()
    client.post(address, {"restriction_type": "login"})
    assert PageViewRestriction.objects.filter(page=bylaw).exists()
