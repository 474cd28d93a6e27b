"""Official copies: set once for each text, in the background, with a code of their own; versions and redlines too."""

import datetime

import pypdfium2
import pytest
from django.utils import translation

from documents import copies
from documents.codes import new_code, read_code, shown
from documents.models import OfficialCopy
from documents.structure.akoma_ntoso.reading import read
from intranet.audit.models import Event
from intranet.outbox.actions import drain
from intranet.outbox.models import Row
from pages.bylaws.models import BylawPage
from tests.documents.test_pdf import data_dir, made, squeezed, text_of, work  # noqa: F401 - fixtures
from tests.pages.bylaws.test_days import FIRST, ONE, SECOND, TWO
from tests.pages.conftest import amend, make_bylaw  # noqa: F401 - fixtures

State = OfficialCopy.State


@pytest.fixture
def page(make_bylaw, amend, data_dir):  # noqa: F811
    made_page = make_bylaw(title="آیین‌نامه مهلت", slug="deadlines", source=ONE, approved_on=FIRST)
    amend(made_page, TWO, SECOND)
    return BylawPage.objects.get(pk=made_page.pk)


def test_copy_is_made_once(page):
    first = copies.make(copies.wanted(page))
    again = copies.make(copies.wanted(page))
    assert (first.pk, first.sha256) == (again.pk, again.sha256)
    assert first.state == State.READY
    assert Event.objects.filter(verb="copy.made", target_id=str(page.pk)).count() == 1


def test_page_waits_while_copy_is_made_and_then_gives_it(page, client):
    OfficialCopy.objects.all().delete()
    for _ in range(2):
        response = client.get(f"/pdf/{page.pk}/")
        assert (response.status_code, response["Refresh"]) == (202, "2")
    assert "نوبت" in response.content.decode()
    OfficialCopy.objects.update(state=State.MAKING, pages=7)
    assert "۷ صفحه" in client.get(f"/pdf/{page.pk}/").content.decode()
    assert OfficialCopy.objects.count() == 1
    work()
    assert client.get(f"/pdf/{page.pk}/")["Content-Type"] == "application/pdf"


def test_progress_is_told_while_pages_are_set(page):
    text = copies.wanted(page)
    copies.make(text)
    assert OfficialCopy.objects.get(digest=text.digest).pages == 1


def test_sheets_bear_code_and_address(page):
    content = made(page).read_bytes()
    copy = OfficialCopy.objects.get(state=State.READY)
    words, _, _ = text_of(content)
    assert squeezed(shown(copy.code)) in words
    assert "verify" in words


def test_version_has_a_copy_that_says_until_when_it_held(page, client):
    words, _, _ = text_of(made(page, "1").read_bytes())
    assert squeezed("سی روز") in words
    assert squeezed("این متن از ۱ مرداد ۱۳۹۰ تا ۱ مرداد ۱۳۹۴") in words
    assert client.get(f"/pdf/{page.pk}/1/")["Content-Type"] == "application/pdf"
    assert f'href="/pdf/{page.pk}/1/"' in client.get("/bylaws/deadlines/@1390-06-01/").content.decode()


def test_copy_of_the_present_version_is_the_copy_of_the_page(page):
    assert copies.wanted(page).digest == copies.wanted(page, "2").digest
    assert copies.wanted(page).digest != copies.wanted(page, "1").digest


def test_copy_is_the_same_for_readers_of_another_language(page):
    with translation.override("en"):
        english = copies.wanted(page).digest, copies.wanted(page, "1-2").digest
    with translation.override("fa"):
        assert english == (copies.wanted(page).digest, copies.wanted(page, "1-2").digest)


def test_who_waits_is_not_behind_all_that_was_published(page, client):
    OfficialCopy.objects.all().delete()
    client.get(f"/pdf/{page.pk}/")
    drain("documents.pdf-asked")
    assert client.get(f"/pdf/{page.pk}/").status_code == 200


def test_redline_shows_words_of_both(page, client):
    words, _, _ = text_of(made(page, "1-2").read_bytes())
    assert squeezed("سی") in words
    assert squeezed("شصت") in words
    assert squeezed("این خودِ متن نیست") in words
    html = client.get("/bylaws/deadlines/changes/?before=1390-06-01&after=1395-01-01").content.decode()
    assert f'href="/pdf/{page.pk}/1-2/"' in html


