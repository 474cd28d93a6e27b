"""Asking about an official copy: what holds, what was superseded, and nothing of a text that is not public."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from documents import checksums, copies
from documents.codes import new_code, shown
from documents.models import OfficialCopy
from documents.verification import Status, check
from pages.bylaws.models import BylawPage
from tests.documents.test_copies import page  # noqa: F401 - fixture
from tests.documents.test_pdf import data_dir  # noqa: F401 - fixture
from tests.pages.bylaws.test_days import ONE, SECOND
from tests.pages.conftest import amend, make_bylaw, make_meeting  # noqa: F401 - fixtures

UNKNOWN = "000000000000"


@pytest.fixture
def copy_of(data_dir):  # noqa: F811
    """A function that makes the copy of a page, of an edition, and gives its row."""

    def make(page, edition=""):  # noqa: F811
        return copies.make(copies.wanted(page, edition))

    return make


def close(page):  # noqa: F811
    """Let only those who sign in read the page."""
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def status_of(copy, user=None):
    return check(user, code=copy.code).standing.status


def told(response):
    """What the page says: without the form's token and the codes that were asked for."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())
    return re.sub(r"\b[0-9A-Z]{12}\b|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}|/verify/[^\"]*", "", html)


def test_copy_of_the_present_text_is_current(page, copy_of, client):  # noqa: F811
    copy = copy_of(page)
    assert status_of(copy) == Status.CURRENT
    html = client.get(f"/verify/{shown(copy.code)}/").content.decode()
    assert "امروز برقرار است" in html
    assert page.title in html
    assert copy.sha256 in html


def test_copy_of_an_earlier_text_says_what_took_its_place(page, copy_of, client):  # noqa: F811
    copy = copy_of(page, "1")
    html = client.get(f"/verify/{copy.code.lower()}/").content.decode()
    assert "متن دیگری جای آن را گرفته" in html
    assert "نسخه ۲" in html
    assert "۱ مرداد ۱۳۹۴" in html


def test_copy_is_superseded_by_the_next_amendment(page, copy_of, amend):  # noqa: F811
    copy = copy_of(page)
    amend(page, ONE, SECOND + datetime.timedelta(days=400))
    assert status_of(copy) == Status.SUPERSEDED


def test_copy_of_a_redline_stands_as_the_later_text(page, copy_of, amend):  # noqa: F811
    copy = copy_of(page, "1-2")
    assert status_of(copy) == Status.CURRENT
    amend(page, ONE, SECOND + datetime.timedelta(days=400))
    assert status_of(copy) == Status.SUPERSEDED


def test_copy_of_a_text_to_come_is_not_in_force(page, copy_of, amend):  # noqa: F811
    amend(page, ONE, timezone.localdate() + datetime.timedelta(days=40))
    assert status_of(copy_of(page, "3")) == Status.NOT_YET
    assert status_of(copy_of(page, "2")) == Status.CURRENT


def test_copy_of_a_repealed_text_says_so(page, copy_of):  # noqa: F811
    copy = copy_of(page)
    BylawPage.objects.filter(pk=page.pk).update(repealed_on=timezone.localdate())
    assert status_of(copy) == Status.REPEALED


def without_edition(page):  # noqa: F811
    """A copy that was made of the page's own text, before copies were of versions."""
    return OfficialCopy.objects.create(
        code=new_code(), page_id=page.pk, digest="a" * 64, sha256="b" * 64, state=OfficialCopy.State.READY
    )


def test_copy_of_no_version_gave_way_to_the_version(page):  # noqa: F811
    standing = check(None, code=without_edition(page).code).standing
    assert (standing.status, standing.on) == (Status.SUPERSEDED, SECOND)


def test_copy_of_no_version_of_a_repealed_text_says_so(page):  # noqa: F811
    copy = without_edition(page)
    BylawPage.objects.filter(pk=page.pk).update(repealed_on=timezone.localdate())
    assert status_of(copy) == Status.REPEALED


def test_copy_made_beside_a_draft_does_not_outlive_the_text(page, copy_of):  # noqa: F811
    page.source, page.text_from = ONE, SECOND + datetime.timedelta(days=400)
    draft = page.save_revision()
    copy = copy_of(BylawPage.objects.get(pk=page.pk))
    assert status_of(copy) == Status.CURRENT
    draft.publish(skip_permission_checks=True)
    copy_of(BylawPage.objects.get(pk=page.pk))
    assert status_of(copy) == Status.SUPERSEDED


def test_copy_with_other_particulars_of_the_same_version_still_holds(page, copy_of):  # noqa: F811
    copy = copy_of(page)
    BylawPage.objects.filter(pk=page.pk).update(number="1394/110/9")
    copy_of(BylawPage.objects.get(pk=page.pk))
    assert status_of(copy) == Status.CURRENT


def test_minutes_are_superseded_by_what_they_say_anew(make_meeting, copy_of):  # noqa: F811
    meeting = make_meeting()
    copy = copy_of(meeting)
    assert status_of(copy) == Status.CURRENT
    meeting.theme = "موضوعی دیگر"
    meeting.save_revision().publish(skip_permission_checks=True)
    again = copy_of(type(meeting).objects.get(pk=meeting.pk))
    assert (status_of(copy), status_of(again)) == (Status.SUPERSEDED, Status.CURRENT)


