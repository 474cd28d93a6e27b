"""What two administrators decide together, and never for themselves."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from intranet.accounts import factors, proposals
from intranet.accounts.acting import acting_as
from intranet.accounts.errors import Refused
from intranet.accounts.models import Proposal, User
from intranet.accounts.roles import GROUP_NAMES, TWO_PERSON_ROLES, Role, roles_of
from intranet.audit.models import Event
from intranet.outbox.actions import drain
from tests import factories

pytestmark = pytest.mark.django_db
Kind = Proposal.Kind


@pytest.fixture
def first(site):
    return factories.make_user("administrator", first_name="مدیر", last_name="یکم")


@pytest.fixture
def second(site):
    return factories.make_user("administrator")


@pytest.fixture
def sara(site):
    return factories.make_user("editor")


def give(by, user, role=Role.HQ_STAFF):
    return proposals.propose(by, user, Kind.GIVE_ROLE, "کارشناس تازه", role)


def roles_now(user):
    return roles_of(User.objects.get(pk=user.pk))


@pytest.mark.parametrize("role", sorted(TWO_PERSON_ROLES))
def test_role_that_reads_private_files_is_given_by_two(first, second, sara, role):
    proposal = give(first, sara, role)
    assert role not in roles_now(sara)
    proposals.confirm(second, proposal)
    assert role in roles_now(sara)
    given = Event.objects.get(verb="account.roles_given", target_id=str(sara.pk), actor_id=second.pk)
    assert given.detail == {"roles": [GROUP_NAMES[role]]}
    drain()
    assert {sara.email, first.email, second.email} <= {message.to[0] for message in mail.outbox}


def test_confirm_by_the_proposer_is_refused(first, sara):
    with pytest.raises(Refused, match="مدیر دیگری"):
        proposals.confirm(first, give(first, sara))
    assert roles_now(sara) == {Role.EDITOR}


def test_database_itself_refuses_one_person_as_both(first, second, sara):
    proposal = give(first, sara)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(outcome="confirmed", decided_by=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(user=first)


def test_confirm_by_the_person_concerned_is_refused(first, second):
    with pytest.raises(Refused, match="حساب خود"):
        proposals.confirm(second, give(first, second))


def test_propose_for_oneself_is_refused(first, second):
    with pytest.raises(Refused, match="حساب خود"):
        give(first, first)


@pytest.mark.parametrize("role", ["editor", "hq_staff", "auditor", "council_member"])
def test_propose_and_confirm_by_others_are_refused(first, sara, role):
    other = factories.make_user(role)
    with pytest.raises(Refused, match="مدیران"):
        give(other, sara)
    with pytest.raises(Refused, match="مدیران"):
        proposals.confirm(other, give(first, sara))


def test_confirm_too_late_is_refused(first, second, sara):
    proposal = give(first, sara)
    Proposal.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="زمان"):
        proposals.confirm(second, proposal)
    give(first, sara)  # it stands in nobody's way


def test_confirm_twice_is_refused(first, second, sara):
    proposal = give(first, sara)
    proposals.confirm(second, proposal)
    with pytest.raises(Refused, match="تصمیم"):
        proposals.confirm(factories.make_user("administrator"), proposal)


@pytest.mark.parametrize("end", ["suspended", "role taken"])
def test_confirm_after_the_proposer_is_no_administrator_is_refused(first, second, sara, end):
    proposal = give(first, sara)
    if end == "suspended":
        User.objects.filter(pk=first.pk).update(is_active=False)
    else:
        first.groups.clear()
    with pytest.raises(Refused):
        proposals.confirm(second, proposal)


def test_declined_and_taken_back_are_not_done(first, second, sara):
    declined, taken_back = give(first, sara), give(first, sara, Role.AUDITOR)
    proposals.decline(second, declined)
    proposals.decline(first, taken_back)
    assert list(Proposal.objects.values_list("outcome", flat=True)) == ["withdrawn", "declined"]
    for proposal in (declined, taken_back):
        with pytest.raises(Refused):
            proposals.confirm(second, proposal)
    assert roles_now(sara) == {Role.EDITOR}


def test_propose_the_same_twice_or_without_a_reason_is_refused(first, sara):
    give(first, sara)
    with pytest.raises(Refused, match="همین پیشنهاد"):
        give(first, sara)
    with pytest.raises(Refused, match="دلیل"):
        proposals.propose(first, sara, Kind.RESET_SECOND_FACTOR, "  ")


def test_second_factor_is_reset_by_two_and_sessions_end(client, first, second, sara):
    factors.new_codes(sara)
    client.force_login(sara)
    proposal = proposals.propose(first, sara, Kind.RESET_SECOND_FACTOR, "گوشی گم شده")
    assert factors.factors_of(sara).codes_left
    proposals.confirm(second, proposal)
    assert not factors.factors_of(sara).codes_left
    assert client.get("/desk/").status_code == 302
    assert Event.objects.filter(verb="account.second_factor_reset", actor_id=second.pk).exists()


def test_auditor_is_suspended_by_two_only(client, first, second):
    auditor = factories.make_user("auditor")
    client.force_login(first)
    data = {"act": "suspend", "suspend-reason": "آزمون"}
    client.post(reverse("accounts:change_person", args=[auditor.pk]), data)
    assert User.objects.get(pk=auditor.pk).is_active
    proposals.confirm(second, proposals.propose(first, auditor, Kind.SUSPEND, "آزمون"))
    assert not User.objects.get(pk=auditor.pk).is_active


def test_one_administrator_alone_gives_no_such_role_by_whatever_screen(first, sara):
    group = Group.objects.get(name=GROUP_NAMES[Role.HQ_STAFF])
    with acting_as(first), pytest.raises(PermissionDenied), transaction.atomic():
        sara.groups.add(group)
    with acting_as(first), pytest.raises(PermissionDenied), transaction.atomic():
        group.user_set.add(sara)
    with acting_as(first):
        sara.groups.add(Group.objects.get(name=GROUP_NAMES[Role.COUNCIL_MEMBER]))
    assert roles_now(sara) == {Role.EDITOR, Role.COUNCIL_MEMBER}


def test_edit_screen_neither_gives_nor_takes_such_roles(client, first, sara):
    sara.groups.add(Group.objects.get(name=GROUP_NAMES[Role.AUDITOR]))
    staff = factories.make_user("hq_staff", first_name="سارا", last_name="راد")
    client.force_login(first)
    editor, auditor = (Group.objects.get(name=GROUP_NAMES[r]).pk for r in (Role.EDITOR, Role.AUDITOR))
    data = {
        "username": staff.username,
        "email": staff.email,
        "first_name": "س",
        "last_name": "ر",
        "title": "",
    }
    address = reverse("wagtailusers_users:edit", args=[staff.pk])
    client.post(address, {**data, "groups": [editor, auditor]})
    assert roles_now(staff) == {Role.HQ_STAFF}
    assert client.post(address, {**data, "groups": [editor]}).status_code == 302
    assert roles_now(staff) == {Role.HQ_STAFF, Role.EDITOR}


def test_pages_from_proposal_to_confirmation(client, client_factory, first, second, sara):
    client.force_login(first)
    address = reverse("accounts:person", args=[sara.pk])
    assert client.post(address, {"what": "give_role:hq_staff", "reason": ""}).status_code == 400
    done = client.post(address, {"what": "give_role:hq_staff", "reason": "کارشناس تازه"})
    assert done["Location"] == reverse("accounts:proposals")
    proposal = Proposal.objects.get()
    own = client.get(reverse("accounts:proposals")).content.decode()
    assert 'decision" value="confirm' not in own
    decide = reverse("accounts:decide", args=[proposal.pk])
    client.post(decide, {"decision": "confirm"})  # hidden in the page, refused on the server
    assert roles_now(sara) == {Role.EDITOR}
    other = client_factory()
    other.force_login(second)
    assert 'decision" value="confirm' in other.get(reverse("accounts:proposals")).content.decode()
    other.post(decide, {"decision": "confirm"})
    assert roles_now(sara) == {Role.EDITOR, Role.HQ_STAFF}
    assert "تأیید شد" in other.get(reverse("accounts:proposals")).content.decode()


@pytest.mark.parametrize("count", [1, 8])
def test_list_asks_the_same_queries_however_many(client, first, count, django_assert_max_num_queries):
    for _ in range(count):
        give(factories.make_user("administrator"), factories.make_user("editor"))
    client.force_login(factories.make_user("administrator"))
    client.get(reverse("accounts:proposals"))
    with django_assert_max_num_queries(14 + 2 * count):  # whether each proposer is still an administrator
        client.get(reverse("accounts:proposals"))
