"""An administrator reads an organisation's own page or file for an hour, for a reason, and everybody knows."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from intranet.access import glass
from intranet.access.actions import rederive
from intranet.access.models import Opening, State
from intranet.access.queries import can_see, visible_to
from intranet.accounts.models import User
from intranet.audit.models import Event
from intranet.notifications.models import Notice
from pages.bylaws.models import BylawPage
from pages.members.models import MemberPage
from tests import factories

pytestmark = pytest.mark.django_db

REASON = "شکایتی رسیده است و نماینده در دسترس نیست."


def fresh(user):
    return User.objects.get(pk=user.pk)


def end_the_hour(opening):
    Opening.objects.filter(pk=opening.pk).update(until=timezone.now())


@pytest.mark.parametrize("which", ["page", "file"])
def test_break_administrator_reads_this_object_and_no_other(private, which):
    administrator, obj = factories.make_user("administrator"), getattr(private, which)
    other = private.file if which == "page" else private.page
    glass.break_glass(administrator, obj, REASON, "/x/")
    assert can_see(fresh(administrator), obj)
    assert visible_to(type(obj).objects.all(), fresh(administrator)).contains(obj)
    assert not can_see(fresh(administrator), other)
    assert not can_see(factories.make_user("administrator"), obj)


def test_break_opens_what_is_published_and_no_draft(private):
    administrator = factories.make_user("administrator")
    glass.break_glass(administrator, private.page, REASON, "/x/")
    assert not can_see(fresh(administrator), private.page, State.DRAFT)


def test_break_counts_for_nothing_after_the_hour_with_no_job_run(private):
    administrator = factories.make_user("administrator")
    opening = glass.break_glass(administrator, private.page, REASON, "/x/")
    assert opening.until - opening.opened_at == datetime.timedelta(hours=1)
    end_the_hour(opening)
    assert not can_see(fresh(administrator), private.page)
    assert not visible_to(MemberPage.objects.all(), fresh(administrator)).exists()


def test_break_counts_for_nothing_once_he_is_no_administrator(private):
    administrator = factories.make_user("administrator")
    glass.break_glass(administrator, private.page, REASON, "/x/")
    administrator.groups.clear()
    assert not can_see(fresh(administrator), private.page)


def test_break_another_change_of_the_page_keeps_the_hour_and_no_more(private):
    administrator = factories.make_user("administrator")
    opening = glass.break_glass(administrator, private.page, REASON, "/x/")
    rederive(private.page)
    assert can_see(fresh(administrator), private.page)
    end_the_hour(opening)
    rederive(private.page)
    assert not can_see(fresh(administrator), private.page)


@pytest.mark.parametrize(
    "role", ["auditor", "hq_staff", "editor", "legal_reviewer", "council_member", "ngo_representative", None]
)
def test_break_others_are_refused(private, role):
    user = factories.make_user(*([role] if role else []), is_superuser=role is None)
    with pytest.raises(PermissionDenied):
        glass.break_glass(user, private.page, REASON, "/x/")
    assert not Opening.objects.exists()


@pytest.mark.parametrize("reason", ["", "لازم است", " " * 40])
def test_break_without_a_reason_is_refused(private, reason):
    with pytest.raises(PermissionDenied):
        glass.break_glass(factories.make_user("administrator"), private.page, reason, "/x/")


def test_break_what_is_no_organisations_own_is_refused(private):
    draft = factories.add_page(factories.section("bylaws"), BylawPage, live=False)
    withdrawn = factories.add_page(
        factories.section("members"), MemberPage, live=False, organization=private.organization
    )
    private.file.audience = "staff"
    private.file.save()
    for obj in (draft, withdrawn, private.file):
        with pytest.raises(PermissionDenied):
            glass.break_glass(factories.make_user("administrator"), obj, REASON, "/x/")


def test_break_is_recorded_and_told_to_the_representative(private, mailoutbox):
    administrator = factories.make_user("administrator", first_name="مدیر", last_name="شب")
    expired = factories.make_representative(private.organization, valid_to=datetime.date(2020, 1, 1))
    opening = glass.break_glass(administrator, private.page, REASON, private.page.url)
    event = Event.objects.get(verb="access.glass_broken")
    assert (event.actor_id, event.target_id, event.detail["reason"]) == (
        administrator.pk,
        str(private.page.pk),
        REASON,
    )
    notice = Notice.objects.get()
    assert notice.recipient == private.representative
    assert notice.recipient != expired
    assert REASON in notice.body
    assert notice.url == reverse("access:glass_opening", args=[opening.pk])
    call_command("worker", once=True, verbosity=0)
    assert [mail.to for mail in mailoutbox] == [[private.representative.email]]


def test_break_tells_hq_staff_where_nobody_acts_for_the_organisation(private):
    private.representative.person.mandates.all().delete()
    staff = factories.make_user("hq_staff")
    glass.break_glass(factories.make_user("administrator"), private.file, REASON, "/x/")
    assert [notice.recipient for notice in Notice.objects.all()] == [staff]


@pytest.mark.parametrize("which", ["page", "file"])
def test_screen_administrator_comes_from_the_closed_door_to_the_text(private, which, client_of):
    obj = getattr(private, which)
    client = client_of("administrator")
    door = client.get(obj.url)
    assert door.status_code == 404
    assert reverse("access:glass") in door.content.decode()
    answer = client.post(reverse("access:glass"), {"address": obj.url, "reason": REASON})
    assert answer["Location"] == obj.url
    shown = client.get(obj.url)
    assert shown.status_code == 200
    assert "متن پنهان".encode() in b"".join(shown) if which == "file" else obj.title in shown.content.decode()
    verb = "document.read" if which == "file" else "page.read"
    assert Event.objects.filter(verb=verb, target_id=str(obj.pk)).count() == 1


def test_screen_says_when_nothing_is_there_and_records_the_try(private, client_of):
    client = client_of("administrator")
    for address in ("/members/none/", "/", "https://elsewhere.invalid/members/", "none"):
        shown = client.post(reverse("access:glass"), {"address": address, "reason": REASON})
        assert shown.status_code == 400
        assert REASON in shown.content.decode()
    assert Event.objects.filter(verb="access.glass_missed").count() == 4
    assert (
        client.post(reverse("access:glass"), {"address": private.page.url, "reason": "?"}).status_code == 400
    )


def test_screen_of_an_opening_is_for_those_concerned(private, client):
    administrator = factories.make_user("administrator")
    opening = glass.break_glass(administrator, private.page, REASON, private.page.url)
    address = reverse("access:glass_opening", args=[opening.pk])
    for user, seen in (
        (administrator, True),
        (private.representative, True),
        (factories.make_user("auditor"), True),
        (factories.make_user("administrator"), False),
        (factories.make_user("editor"), False),
        (factories.make_representative(factories.make_organization()), False),
    ):
        client.force_login(user)
        answer = client.get(address)
        assert (answer.status_code == 200) is seen, user
        assert (REASON in answer.content.decode()) is seen, user


def test_screen_auditor_reads_all_openings_and_breaks_none(private, client_of):
    glass.break_glass(factories.make_user("administrator"), private.page, REASON, "/x/")
    client = client_of("auditor")
    assert REASON in client.get(reverse("access:glass")).content.decode()
    assert (
        client.post(reverse("access:glass"), {"address": private.page.url, "reason": REASON}).status_code
        == 404
    )
    assert REASON not in client_of("administrator").get(reverse("access:glass")).content.decode()
