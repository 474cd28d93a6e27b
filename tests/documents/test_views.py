"""The door of files."""

import pytest
from wagtail.models import Collection, CollectionViewRestriction

from documents.actions import add_document
from documents.models import Document
from intranet.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


def status_of(client, url):
    """The status of an answer, read to its end so that its file is closed."""
    answer = client.get(url)
    answer.getvalue()
    return answer.status_code


def test_serve_own_member(client_of, private_file, organization):
    answer = client_of(factories.make_member(organization)).get(private_file.url)
    assert answer.status_code == 200
    with private_file.file.open() as file:
        assert answer.getvalue() == file.read()
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert "attachment" in answer["Content-Disposition"]
    assert Event.objects.filter(verb="document.read", target_id=str(private_file.pk)).exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("hq_staff", 200),
        ("auditor", 200),
        ("editor", 404),
        ("legal_reviewer", 404),
        ("council_member", 404),
        ("administrator", 404),
        ("ngo_member", 404),
        ("ngo_representative", 404),
        ("district_secretary", 404),
    ],
)
def test_serve_private_file_by_role(client_of, private_file, role, status):
    assert status_of(client_of(role), private_file.url) == status


def test_serve_anonymous_is_asked_to_sign_in_whether_or_not_it_exists(client, private_file):
    there = client.get(private_file.url)
    missing = client.get("/documents/999999/a.pdf")
    assert there.status_code == missing.status_code == 302
    assert "/accounts/login/" in there["Location"]


def test_serve_wrong_name_is_not_found(client_of, private_file):
    assert client_of("hq_staff").get(f"/documents/{private_file.pk}/other.docx").status_code == 404


def test_serve_not_modified(client_of, private_file):
    client = client_of("hq_staff")
    answer = client.get(private_file.url)
    answer.getvalue()
    etag = answer["ETag"]
    assert client.get(private_file.url, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("role", ["ngo_member", "editor", "administrator"])
def test_serve_known_checksum_tells_a_stranger_nothing(client_of, private_file, role):
    """Who has a copy of a file, or guesses it, does not learn by its checksum that it is here."""
    client = client_of(role)
    asked = {"if-none-match": f'"{private_file.sha256}"', "range": "bytes=0-0"}
    there = client.get(private_file.url, headers=asked)
    missing = client.get("/documents/999999/a.pdf", headers=asked)
    assert there.status_code == missing.status_code == 404
    assert there.headers.keys() == missing.headers.keys()
    assert "ETag" not in there


def test_serve_public_file_in_a_restricted_collection(client, client_of, site, upload):
    document = add_document(
        file=upload("a.txt", "متن".encode()), title="x", uploaded_by=None, audience=Document.Audience.PUBLIC
    )
    assert status_of(client, document.url) == 200
    CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node(), restriction_type=CollectionViewRestriction.LOGIN
    )
    assert client.get(document.url).status_code == 302
    assert status_of(client_of("ngo_member"), document.url) == 200


def test_media_is_never_served_by_path(client_of, private_file):
    assert client_of("hq_staff").get(f"/media/{private_file.file.name}").status_code == 404
