"""Accounts in the admin: who makes them, and what nobody gives himself."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role, roles_of
from intranet.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def group(role):
    return Group.objects.get(name=GROUP_NAMES[role])


def data(user, **changes):
    return {
        "username": user.username,
        "email": user.email,
        "first_name": "سارا",
        "last_name": "راد",
        "title": "کارشناس",
        "is_active": "on",
        "groups": [g.pk for g in user.groups.all()],
        **changes,
    }


@pytest.fixture
def admin(site):
    return factories.make_user("administrator")


def test_create_account_with_roles_is_an_invitation(admin, client_of):
    response = client_of(admin).post(
        reverse("wagtailusers_users:add"),
        {
            "username": "neda",
            "email": "neda@city.test",
            "first_name": "ندا",
            "last_name": "راد",
            "title": "ویراستار ارشد",
            "groups": [group(Role.EDITOR).pk],
            "is_superuser": "on",
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    neda = User.objects.get(username="neda")
    assert neda.title == "ویراستار ارشد"
    assert not neda.is_superuser
    assert not neda.is_active
    neda.is_active = True
    assert roles_of(neda) == {Role.EDITOR}
    event = Event.objects.get(verb="account.roles_given", target_id=str(neda.pk))
    assert event.actor_id == admin.pk


def test_edit_own_account_has_no_roles_and_ignores_them(admin, client_of):
    client = client_of(admin)
    address = reverse("wagtailusers_users:edit", args=[admin.pk])
    page = client.get(address).content.decode()
    assert 'name="groups"' not in page
    assert "is_superuser" not in page
    both = [group(Role.ADMINISTRATOR).pk, group(Role.HQ_STAFF).pk]
    assert client.post(address, data(admin, groups=both, is_superuser="on")).status_code == 302
    admin = User.objects.get(pk=admin.pk)
    assert roles_of(admin) == {Role.ADMINISTRATOR}
    assert not admin.is_superuser


def test_give_own_role_in_bulk_is_refused(admin, client_of):
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    response = client_of(admin).post(f"{address}?id={admin.pk}", {"role": group(Role.HQ_STAFF).pk})
    assert response.status_code in (302, 403)
    assert roles_of(User.objects.get(pk=admin.pk)) == {Role.ADMINISTRATOR}


def test_edit_other_account_changes_its_roles(admin, client_of):
    other = factories.make_user("editor")
    address = reverse("wagtailusers_users:edit", args=[other.pk])
    roles = [group(Role.EDITOR).pk, group(Role.COUNCIL_MEMBER).pk]
    assert client_of(admin).post(address, data(other, groups=roles)).status_code == 302
    assert roles_of(User.objects.get(pk=other.pk)) == {Role.EDITOR, Role.COUNCIL_MEMBER}


def test_edit_superuser_by_administrator_is_refused(admin, client_of):
    root = factories.make_user(is_superuser=True)
    address = reverse("wagtailusers_users:edit", args=[root.pk])
    assert client_of(admin).post(address, data(root, password1="x")).status_code in (302, 403)
    root.refresh_from_db()
    assert root.first_name == ""


@pytest.mark.parametrize(
    "role", ["editor", "hq_staff", "district_secretary", "legal_reviewer", "council_member"]
)
def test_list_accounts_others_are_refused(site, role, client_of):
    client = client_of(role)
    for address in (reverse("wagtailusers_users:index"), reverse("wagtailusers_groups:index")):
        assert client.get(address).status_code in (302, 403)


def test_edit_groups_by_administrator_is_refused(admin, client_of):
    response = client_of(admin).get(reverse("wagtailusers_groups:edit", args=[group(Role.EDITOR).pk]))
    assert response.status_code in (302, 403)


@pytest.mark.parametrize("typed", ["کريمي", "كريمي نژاد", "كريمينژاد سارا", "SARA"])
def test_list_of_accounts_is_searched_in_any_spelling(client, site, typed):
    factories.make_user(username="sara", first_name="سارا", last_name="کریمی‌نژاد")
    factories.make_user(username="ali", first_name="علی", last_name="رضایی")
    client.force_login(factories.make_user("administrator", username="boss"))
    shown = client.get(reverse("wagtailusers_users:index_results"), {"q": typed}).content.decode()
    assert "کریمی‌نژاد" in shown
    assert "رضایی" not in shown


def test_own_account_in_the_admin_changes_neither_password_nor_address(client_of):
    user = factories.make_user("editor")
    client = client_of(user)
    page = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "password" not in page.lower().replace("password_reset", "")
    client.post(reverse("wagtailadmin_account"), {"name_email-email": "other@city.test"})
    user.refresh_from_db()
    assert user.email != "other@city.test"


@pytest.mark.parametrize("action", ["set_active_state", "assign_role", "delete"])
def test_accounts_are_not_changed_in_bulk(admin, client_of, action):
    other = factories.make_user("editor")
    address = reverse("wagtail_bulk_action", args=["accounts", "user", action])
    client_of(admin).post(f"{address}?id={other.pk}", {"mark_as_active": "", "role": group(Role.EDITOR).pk})
    other = User.objects.get(pk=other.pk)
    assert other.is_active
    assert roles_of(other) == {Role.EDITOR}
