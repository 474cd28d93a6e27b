"""Whose account an administrator may change."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role, roles_of
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(site):
    return factories.make_user("administrator")


@pytest.mark.parametrize("method", ["get", "post"])
def test_edit_auditor_by_administrator_is_refused(client, admin, method):
    auditor = factories.make_user("auditor")
    client.force_login(admin)
    address = reverse("wagtailusers_users:edit", args=[auditor.pk])
    response = getattr(client, method)(address, {"username": "taken", "groups": []})
    assert response.status_code in (302, 403)
    auditor = User.objects.get(pk=auditor.pk)
    assert roles_of(auditor) == {Role.AUDITOR}
    assert auditor.username != "taken"


@pytest.mark.parametrize("role", ["auditor", "editor"])
def test_give_role_in_bulk_is_refused(client, admin, role):
    other = factories.make_user(role)
    client.force_login(admin)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    group = Group.objects.get(name=GROUP_NAMES[Role.HQ_STAFF])
    client.post(f"{address}?id={other.pk}", {"role": group.pk})
    assert roles_of(User.objects.get(pk=other.pk)) == {Role(role)}


def test_close_auditor_in_bulk_is_refused(client, admin):
    auditor = factories.make_user("auditor")
    client.force_login(admin)
    address = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    client.post(f"{address}?id={auditor.pk}", {"mark_as_active": ""})
    assert User.objects.get(pk=auditor.pk).is_active
