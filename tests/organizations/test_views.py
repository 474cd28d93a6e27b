"""Organisations and people in the admin: who keeps them, what is refused and why, what is recorded."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.log_actions import LogContext
from wagtail.models import PageViewRestriction

from intranet.access.queries import can_see
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role
from intranet.audit.models import Event
from organizations import memberships, relocations
from organizations.mandates import Relocation
from organizations.models import (
    Body,
    District,
    Membership,
    Organization,
    OrganizationName,
    Person,
    Post,
    Representative,
)
from pages.meetings.models import MeetingPage
from pages.members.models import MemberPage
from tests import factories
from tests.organizations.conftest import errors_of, fields_of, url

pytestmark = pytest.mark.django_db

MODELS = (Organization, Body, Person, Membership, Representative, Post, District)


def fresh(user):
    """The same user as the next request sees him."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def person(site):
    return Person.objects.create(name="ندا راد", user=factories.make_user("ngo_member"))


@pytest.fixture
def private_page(site, media):
    district = factories.make_district(3)
    organization = factories.make_organization(district, name="انجمن یاران")
    return factories.add_page(factories.section("members"), MemberPage, organization=organization)


@pytest.mark.parametrize("model", MODELS)
def test_screens_hq_staff(model, client_of, staff):
    client = client_of(staff)
    for screen in ("list", "add"):
        assert client.get(url(model, screen)).status_code == 200


@pytest.mark.parametrize(
    "role", ["editor", "legal_reviewer", "council_member", "administrator", "district_secretary"]
)
def test_screens_other_roles_are_refused(role, site, client_of):
    client = client_of(role)
    for model in MODELS:
        for screen in ("list", "add"):
            assert client.get(url(model, screen)).status_code in (302, 403), (model, screen)


def test_add_organization_with_a_former_name_and_jalali_dates(office, staff):
    response = office(
        Organization,
        **{
            "name": "انجمن سپیدار",
            "founded_on": "۱۳۸۷/۱/۲۰",
            "names-TOTAL_FORMS": "1",
            "names-0-name": "گروه سپیدار",
            "names-0-valid_from": "20/1/1387",
            "names-0-valid_to": "۲۵ اردیبهشت ۱۳۹۰",
            "names-0-id": "",
        },
    )
    assert response.status_code == 302, errors_of(response)
    made = Organization.objects.get(name="انجمن سپیدار")
    assert made.founded_on == datetime.date(2008, 4, 8)
    assert made.names.get().valid_to == datetime.date(2011, 5, 15)
    event = Event.objects.get(verb="organizations.added")
    assert (event.actor_id, event.target_id) == (staff.pk, str(made.pk))
    assert event.detail["after"]["names"][0]["name"] == "گروه سپیدار"


def test_change_organization_records_before_and_after(office, private_page):
    organization = private_page.organization
    assert office(Organization, organization, tier="2").status_code == 302
    event = Event.objects.get(verb="organizations.changed")
    assert event.detail["changed"] == {"tier": {"before": None, "after": 2}}


def _approve_move():
    relocations.approve(factories.make_user("hq_staff"), Relocation.objects.get().pk)


def test_change_district_of_organization_changes_readers_at_once(office, private_page):
    old = factories.make_secretary(private_page.organization.district)
    new = factories.make_secretary(factories.make_district(5))
    assert (can_see(fresh(old), private_page), can_see(fresh(new), private_page)) == (True, False)
    district = District.objects.get(number=5)
    assert office(Organization, private_page.organization, district=district.pk).status_code == 302
    _approve_move()
    assert (can_see(fresh(old), private_page), can_see(fresh(new), private_page)) == (False, True)


def test_add_and_end_membership_changes_what_the_person_reads_at_once(office, private_page, person):
    assert not can_see(fresh(person.user), private_page)
    response = office(Membership, person=person.pk, organization=private_page.organization_id)
    assert response.status_code == 302, errors_of(response)
    seat = Membership.objects.get(person=person)
    memberships.approve(factories.make_user("hq_staff"), seat.pk)  # one person alone opens nothing
    assert can_see(fresh(person.user), private_page)
    assert office(Membership, seat, valid_to="1402/12/29").status_code == 302
    assert not can_see(fresh(person.user), private_page)


def test_change_district_of_body_changes_readers_of_its_closed_meetings_and_its_office(office):
    body = factories.make_body(kind=Body.Kind.WORKGROUP, district=factories.make_district(3))
    meeting = factories.add_page(factories.section("meetings"), MeetingPage, body=body, openness="closed")
    old = factories.make_secretary(body.district)
    new = factories.make_secretary(factories.make_district(5))
    assert (can_see(fresh(old), meeting), can_see(fresh(new), meeting)) == (True, False)
    assert office(Body, body, district=District.objects.get(number=5).pk).status_code == 302
    _approve_move()
    assert (can_see(fresh(old), meeting), can_see(fresh(new), meeting)) == (False, True)


