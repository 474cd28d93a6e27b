"""The representative's editor: who may, two at once, undo, files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Document
from intranet.access.queries import can_see
from intranet.audit.models import Event
from pages.members.models import MemberPage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site, media):
    district = factories.make_district(3)
    return factories.add_page(
        factories.section("members"),
        MemberPage,
        organization=factories.make_organization(district, field="کودکان کار"),
        title="یاران کودک",
        body="<p>متن <b>نخست</b></p>",
    )


@pytest.fixture
def representative(page):
    return factories.make_representative(page.organization)


def written(page, **changes):
    return {
        "title": "یاران",
        "summary": "خلاصه",
        "contact": "تلفن ۱۲۳",
        "body": "## برنامه\n- کلاس",
        "revision": page.latest_revision_id,
        **changes,
    }


def address(page, name="edit", *more):
    return reverse(f"members:{name}", args=[page.pk, *more])


def test_edit_representative_publishes(page, representative, client_of):
    client = client_of(representative)
    assert "متن **نخست**" in client.get(address(page)).content.decode()
    assert client.post(address(page), written(page))["Location"] == page.get_url()
    page = MemberPage.objects.get(pk=page.pk)
    assert (page.title, page.body) == ("یاران", "<h2>برنامه</h2><ul><li>کلاس</li></ul>")
    assert page.live
    assert not page.has_unpublished_changes
    assert "یاران" in client.get(page.get_url()).content.decode()
    assert Event.objects.filter(verb="page.edited", actor_id=representative.pk).exists()


def test_edit_two_at_once_is_detected_and_no_text_is_lost(page, representative, client_of):
    other = factories.make_representative(page.organization)
    opened = page.latest_revision_id
    client_of(other).post(address(page), written(page, body="متن دیگری"))
    client = client_of(representative)
    response = client.post(address(page), written(page, body="متن من", revision=opened))
    assert response.status_code == 409
    shown = response.content.decode()
    assert "متن من" in shown
    assert "متن دیگری" in shown
    again = {
        name: response.context["form"][name].value()
        for name in ("title", "summary", "contact", "body", "revision")
    }
    assert client.post(address(page), again).status_code == 302
    assert MemberPage.objects.get(pk=page.pk).body == "<p>متن من</p>"
    history = client.get(address(page, "history")).content.decode()
    assert "متن دیگری" in history


def test_edit_invalid_keeps_the_text(page, representative, client_of):
    response = client_of(representative).post(address(page), written(page, title=""))
    assert response.status_code == 400
    assert "## برنامه" in response.content.decode()


def people(page):
    yield None
    yield factories.make_member(page.organization)
    yield factories.make_representative(factories.make_organization(page.organization.district))
    yield factories.make_representative(page.organization, can_submit=False)
    yield factories.make_representative(page.organization, valid_to="2020-01-01")
    yield factories.make_secretary(page.organization.district)
    for role in ("hq_staff", "editor", "auditor", "administrator"):
        yield factories.make_user(role)


def test_edit_others_are_refused(page, client, client_of):
    before = page.latest_revision_id
    for user in people(page):
        client.logout()
        browser = client_of(user) if user else client
        refused = 302 if user is None else 403 if can_see(user, page) else 404
        for name in ("edit", "history"):
            assert browser.get(address(page, name)).status_code == refused
        assert browser.post(address(page), written(page)).status_code == refused
        for name, more in (("restore", [before]), ("upload", []), ("remove", [1])):
            assert browser.post(address(page, name, *more)).status_code == refused
    assert MemberPage.objects.get(pk=page.pk).latest_revision_id == before


def test_restore_brings_an_earlier_text_back_as_a_new_revision(page, representative, client_of):
    first = page.latest_revision_id
    client = client_of(representative)
    client.post(address(page), written(page))
    assert client.post(address(page, "restore", first))["Location"]
    page = MemberPage.objects.get(pk=page.pk)
    assert (page.title, page.body) == ("یاران کودک", "<p>متن <b>نخست</b></p>")
    assert page.revisions.count() == 3


def test_restore_another_pages_revision_is_refused(page, representative, client_of):
    other = factories.add_page(
        factories.section("members"), MemberPage, organization=factories.make_organization()
    )
    response = client_of(representative).post(address(page, "restore", other.latest_revision_id))
    assert response.status_code == 404


def test_upload_representative_adds_a_private_file_and_removes_it(page, representative, client_of):
    client = client_of(representative)
    file = SimpleUploadedFile("گزارش.txt", "متن گزارش".encode())
    assert client.post(address(page, "upload"), {"title": "گزارش سال", "file": file}).status_code == 302
    document = Document.objects.get(title="گزارش سال")
    assert (document.audience, document.organization) == ("organization", page.organization)
    shown = client.get(page.get_url()).content.decode()
    assert "گزارش سال" in shown
    response = client.get(document.url)
    assert b"".join(response) == "متن گزارش".encode()
    assert client.post(address(page, "remove", document.pk)).status_code == 302
    assert not Document.objects.filter(pk=document.pk).exists()


def test_upload_refused_file_says_why(page, representative, client_of):
    file = SimpleUploadedFile("x.pdf", b"MZ\x90\x00\x03 not a pdf at all")
    response = client_of(representative).post(address(page, "upload"), {"file": file})
    assert response.status_code == 400
    assert not Document.objects.exists()


def test_edit_withdrawn_page_stays_withdrawn(page, representative, client_of):
    page.unpublish()
    client = client_of(representative)
    assert client.post(address(page), written(page)).status_code == 302
    page = MemberPage.objects.get(pk=page.pk)
    assert not page.live
    assert client.get(page.get_url() or "/members/x/").status_code in (403, 404)


def test_list_reader_sees_the_organisations_open_to_him(page, representative, client, client_of):
    index = factories.section("members").get_url()
    assert "یاران کودک" not in client.get(index).content.decode()
    assert "یاران کودک" in client_of(representative).get(index).content.decode()
    assert "یاران کودک" not in client_of("editor").get(index).content.decode()


def test_view_when_the_organisation_moves_to_another_district(page, client_of):
    old, new = factories.make_secretary(page.organization.district), factories.make_district(9)
    assert client_of(old).get(page.get_url()).status_code == 200
    page.organization.district = new
    page.organization.save()
    assert client_of(old).get(page.get_url()).status_code == 404
    assert client_of(factories.make_secretary(new)).get(page.get_url()).status_code == 200
