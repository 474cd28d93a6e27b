"""What the install step lays: workflows, registers, and exactly these permissions."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage

from documents.models import Register
from intranet.accounts.roles import GROUP_NAMES, Role
from pages.districts.models import DistrictPage
from pages.news.models import NewsPage
from tests import factories
from tests.workflows import flow
from workflows import actions
from workflows.policies import Refused

pytestmark = pytest.mark.django_db

# Written by hand: what each role may do on which section. One permission more, or one less, turns this red.
PAGES = {
    "ویراستار": {
        (slug, act)
        for slug in ("about", "bylaws", "districts", "meetings", "memoranda", "news", "received")
        for act in ("add_page", "change_page")
    },
    "کارشناس ستاد": {
        (slug, act) for slug in ("bylaws", "members", "memoranda") for act in ("add_page", "change_page")
    },
    "دبیر منطقه": {
        ("bylaws", "add_page"),
        ("bylaws", "change_page"),
        ("districts", "change_page"),
        ("memoranda", "add_page"),
        ("memoranda", "change_page"),
        ("news", "add_page"),
        ("news", "change_page"),
    },
    "کارشناس حقوقی": set(),
    "عضو شورا": set(),
    "بازرس": set(),
    "مدیر سامانه": set(),
    "عضو سمن": set(),
    "نماینده سمن": set(),
}
MODELS = {
    "ویراستار": {"access_admin"}
    | {
        f"{act}_{model}"
        for act in ("add", "change", "delete", "view")
        for model in ("pinnedanswer", "synonym")
    },
    "کارشناس ستاد": {"access_admin"}
    | {
        f"{act}_{model}"
        for act in ("add", "change", "delete", "view")
        for model in (
            *("body", "district", "membership", "neighbourhood"),
            *("organization", "person", "post", "representative"),
        )
    },
    "دبیر منطقه": {"access_admin"},
    "کارشناس حقوقی": {"access_admin"},
    "عضو شورا": {"access_admin"},
    "بازرس": set(),
    "مدیر سامانه": {
        "access_admin",
        "add_user",
        "change_user",
        "add_task",
        "change_task",
        "add_workflow",
        "change_workflow",
    },
    "عضو سمن": set(),
    "نماینده سمن": set(),
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_install_gives_each_role_exactly_its_permissions(site, name):
    group = Group.objects.get(name=name)
    given = GroupPagePermission.objects.filter(group=group, page__path__startswith=site.path)
    assert set(given.values_list("page__slug", "permission__codename")) == PAGES[name]
    assert set(group.permissions.values_list("codename", flat=True)) == MODELS[name]


def test_install_knows_every_role(site):
    assert set(PAGES) == set(MODELS) == set(GROUP_NAMES.values())
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()


def test_install_again_changes_nothing(site):
    before = [
        model.objects.count() for model in (GroupPagePermission, Workflow, WorkflowPage, Register, Group)
    ]
    call_command("install", verbosity=0)
    after = [
        model.objects.count() for model in (GroupPagePermission, Workflow, WorkflowPage, Register, Group)
    ]
    assert before == after


@pytest.mark.parametrize(
    ("slug", "tasks"),
    [
        ("bylaws", ["بررسی حقوقی", "رأی شورا"]),
        ("meetings", ["بررسی حقوقی", "رأی شورا"]),
        ("memoranda", ["بررسی حقوقی", "رأی شورا"]),
        ("news", ["بررسی محتوا"]),
        ("about", ["بررسی محتوا"]),
        ("districts", ["بررسی محتوا"]),
        ("received", ["بررسی محتوا"]),
    ],
)
def test_workflow_of_each_section(site, slug, tasks):
    assert [task.name for task in factories.section(slug).get_workflow().tasks] == tasks


@pytest.mark.parametrize(("role", "may"), [("editor", True), ("hq_staff", True), ("council_member", False)])
def test_news_is_let_through_by_a_second_reader(people, role, may):
    news = factories.add_page(factories.section("news"), NewsPage, live=False, owner=people.editor)
    step = flow.submit(news, people.editor)
    other = factories.make_user(role)
    if may:
        actions.approve(step, other)
    else:
        with pytest.raises(Refused):
            actions.approve(step, other)
    news.refresh_from_db()
    assert news.live is may


def test_district_page_is_let_through_by_its_own_secretary_only(people):
    district, other = factories.make_district(7), factories.make_district(8)
    page = factories.add_page(
        factories.section("districts"), DistrictPage, live=False, owner=people.editor, district=district
    )
    step = flow.submit(page, people.editor)
    with pytest.raises(Refused):
        actions.approve(step, factories.make_secretary(other))
    actions.approve(step, factories.make_secretary(district))
    page.refresh_from_db()
    assert page.live


def test_district_office_edits_its_own_page_while_it_serves(people):
    district = factories.make_district(9)
    secretary = factories.make_secretary(district)
    stranger = factories.make_secretary(factories.make_district(10))
    page = factories.add_page(
        factories.section("districts"), DistrictPage, owner=people.editor, district=district
    )
    assert page.permissions_for_user(flow.fresh(secretary)).can_edit()
    assert not page.permissions_for_user(flow.fresh(stranger)).can_edit()
    assert not page.permissions_for_user(flow.fresh(secretary)).can_publish()
    secretary.person.memberships.all().delete()
    page = DistrictPage.objects.get(pk=page.pk)
    assert not page.permissions_for_user(flow.fresh(secretary)).can_edit()


def test_members_are_edited_by_hq_staff_alone_in_the_admin(site):
    members = factories.section("members")
    for role in set(Role) - {Role.HQ_STAFF}:
        user = factories.make_user(role.value)
        tester = members.permissions_for_user(user)
        assert [tester.can_edit(), tester.can_add_subpage(), tester.can_publish()] == [False] * 3, role
