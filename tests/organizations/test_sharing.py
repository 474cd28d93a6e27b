"""Sharing: with one, with several, with a district's; who that is; and taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.actions import add_document
from documents.models import Document
from intranet.access.queries import can_see, visible_to
from intranet.accounts.models import User
from intranet.audit.models import Event
from organizations.models import Membership, Share
from organizations.sharing import readers_by_organization, share
from pages.memoranda.models import MemorandumPage
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def district(site):
    return factories.make_district(3)


@pytest.fixture
def organization(district):
    return factories.make_organization(district, name="انجمن یاران")


@pytest.fixture
def staff(site):
    return factories.make_user("hq_staff")


@pytest.fixture
def document(media, staff):
    file = SimpleUploadedFile("دستور.txt", "متن".encode())
    return add_document(file=file, title="دستور کار", uploaded_by=staff, audience="staff")


def test_share_with_one_opens_to_it_alone_and_closes_again(document, organization, staff):
    member = factories.make_member(organization)
    other = factories.make_member(factories.make_organization())
    share(staff, document, [organization], [])
    assert can_see(fresh(member), document)
    assert not can_see(fresh(other), document)
    share(staff, document, [], [])
    assert not can_see(fresh(member), document)
    assert [event.detail["after"] for event in Event.objects.filter(verb="access.shared")] == [
        ["انجمن یاران"],
        [],
    ]


def test_share_with_several_keeps_those_that_stay(document, organization, staff):
    second = factories.make_organization()
    share(staff, document, [organization, second], [])
    kept = Share.objects.get(organization=second).pk
    share(staff, document, [second], [])
    assert list(Share.objects.values_list("pk", flat=True)) == [kept]


def test_share_with_a_district_follows_those_that_come_and_go(document, district, organization, staff):
    late = factories.make_organization(factories.make_district(4))
    member = factories.make_member(late)
    share(staff, document, [], [district])
    assert can_see(fresh(factories.make_member(organization)), document)
    assert not can_see(fresh(member), document)
    late.district = district
    late.save()
    assert can_see(fresh(member), document)
    Membership.objects.filter(organization=late).update(valid_to="2020-01-01")
    assert not can_see(fresh(member), document)


def test_share_page_that_is_not_public_shows_in_the_area(organization, staff, client_of):
    page = factories.add_page(
        factories.section("memoranda"), MemorandumPage, is_public=False, title="تفاهم‌نامه درونی"
    )
    member = factories.make_member(organization)
    share(staff, page, [organization], [])
    assert page in visible_to(MemorandumPage.objects.all(), fresh(member))
    shown = client_of(member).get(reverse("ngo:files", args=[organization.pk])).content.decode()
    assert "تفاهم‌نامه درونی" in shown


def test_readers_are_counted_as_they_read(district, organization):
    member = factories.make_member(organization)
    gone = factories.make_member(organization, valid_to="2020-01-01")
    inactive = factories.make_member(organization)
    inactive.is_active = False
    inactive.save()
    names = readers_by_organization([], [district])
    assert names == {"انجمن یاران": [factories.person_of(member).name]}
    assert factories.person_of(gone).name not in str(names)


def test_share_form_previews_without_saving_then_saves(document, organization, staff, client_of):
    member = factories.make_member(organization)
    name = factories.person_of(member).name
    client = client_of(staff)
    address = reverse("ngo:share", args=["file", document.pk])
    shown = client.post(address, {"organizations": [organization.pk], "preview": "1"})
    assert name in shown.content.decode()
    assert shown.context["count"] == 1
    assert not Share.objects.exists()
    client.post(address, {"organizations": [organization.pk], "save": "1"})
    assert Share.objects.get().organization == organization
    assert name in client.get(address).content.decode()


@pytest.mark.parametrize("who", ["editor", "auditor", "administrator", "council_member"])
def test_share_others_than_hq_staff_are_refused(who, document, organization, client_of):
    address = reverse("ngo:share", args=["file", document.pk])
    assert client_of(who).post(address, {"organizations": [organization.pk], "save": "1"}).status_code == 403
    assert not Share.objects.exists()


def test_share_of_what_is_an_organizations_own_is_refused(organization, staff, media, client_of):
    own = add_document(
        file=SimpleUploadedFile("a.txt", b"a"), title="", uploaded_by=None,
        audience=Document.Audience.ORGANIZATION, organization=organization,
    )  # fmt: skip
    address = reverse("ngo:share", args=["file", own.pk])
    assert client_of(staff).post(address, {"districts": [], "save": "1"}).status_code == 403
