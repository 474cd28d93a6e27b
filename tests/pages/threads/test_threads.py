"""Threads: two sides, a number and a receipt, an owner, and nothing leaks from below what is hidden."""

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document, RegistryNumber
from intranet.access.queries import can_see, visible_to
from intranet.accounts.models import User
from intranet.audit.models import Event
from intranet.notifications.models import Notice
from intranet.ui.numerals import localized
from organizations.models import Representative
from pages.threads import actions
from pages.threads.models import Message, Thread
from tests import factories

pytestmark = pytest.mark.django_db


def file(name="نامه‌ی ما.txt"):
    return SimpleUploadedFile(name, "متن پیوست".encode())


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def organization(site, media):
    return factories.make_organization(factories.make_district(3))


@pytest.fixture
def head(organization):
    return factories.make_representative(organization)


@pytest.fixture
def member(organization):
    return factories.make_member(organization)


@pytest.fixture
def staff(site):
    return factories.make_user("hq_staff")


@pytest.fixture
def thread(organization, head):
    return actions.open_thread(head, organization, subject="پرسش مجوز", body="متن نخست", files=[file()])


def test_open_gives_a_number_of_the_register_and_a_receipt(thread, head, staff, client_of):
    assert RegistryNumber.objects.get(target_uid=f"thread:{thread.pk}").text == thread.number
    shown = client_of(head).get(reverse("ngo:receipt", args=[thread.pk])).content.decode()
    assert "پرسش مجوز" in shown
    assert "نامه‌ی ما.txt" in shown
    assert Notice.objects.filter(recipient=head, subject__contains=localized(thread.number)).exists()


def test_open_is_told_by_number_without_a_word_of_it(thread, staff):
    call_command("worker", once=True, verbosity=0)
    assert mail.outbox
    assert all("متن نخست" not in letter.body and "پرسش مجوز" not in letter.body for letter in mail.outbox)


def test_open_member_without_submit_and_official_without_sign_are_refused(organization, head, member):
    with pytest.raises(actions.RefusedThread):
        actions.open_thread(member, organization, subject="الف", body="ب")
    with pytest.raises(actions.RefusedThread):
        actions.open_thread(head, organization, subject="الف", body="ب", official=True)
    Representative.objects.filter(person__user=head).update(can_sign=True)
    assert actions.open_thread(head, organization, subject="الف", body="ب", official=True).official


def test_open_by_form_lands_with_the_organization_and_keeps_what_was_written(organization, head, client_of):
    client = client_of(head)
    address = reverse("ngo:new_thread", args=[organization.pk])
    response = client.post(address, {"subject": "", "body": "متن دراز من"})
    assert response.status_code == 400
    assert "متن دراز من" in response.content.decode()
    response = client.post(address, {"subject": "الف", "body": "متن", "attached": [file(), file("دو.txt")]})
    thread = Thread.objects.get()
    assert response["Location"] == reverse("ngo:receipt", args=[thread.pk])
    assert thread.organization == organization
    assert Document.objects.filter(audience="attached").count() == 2


def test_states_and_owner_follow_who_wrote_last(thread, head, staff):
    actions.reply(staff, thread.pk, "پاسخ")
    thread.refresh_from_db()
    assert (thread.state, thread.owner) == ("answered", staff)
    actions.reply(head, thread.pk, "سپاس")
    thread.refresh_from_db()
    assert thread.state == "open"
    assert Notice.objects.filter(recipient=staff, subject__contains=localized(thread.number)).exists()
    actions.close(head, thread.pk)
    with pytest.raises(actions.RefusedThread):
        actions.reply(staff, thread.pk, "دیر")
    actions.reopen(staff, thread.pk)
    actions.leave(staff, thread.pk)
    thread.refresh_from_db()
    assert (thread.state, thread.owner) == ("open", None)
    verbs = ["thread.opened", "thread.replied", "thread.closed", "thread.reopened", "thread.left"]
    assert set(verbs) <= set(Event.objects.values_list("verb", flat=True))


@pytest.mark.parametrize("who", ["secretary", "editor", "administrator", "other_head"])
def test_read_others_see_neither_thread_nor_message_nor_file(who, thread, organization):
    reader = {
        "secretary": lambda: factories.make_secretary(organization.district),
        "other_head": lambda: factories.make_representative(factories.make_organization()),
    }.get(who, lambda: factories.make_user(who))()
    assert not can_see(reader, thread)
    assert not visible_to(Message.objects.all(), fresh(reader)).exists()
    assert not visible_to(Document.objects.all(), fresh(reader)).exists()
    for act in (actions.take, actions.leave, actions.close, actions.reopen):
        with pytest.raises(actions.RefusedThread):
            act(reader, thread.pk)


def test_hidden_message_hides_replies_and_their_files_at_every_door(thread, head, member, staff, client_of):
    bad = actions.reply(head, thread.pk, "رازِ یکم")
    reply = actions.reply(head, thread.pk, "رازِ دوم", [file("raz.txt")], bad.pk)
    deep = actions.reply(staff, thread.pk, "رازِ سوم", (), reply.pk)
    document = reply.attachments.get().document
    assert can_see(fresh(member), document)
    actions.hide(staff, bad.pk, "داده شخصی")
    client = client_of(member)
    for name in ("thread", "receipt"):
        shown = client.get(reverse(f"ngo:{name}", args=[thread.pk])).content.decode()
        assert "راز" not in shown
        assert "raz.txt" not in shown
    assert client.get(document.url).status_code == 404
    assert set(visible_to(thread.messages.all(), fresh(member))) == {thread.messages.first()}
    with pytest.raises(actions.RefusedThread):
        actions.reply(head, thread.pk, "باز", (), deep.pk)
    later = Message.objects.create(  # written while it was hidden
        thread=thread, parent=reply, author=staff, from_headquarters=True, body="چهارم", sent_at=bad.sent_at
    )
    assert not can_see(fresh(member), later)
    assert "رازِ یکم" in client_of(staff).get(reverse("ngo:thread", args=[thread.pk])).content.decode()
    actions.show(staff, bad.pk)
    for one in (bad, reply, deep, later, document):
        assert can_see(fresh(member), one)


def test_attachment_is_in_no_list_and_in_no_search(thread, organization, head, client_of):
    from documents.search_records import DocumentSource

    document = Document.objects.get(audience="attached")
    assert list(DocumentSource().records_for(document.pk)) == []
    shown = client_of(head).get(reverse("ngo:files", args=[organization.pk])).content.decode()
    assert document.filename not in shown


def test_thread_costs_the_same_queries_however_long(thread, head, staff, client_of):
    client = client_of(head)
    address = reverse("ngo:thread", args=[thread.pk])

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            assert client.get(address).status_code == 200
        return len(counted)

    queries()
    few = queries()
    for _ in range(6):
        actions.reply(staff, thread.pk, "پاسخ", [file()])
    client.get(address)
    assert queries() == few
    assert few <= 22


def test_queue_shows_what_waits_and_whose_it_is(thread, staff, client_of):
    client = client_of(staff)
    assert thread.subject in client.get(reverse("ngo:queue")).content.decode()
    client.post(reverse("ngo:thread_act", args=[thread.pk]), {"act": "take"})
    assert thread.subject in client.get(reverse("ngo:queue") + "?show=mine").content.decode()
    assert thread.subject not in client.get(reverse("ngo:queue") + "?show=free").content.decode()
