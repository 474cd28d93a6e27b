"""Who read what is private: recorded at every door that shows it, once in some hours."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture

from documents.actions import add_document
from documents.models import Image
from intranet.access import readings
from intranet.audit.models import Event
from pages.bylaws.models import BylawPage
from pages.threads.actions import open_thread
from tests import factories

pytestmark = pytest.mark.django_db


def noted(user, verb, obj):
    """How often it is recorded that `user` read `obj`."""
    return Event.objects.filter(actor_id=user.pk, verb=verb, target_id=str(obj.pk)).count()


def read(client, url, **more):
    """The status of an answer, read to its end so that its file is closed."""
    answer = client.get(url, **more)
    b"".join(answer)
    return answer.status_code


def test_read_private_page_and_file_is_recorded_once_a_reader_and_object(private, client_of, client_factory):
    staff = factories.make_user("hq_staff")
    client = client_of(staff)
    for _again in range(3):
        assert read(client, private.page.url) == 200
        assert read(client, private.file.url) == 200
    other = client_factory()
    other.force_login(private.representative)
    assert read(other, private.page.url) == 200
    assert noted(staff, "page.read", private.page) == noted(staff, "document.read", private.file) == 1
    assert noted(private.representative, "page.read", private.page) == 1
    assert noted(private.representative, "document.read", private.file) == 0


def test_read_again_after_some_hours_is_recorded_again(private, client_of):
    staff = factories.make_user("hq_staff")
    client = client_of(staff)
    read(client, private.page.url)
    earlier = Event.objects.get(verb="page.read", actor_id=staff.pk)
    later = earlier.at + readings.AGAIN_AFTER + timedelta(minutes=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: later)
        read(client, private.page.url)
    assert noted(staff, "page.read", private.page) == 2


def test_read_from_the_readers_own_copy_is_recorded(private, client_of):
    staff = factories.make_user("hq_staff")
    client = client_of(staff)
    assert read(client, private.file.url, headers={"If-None-Match": f'"{private.file.sha256}"'}) == 304
    assert noted(staff, "document.read", private.file) == 1


def test_closed_door_records_no_reading(private, client_of):
    editor = factories.make_user("editor")
    client = client_of(editor)
    assert read(client, private.page.url) == read(client, private.file.url) == 404
    assert noted(editor, "page.read", private.page) == noted(editor, "document.read", private.file) == 0


@pytest.mark.parametrize("audience", ["public", "signed_in"])
def test_read_what_is_open_to_everybody_is_not_recorded(site, media, client_of, audience, private):
    file = add_document(
        file=SimpleUploadedFile("a.txt", "متن".encode()), title="a", uploaded_by=None, audience=audience
    )
    staff = factories.make_user("hq_staff")
    client = client_of(staff)
    assert read(client, file.url) == read(client, site.url) == 200
    assert not Event.objects.filter(actor_id=staff.pk, verb__endswith=".read").exists()


@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile.*")  # Wagtail leaves that of a new rendition open
def test_read_private_picture_is_recorded(site, media, client_of):
    drawing = BytesIO()
    Picture.new("RGB", (60, 40)).save(drawing, "PNG")
    picture = Image.objects.create(title="نما", file=ImageFile(drawing, "nama.png"), audience="staff")
    staff = factories.make_user("hq_staff")
    assert read(client_of(staff), picture.get_rendition("width-50").url) == 200
    assert noted(staff, "image.read", picture) == 1


def test_read_thread_is_recorded(private, client_of):
    thread = open_thread(private.representative, private.organization, subject="پرسش", body="متن نامه")
    staff = factories.make_user("hq_staff")
    client = client_of(staff)
    assert read(client, reverse("ngo:thread", args=[thread.pk])) == 200
    assert read(client, reverse("ngo:receipt", args=[thread.pk])) == 200
    assert noted(staff, "thread.read", thread) == 1


@pytest.mark.parametrize("door", ["edit", "view_draft", "revisions_view", "revisions_compare", "own_history"])
def test_read_draft_is_recorded_at_every_door_of_it(site, client_of, door):
    editor = factories.make_user("editor")
    draft = factories.add_page(factories.section("bylaws"), BylawPage, live=False, owner=editor)
    revision = draft.latest_revision_id
    address = {
        "edit": reverse("wagtailadmin_pages:edit", args=[draft.pk]),
        "view_draft": reverse("wagtailadmin_pages:view_draft", args=[draft.pk]),
        "revisions_view": reverse("wagtailadmin_pages:revisions_view", args=[draft.pk, revision]),
        "revisions_compare": reverse(
            "wagtailadmin_pages:revisions_compare", args=[draft.pk, "earliest", revision]
        ),
        "own_history": reverse("workflows:history", args=[draft.pk]),
    }[door]
    client = client_of(editor)
    assert read(client, address) == 200
    assert read(client, address) == 200
    assert noted(editor, "draft.read", draft) == 1


def test_read_draft_of_an_organisation_by_its_representative_is_recorded(private, client_of):
    assert read(client_of(private.representative), reverse("members:edit", args=[private.page.pk])) == 200
    assert noted(private.representative, "draft.read", private.page) == 1