def test_minutes_are_superseded_as_soon_as_another_copy_is_wanted(make_meeting, copy_of):  # noqa: F811
    meeting = make_meeting()
    copy = copy_of(meeting)
    meeting.theme = "موضوعی دیگر"
    meeting.save_revision().publish(skip_permission_checks=True)
    copies.ask(copies.wanted(type(meeting).objects.get(pk=meeting.pk)))
    assert status_of(copy) == Status.SUPERSEDED
    meeting.theme = ""
    meeting.save_revision().publish(skip_permission_checks=True)
    assert copy_of(type(meeting).objects.get(pk=meeting.pk)) == copy
    assert status_of(copy) == Status.CURRENT


def test_withdrawn_minutes_are_so_before_their_copy_is_removed(make_meeting, copy_of):  # noqa: F811
    meeting = make_meeting()
    copy = copy_of(meeting)
    type(meeting).objects.filter(pk=meeting.pk).update(withdrawn_on=SECOND)
    standing = check(None, code=copy.code).standing
    assert (standing.status, standing.on) == (Status.WITHDRAWN, SECOND)


def test_copy_of_a_text_taken_down_is_not_valid(page, copy_of):  # noqa: F811
    copy = copy_of(page)
    page.unpublish()
    finding = check(None, code=copy.code)
    assert (finding.valid, finding.copy) == (False, None)


# --- the file ------------------------------------------------------------------------------------------------------


def send(client, content, code=""):
    return client.post("/verify/", {"code": code, "file": SimpleUploadedFile("copy.pdf", content)})


def test_file_is_known_by_its_checksum_alone(page, copy_of, client):  # noqa: F811
    copy_of(page)
    html = send(client, copies.wanted(page).path.read_bytes()).content.decode()
    assert "بی‌کم‌وکاست" in html
    assert page.title in html


def test_changed_file_is_not_the_copy(page, copy_of, client):  # noqa: F811
    copy = copy_of(page)
    content = copies.wanted(page).path.read_bytes()
    assert "بی‌کم‌وکاست" in send(client, content, shown(copy.code)).content.decode()
    assert "صادر شده نیست" in send(client, content + b" ", copy.code).content.decode()
    assert "معتبر نیست" in send(client, content + b" ").content.decode()


def test_file_is_never_written(page, client, monkeypatch, tmp_path):  # noqa: F811
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))  # a temporary file would be an error
    content = b"%PDF-" + b"x" * (6 * 1024 * 1024)
    assert "معتبر نیست" in send(client, content).content.decode()


def test_too_large_file_is_refused(client, site, monkeypatch):
    monkeypatch.setattr(checksums, "MOST", 1000)
    assert "بزرگ‌تر از آن است" in send(client, b"x" * 1001).content.decode()


def test_body_larger_than_any_copy_is_refused_unread(client, site):
    length = str(checksums.MOST + checksums.AROUND + 1)
    response = client.post("/verify/", {"code": UNKNOWN}, CONTENT_LENGTH=length)
    assert response.status_code == 413
    assert "بزرگ‌تر از آن است" in response.content.decode()
    assert response.wsgi_request._read_started is False


@pytest.mark.parametrize(
    ("code", "words"), [("", "کد نسخه را بنویسید"), ("12", "دوازده حرف"), ("U" * 12, "دوازده حرف")]
)
def test_bad_question_is_told_why_and_keeps_what_was_typed(client, site, code, words):
    html = client.post("/verify/", {"code": code}).content.decode()
    assert words in html
    assert f'value="{code}"' in html or not code


def test_form_of_another_site_is_refused(client_factory, site):
    from_elsewhere = client_factory(enforce_csrf_checks=True)
    assert from_elsewhere.post("/verify/", {"code": UNKNOWN}).status_code == 403


# --- what is not public --------------------------------------------------------------------------------------------


def test_valid_copy_of_a_closed_text_is_valid_and_nothing_else(page, copy_of, client):  # noqa: F811
    copy = copy_of(page)
    close(page)
    response = client.get(f"/verify/{copy.code}/")
    html = response.content.decode()
    assert "نسخه معتبر است" in html
    for secret in (page.title, copy.sha256, page.slug, "نسخه ۲"):
        assert secret not in html


def test_who_may_read_the_closed_text_is_told_all(page, copy_of, client_of):  # noqa: F811
    copy = copy_of(page)
    close(page)
    assert page.title in client_of("ngo_member").get(f"/verify/{copy.code}/").content.decode()


def test_superseded_copy_of_a_closed_text_answers_like_an_unknown_code(page, copy_of, client):  # noqa: F811
    """The same words, status, headers and queries."""
    copy = copy_of(page, "1")
    close(page)
    client.get(f"/verify/{UNKNOWN}/")  # what is kept between requests is kept now
    answers = []
    for code in (UNKNOWN, copy.code):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(f"/verify/{code}/")
        shapes = [re.sub(r"\d+|'[^']*'", "?", query["sql"]) for query in queries.captured_queries]
        headers = {
            name: value
            for name, value in response.headers.items()
            if name not in ("Set-Cookie", "Content-Security-Policy")
        }
        answers.append((response.status_code, told(response), shapes, headers.get("Cache-Control")))
    assert answers[0] == answers[1]


def test_wrong_file_for_a_closed_text_answers_like_an_unknown_code(page, copy_of, client):  # noqa: F811
    copy = copy_of(page)
    close(page)
    assert told(send(client, b"other", copy.code)) == told(send(client, b"other", UNKNOWN))
    assert copy.code not in send(client, copies.wanted(page).path.read_bytes()).content.decode()