def test_edit_membership_cannot_move_it_to_another_person(office, private_page, person):
    seat = Membership.objects.create(person=person, organization=private_page.organization)
    other = Person.objects.create(name="دیگری")
    assert office(Membership, seat, person=other.pk).status_code == 302
    seat.refresh_from_db()
    assert seat.person == person


def test_add_membership_for_oneself_is_refused(office, staff, private_page):
    me = factories.person_of(staff)
    response = office(Membership, person=me.pk, organization=private_page.organization_id)
    assert "هیچ‌کس درباره عضویت" in errors_of(response)
    assert not Membership.objects.exists()


def test_change_own_mandate_is_refused(office, staff, private_page):
    mandate = Representative.objects.create(
        person=factories.person_of(staff), organization=private_page.organization, can_sign=False
    )
    assert "هیچ‌کس درباره عضویت" in errors_of(office(Representative, mandate, can_sign="on"))
    mandate.refresh_from_db()
    assert not mandate.can_sign


def test_join_a_person_to_own_account_is_refused(office, staff, private_page):
    person = Person.objects.create(name="بی‌حساب")
    Membership.objects.create(person=person, organization=private_page.organization)
    assert "حساب کاربری خودش" in errors_of(office(Person, person, user=staff.pk))
    person.refresh_from_db()
    assert person.user is None


def test_move_own_body_to_a_district_is_refused(office, staff):
    body = factories.make_body(kind=Body.Kind.SECRETARIAT)
    Membership.objects.create(person=factories.person_of(staff), body=body)
    response = office(Body, body, district=factories.make_district(3).pk)
    assert "شما عضو این نهادید" in errors_of(response)


def test_own_membership_by_any_screen_of_the_admin_is_refused(staff, private_page):
    seat = Membership(person=factories.person_of(staff), organization=private_page.organization)
    with LogContext(user=staff), pytest.raises(PermissionDenied):
        seat.save()
    seat.save()
    with LogContext(user=staff), pytest.raises(PermissionDenied):
        seat.delete()


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ({"valid_from": "1403/02/01", "valid_to": "1403/01/31"}, "پیش از آغاز (۱ اردیبهشت ۱۴۰۳)"),
        ({"valid_from": "1402/06/01"}, "هم‌اکنون با همین سمت در آنجا عضو است (از ۱ فروردین ۱۴۰۲"),
        ({"valid_from": "1403/13/01"}, "ماه ۱۳"),
    ],
)
def test_add_membership_with_impossible_dates_says_why(dates, message, office, person):
    body = factories.make_body()
    Membership.objects.create(
        person=person, body=body, valid_from=datetime.date(2023, 3, 21), valid_to=datetime.date(2024, 3, 19)
    )
    response = office(Membership, person=person.pk, body=body.pk, **dates)
    assert message in errors_of(response)
    assert Membership.objects.count() == 1


def test_add_membership_after_the_other_has_ended(office, person):
    body = factories.make_body()
    Membership.objects.create(person=person, body=body, valid_to=datetime.date(2024, 3, 19))
    response = office(Membership, person=person.pk, body=body.pk, valid_from="1403/01/01")
    assert response.status_code == 302, errors_of(response)


def test_add_second_secretary_is_refused(office, person):
    district = factories.make_district(3)
    factories.make_secretary(district)
    body = Body.objects.get(district=district)
    response = office(Membership, person=person.pk, body=body.pk, is_secretary="on")
    assert "هر نهاد در هر زمان یک دبیر دارد" in errors_of(response)


def test_add_mandate_twice_is_refused(office, person, private_page):
    Representative.objects.create(person=person, organization=private_page.organization)
    response = office(Representative, person=person.pk, organization=private_page.organization_id)
    assert "هم‌اکنون نماینده این سازمان است" in errors_of(response)


def test_delete_in_use_is_refused_with_where(client_of, staff, private_page, person):
    seat = Membership.objects.create(person=person, organization=private_page.organization)
    client = client_of(staff)
    address = url(Organization, "delete", private_page.organization_id)
    said = errors_of(client.get(address))
    assert "به کار رفته است و حذف نمی‌شود" in said
    assert str(seat) in said
    assert "صفحه سمن عضو (۱)" in said
    assert "بله، حذف" not in said
    response = client.post(address)
    assert response.status_code == 409
    assert Organization.objects.filter(pk=private_page.organization_id).exists()


def test_delete_in_use_does_not_tell_a_title_that_is_not_the_readers(client_of, staff):
    body = factories.make_body()
    meeting = factories.add_page(
        factories.section("meetings"), MeetingPage, body=body, title="جلسه پنهان", openness="closed"
    )
    restriction = PageViewRestriction.objects.create(page=meeting, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=GROUP_NAMES[Role.COUNCIL_MEMBER]))
    said = errors_of(client_of(staff).get(url(Body, "delete", body.pk)))
    assert ("جلسه پنهان" in said) is can_see(fresh(staff), meeting, "draft")


