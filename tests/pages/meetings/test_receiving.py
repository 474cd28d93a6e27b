"""A file of minutes becomes the draft of a meeting, once, each row beside its line."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from intranet.accounts.roles import Role
from intranet.audit.models import Event
from pages.meetings.models import MeetingPage
from tests import factories

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[2] / "documents" / "structure" / "minutes"
FILE = FOLDER / "numbered.txt"


def run(*args):
    out = io.StringIO()
    with translation.override("fa"):
        call_command("import_minutes", *(str(arg) for arg in args), stdout=out)
    return out.getvalue()


@pytest.fixture
def index(make_meeting):
    return make_meeting().get_parent().specific


def imported():
    return MeetingPage.objects.exclude(file_sha256="").get()


def test_a_dry_run_writes_nothing(index):
    out = run(FILE, "--dry-run")
    assert "would be made" in out
    assert "5 people · 3 points · 3 decisions" in out
    assert MeetingPage.objects.filter(file_sha256="").count() == MeetingPage.objects.count()


def test_what_was_understood_is_printed_as_json(index):
    found = json.loads(run(FILE, "--dry-run", "--json"))
    assert found["held_on"] == "2022-05-26"
    assert (found["begins_at"], found["ends_at"]) == ("16:00", "18:30")
    assert found["decisions"][0]["core"] == ["معاونت امور اجتماعی و فرهنگی"]
    assert found["decisions"][0]["due_on"] == "2022-06-26"
    assert [each["line"] for each in found["decisions"]] == [21, 22, 23]
    assert [each["code"] for each in found["doubts"]] == ["body_unknown"]


def test_the_draft_is_made_once_with_its_rows(index):
    body = factories.make_body(name="کميته مشترك ستاد سمن ها و معاونت امور اجتماعي و فرهنگي")
    assert "made a draft" in run(FILE)
    assert "here already" in run(FILE)
    page = imported()
    assert not page.live
    assert page.body == body  # in another spelling
    draft = page.get_latest_revision_as_object()
    assert [row.presence for row in draft.attendances.all()] == ["present"] * 4 + ["excused"]
    first, second, third = draft.resolutions.all()
    assert (first.number, first.votes_for, first.due_on) == ("1", 4, date(2022, 6, 26))
    assert second.supporting_actors == "دبیران مناطق"
    assert third.outcome == "postponed"
    assert [row.source_line for row in draft.resolutions.all()] == [21, 22, 23]
    assert Event.objects.filter(verb="meeting.imported").count() == 1


def test_a_number_printed_twice_is_given_once(index, tmp_path):
    path = tmp_path / "twice.txt"
    path.write_text("صورتجلسه کمیته نظارت\nمصوبات:\n۱- الف تصویب شد.\n۱- ب تصویب شد.\n۲- پ تصویب شد.")
    run(path)
    numbers = [row.number for row in imported().get_latest_revision_as_object().resolutions.all()]
    assert numbers == ["1", "3", "2"]


def test_a_file_that_is_no_text_is_refused_with_a_reason(index, tmp_path):
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    with pytest.raises(CommandError, match=r"picture\.txt: .*UTF-8"):
        run(path)


def upload(client, index, content, name="minutes.txt"):
    url = reverse("meetings_from_file", args=[index.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)


def test_an_editor_reads_a_file_and_meets_each_row_beside_its_line(index, client):
    client.force_login(factories.make_user(Role.EDITOR))
    answer = upload(client, index, FILE.read_bytes())
    text = answer.content.decode()
    page = imported()
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert 'href="#source-22"' in text
    assert 'id="source-22"' in text
    assert "مقرر شد دبیرخانه با همکاری دبیران مناطق" in text
    assert "در سامانه نیست" in text
    assert page.owner == answer.context["user"]
    again = upload(client, index, FILE.read_bytes())
    assert again.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert MeetingPage.objects.exclude(file_sha256="").count() == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("minutes.exe", b"MZ" + b"\x00" * 90),
        ("minutes.pdf", b"%PDF-1.7 cut short"),
        ("minutes.docx", FILE.read_bytes()),
        ("minutes.txt", b""),
        ("minutes.zip", b"PK\x05\x06" + b"\x00" * 18),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(index, client, name, content):
    client.force_login(factories.make_user(Role.EDITOR))
    answer = upload(client, index, content, name)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not MeetingPage.objects.exclude(file_sha256="").exists()


def test_who_may_not_add_a_meeting_may_not_read_one_from_a_file(index, client):
    client.force_login(factories.make_user(Role.LEGAL_REVIEWER))
    assert client.get(reverse("meetings_from_file", args=[index.pk])).status_code in {302, 403, 404}
    upload(client, index, FILE.read_bytes())
    assert not MeetingPage.objects.exclude(file_sha256="").exists()