@pytest.mark.parametrize("edition", ["9", "1-9", "2-2", "2-1", "0"])
def test_there_is_no_copy_of_what_there_is_not(page, client_of, edition):
    assert client_of("editor").get(f"/pdf/{page.pk}/{edition}/").status_code == 404


def test_minutes_have_no_editions(page, client):
    assert client.get(f"/pdf/{page.get_parent().pk}/1/").status_code == 404


def test_document_is_within_the_copy(page):
    with pypdfium2.PdfDocument(made(page, "1").read_bytes()) as document:
        [attachment] = [document.get_attachment(number) for number in range(document.count_attachments())]
        assert attachment.get_name().endswith(".xml")
        assert read(bytes(attachment.get_data())).version == 1


def test_what_a_text_says_anew_is_another_copy_and_the_old_file_goes(page):
    first = copies.make(copies.wanted(page))
    page.number = "1394/110/2"
    page.save_revision().publish(skip_permission_checks=True)
    second = copies.make(copies.wanted(BylawPage.objects.get(pk=page.pk)))
    first.refresh_from_db()
    assert (first.edition, first.state, second.edition) == ("2", State.GONE, "2")
    assert len(list(copies.folder_of(page.pk).iterdir())) == 1


def test_lost_file_is_another_copy(page, client):
    text = copies.wanted(page)
    first = copies.make(text)
    drain("documents.pdf-queue")
    drain("documents.pdf")
    text.path.unlink()
    for _ in range(2):
        assert client.get(f"/pdf/{page.pk}/").status_code == 202
    assert Row.objects.filter(topic=copies.ASKED).count() == 1
    drain("documents.pdf-asked")
    assert client.get(f"/pdf/{page.pk}/").status_code == 200
    assert text.copy.code != first.code


def test_file_that_goes_while_it_is_asked_for_is_waited_for(page, client, monkeypatch):
    text = copies.wanted(page)
    copies.make(text)
    text.path.unlink()
    monkeypatch.setattr(type(text.path), "exists", lambda path, **more: True)
    assert client.get(f"/pdf/{page.pk}/").status_code == 202


def test_draft_beside_a_published_text_changes_nothing_on_its_copy(page, client_of):
    before = copies.wanted(page).digest
    page.source = ONE.replace("سی", "نود")
    page.save_revision()
    with_draft = BylawPage.objects.get(pk=page.pk)
    assert with_draft.has_unpublished_changes
    assert (copies.wanted(with_draft).digest, copies.wanted(with_draft).letter.key) == (before, "2")
    words, _, _ = text_of(client_of("editor").get(f"/pdf/{page.pk}/draft/").content)
    assert squeezed("نود روز") in words


def test_failure_is_told_and_tried_again(page, client, monkeypatch):
    from documents import signing

    def broken(content):
        raise OSError("no key")

    monkeypatch.setattr(signing, "sign", broken)
    OfficialCopy.objects.all().delete()
    Row.objects.all().delete()
    client.get(f"/pdf/{page.pk}/")
    work()
    assert Row.objects.get(consumer="documents.pdf-asked").error == "OSError: no key"
    assert "هنوز ساخته نشد" in client.get(f"/pdf/{page.pk}/").content.decode()
    monkeypatch.undo()
    Row.objects.update(available_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC))
    work()
    assert OfficialCopy.objects.get().state == State.READY


def test_two_who_ask_at_once_get_one_copy(page):
    text = copies.wanted(page)
    OfficialCopy.objects.all().delete()
    assert copies._reserve(text)[1] is True
    assert copies._reserve(text)[1] is False


@pytest.mark.parametrize("typed", ["7k3m0qx29wpd", " 7K3M-OQX2-9WPD ", "7K3M ۰QX۲ 9WPD", "7k3m–oqx2–9wpd"])
def test_code_is_read_as_people_write_it(typed):
    assert read_code(typed) == "7K3M0QX29WPD"


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-0QX2-9WPU", "x" * 40])
def test_what_is_no_code_is_none(typed):
    assert read_code(typed) == ""


def test_codes_come_in_groups_and_differ():
    assert shown("7K3M0QX29WPD") == "7K3M-0QX2-9WPD"
    assert len({new_code() for _ in range(200)}) == 200
