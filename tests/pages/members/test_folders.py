"""Folders: who opens which, and a folder as a zip with Persian names and nothing in it that one may not read."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.actions import add_document
from documents.models import Document, Folder
from intranet.access.queries import can_see
from intranet.accounts.models import User
from intranet.audit.models import Event
from organizations.models import Representative
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def organization(site, media):
    return factories.make_organization(factories.make_district(3), name="انجمن یاران")


def put(organization, name, folder=None):
    return add_document(
        file=SimpleUploadedFile(name, f"متن {name}".encode()),
        title="",
        uploaded_by=None,
        audience="organization",
        organization=organization,
        folder=folder,
    )


def unzipped(response):
    return zipfile.ZipFile(io.BytesIO(b"".join(response)))


def test_download_holds_persian_names_and_only_what_the_reader_may_read(organization, client_of):
    reports = Folder.objects.create(organization=organization, name="گزارش‌ها")
    money = Folder.objects.create(organization=organization, name="مالی", finance=True)
    put(organization, "گزارش سه‌ماهه.txt", reports)
    put(organization, "گزارش سه‌ماهه.txt", reports)
    put(organization, "حساب.txt", money)
    member = factories.make_member(organization)
    response = client_of(member).get(reverse("ngo:download", args=[organization.pk]))
    assert "filename*=utf-8''%D8%A7%D9%86" in response["Content-Disposition"]
    archive = unzipped(response)
    assert archive.testzip() is None
    assert archive.namelist() == ["گزارش‌ها/گزارش سه‌ماهه.txt", "گزارش‌ها/گزارش سه‌ماهه (2).txt"]
    assert all(entry.flag_bits & 0x800 for entry in archive.infolist())  # the names are UTF-8, and say so
    assert archive.read("گزارش‌ها/گزارش سه‌ماهه.txt").decode() == "متن گزارش سه‌ماهه.txt"
    [event] = Event.objects.filter(verb="folder.downloaded")
    assert len(event.detail["documents"]) == 2
    response = client_of("hq_staff").get(reverse("ngo:download_folder", args=[organization.pk, money.pk]))
    assert unzipped(response).namelist() == ["مالی/حساب.txt"]


def test_finance_folder_opens_by_the_letter_and_closes_with_it(organization):
    document = put(
        organization, "حساب.txt", Folder.objects.create(organization=organization, name="م", finance=True)
    )
    head = factories.make_representative(organization, sees_finance=True)
    assert can_see(head, document)
    assert not can_see(factories.make_member(organization), document)
    assert not can_see(factories.make_representative(organization), document)
    Representative.objects.filter(person__user=head).update(valid_to="2020-01-01")
    assert not can_see(User.objects.get(pk=head.pk), document)


def test_move_into_finance_closes_the_file_at_once(organization, client_of):
    money = Folder.objects.create(organization=organization, name="مالی", finance=True)
    document = put(organization, "حساب.txt")
    head = factories.make_representative(organization, sees_finance=True)
    member = factories.make_member(organization)
    assert can_see(member, document)
    client = client_of(head)
    client.post(reverse("ngo:change_file", args=[organization.pk, document.pk]), {"folder": money.pk})
    assert not can_see(User.objects.get(pk=member.pk), document)


def test_folder_of_another_organization_takes_no_file(organization, client_of):
    foreign = Folder.objects.create(organization=factories.make_organization(), name="بیگانه")
    document = put(organization, "الف.txt")
    client = client_of(factories.make_representative(organization))
    address = reverse("ngo:change_file", args=[organization.pk, document.pk])
    assert client.post(address, {"folder": foreign.pk}).status_code == 404
    assert Document.objects.get(pk=document.pk).folder is None


def test_folder_with_files_is_not_removed_and_a_name_is_not_given_twice(organization, client_of):
    client = client_of(factories.make_representative(organization))
    add = reverse("ngo:add_folder", args=[organization.pk])
    for _ in range(2):
        client.post(add, {"name": "گزارش‌ها"})
    folder = Folder.objects.get()
    document = put(organization, "الف.txt", folder)
    change = reverse("ngo:change_folder", args=[organization.pk, folder.pk])
    client.post(change, {"remove": "1"})
    assert Folder.objects.exists()
    client.post(reverse("ngo:change_file", args=[organization.pk, document.pk]), {"remove": "1"})
    client.post(change, {"remove": "1"})
    assert not Folder.objects.exists()


def test_files_cost_the_same_queries_however_many(organization, client_of, django_assert_max_num_queries):
    client = client_of(factories.make_member(organization))
    for number in range(6):
        folder = Folder.objects.create(organization=organization, name=f"پوشه {number}")
        put(organization, f"الف {number}.txt", folder)
    address = reverse("ngo:files", args=[organization.pk])
    client.get(address)
    with django_assert_max_num_queries(24):
        assert client.get(address).status_code == 200
