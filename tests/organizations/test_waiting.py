"""What waits for a second person is told to whom it is about, and to nobody else."""

import pytest
from django.urls import reverse

from intranet.access.queries import can_see
from organizations.models import Membership, Representative
from pages.members.models import MemberPage
from tests import factories

pytestmark = pytest.mark.django_db

WAITING = Representative.State.WAITING


@pytest.fixture
def page(site):
    organization = factories.make_organization(name="انجمن یاران")
    return factories.add_page(factories.section("members"), MemberPage, organization=organization)


@pytest.mark.parametrize("kind", ["letter", "membership"])
def test_desk_and_closed_door_tell_whose_letter_waits(client, page, kind):
    if kind == "letter":
        user = factories.make_representative(page.organization, state=WAITING)
    else:
        user = factories.make_member(page.organization, state=WAITING)
    client.force_login(user)
    assert not can_see(user, page)
    shown = client.get("/desk/").content.decode()
    assert "انجمن یاران" in shown
    assert "در انتظار تأیید ستاد" in shown
    closed, empty = client.get(page.url), client.get("/members/nothing-here/")
    assert closed.status_code == empty.status_code == 404
    for answer in (closed, empty):  # it hangs on the reader and not on what is there
        assert "در انتظار تأیید ستاد" in answer.content.decode()
    assert closed.content.decode().replace(page.url, "").count("انجمن یاران") == 1


def test_closed_door_tells_nothing_of_others_letters(client, page):
    factories.make_representative(page.organization, state=WAITING)
    client.force_login(factories.make_user("ngo_member"))
    assert "انجمن یاران" not in client.get(page.url).content.decode()
    client.logout()
    assert "در انتظار تأیید ستاد" not in client.get(page.url).content.decode()


def test_readers_screen_says_of_a_person_that_his_letter_waits(client, page):
    user = factories.make_representative(page.organization, state=WAITING)
    client.force_login(factories.make_user("hq_staff"))
    address = reverse("access:page", args=[page.pk])
    shown = client.get(address, {"about": user.username}).content.decode()
    assert "در انتظار تأیید نفر دوم" in shown


def test_approved_and_refused_say_nothing_on_the_desk(client, page):
    user = factories.make_representative(page.organization)
    Membership.objects.create(
        person=user.person, organization=page.organization, state=Membership.State.REFUSED
    )
    client.force_login(user)
    assert "در انتظار تأیید ستاد" not in client.get("/desk/").content.decode()


def test_desk_of_hq_staff_leads_to_what_waits_for_them(client, page):
    staff, colleague = factories.make_user("hq_staff"), factories.make_user("hq_staff")
    factories.make_representative(page.organization, state=WAITING, made_by=staff)
    link = f'href="{reverse("ngo:letters")}"'
    for user, told in ((colleague, True), (staff, False), (factories.make_user("editor"), False)):
        client.force_login(user)
        assert (link in client.get("/desk/").content.decode()) is told