def test_delete_unused_is_recorded(client_of, staff, person):
    response = client_of(staff).post(url(Person, "delete", person.pk))
    assert response.status_code == 302
    assert not Person.objects.filter(pk=person.pk).exists()
    event = Event.objects.get(verb="organizations.removed")
    assert event.detail["before"]["name"] == "ندا راد"


def test_delete_own_membership_is_refused(client_of, staff, private_page):
    seat = Membership.objects.create(
        person=factories.person_of(staff), organization=private_page.organization
    )
    client = client_of(staff)
    assert "هیچ‌کس درباره عضویت" in errors_of(client.get(url(Membership, "delete", seat.pk)))
    client.post(url(Membership, "delete", seat.pk))
    assert Membership.objects.filter(pk=seat.pk).exists()


def test_drop_a_post_in_use_from_its_body_is_refused(office, person):
    body = factories.make_body()
    post = Post.objects.create(title="رئیس", body=body)
    Membership.objects.create(person=person, body=body, post=post)
    response = office(Body, body, **{"posts-0-DELETE": "1"})
    assert "برداشته نمی‌شود" in errors_of(response)
    assert Post.objects.filter(pk=post.pk).exists()


def test_save_over_another_persons_change_warns_first(client_of, staff, private_page):
    organization = private_page.organization
    client = client_of(staff)
    address = url(Organization, "edit", organization.pk)
    opened = fields_of(client.get(address).content.decode())
    client.post(address, opened | {"name": "نام دیگری"})
    answer = client.post(address, opened | {"tier": "3"})
    said = errors_of(answer)
    assert answer.status_code == 200
    assert "چیزی ذخیره نشد" in said
    assert "نام دیگری" in said
    assert staff.get_username() in said
    organization.refresh_from_db()
    assert (organization.name, organization.tier) == ("نام دیگری", None)
    # What the second person wrote is still in the form; saving again, knowingly, puts it in place.
    again = fields_of(answer.content.decode())
    assert again["tier"] == "3"
    assert client.post(address, again).status_code == 302
    organization.refresh_from_db()
    assert organization.tier == 3


def test_save_over_a_change_of_a_part_warns_first(client_of, staff, private_page):
    organization = private_page.organization
    client = client_of(staff)
    address = url(Organization, "edit", organization.pk)
    opened = fields_of(client.get(address).content.decode())
    OrganizationName.objects.create(organization=organization, name="نام کهن")
    assert "چیزی ذخیره نشد" in errors_of(client.post(address, opened))
    assert organization.names.count() == 1


def test_list_is_searched_in_any_spelling_and_filtered(client_of, staff):
    factories.make_organization(factories.make_district(3), name="سازمان‌های مردم‌نهاد یاران")
    factories.make_organization(factories.make_district(4), name="بنیاد دیگر")
    client = client_of(staff)
    for words in ("سازمانهاي مردم نهاد", "یاران سازمان های"):
        said = errors_of(client.get(url(Organization, "list_results"), {"q": words}))
        assert "یاران" in said
        assert "بنیاد دیگر" not in said
    district = District.objects.get(number=4)
    said = errors_of(client.get(url(Organization, "list_results"), {"district": district.pk}))
    assert "بنیاد دیگر" in said
    assert "یاران" not in said


def test_list_of_memberships_by_time(client_of, staff, person):
    past, now = factories.make_body(name="شورای گذشته"), factories.make_body(name="شورای کنونی")
    Membership.objects.create(person=person, body=past, valid_to=datetime.date(2020, 1, 1))
    Membership.objects.create(person=person, body=now)
    said = errors_of(client_of(staff).get(url(Membership, "list_results"), {"when": "past"}))
    assert "شورای گذشته" in said
    assert "شورای کنونی" not in said
    assert "۱۱ دی ۱۳۹۸" in said


def test_choosers_show_names_to_hq_staff_only(client_of, staff, private_page, person):
    for model in (Organization, Body, Person, Post):
        chooser = reverse(model.snippet_viewset.chooser_viewset.get_url_name("choose"))
        assert client_of(staff).get(chooser).status_code == 200
        for role in ("editor", "administrator", "district_secretary"):
            assert client_of(role).get(chooser).status_code == 302


def test_bulk_deletion_is_refused(client_of, staff, person):
    address = reverse("wagtail_bulk_action", args=["organizations", "person", "delete"])
    response = client_of(staff).post(f"{address}?id={person.pk}", {"next": "/admin/"})
    assert response.status_code in (302, 403)
    assert Person.objects.filter(pk=person.pk).exists()
