import pytest
from django.core import mail
from django.db import transaction

from intranet.notifications.actions import notify, send_waiting
from intranet.notifications.models import Notice
from intranet.notifications.queries import unread_for
from intranet.outbox.actions import drain
from intranet.outbox.models import Row
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _templates(settings, tmp_path):
    folder = tmp_path / "notifications"
    folder.mkdir()
    (folder / "test.subject.txt").write_text("متن\n{{ text }}\n", encoding="utf-8")
    (folder / "test.body.txt").write_text("{{ recipient.username }}: {{ link }}", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def test_notify_leaves_a_notice_and_its_mail_waits(settings):
    user = make_user("editor")
    (notice,) = notify([user], "test", {"text": "تازه"}, "/desk/")
    assert notice.subject == str(notice) == "متن تازه"
    assert notice.body == f"{user.username}: {settings.SITE_URL}/desk/"
    assert list(unread_for(user)) == [notice]
    assert mail.outbox == []
    drain("notifications.mail")
    assert [(m.subject, m.to) for m in mail.outbox] == [("متن تازه", [user.email])]


def test_notify_each_person_once_and_nobody_inactive():
    user, gone = make_user("editor"), make_user("editor", is_active=False)
    assert [notice.recipient for notice in notify([user, user, gone], "test", {})] == [user]


def test_notify_rolled_back_tells_nobody():
    user = make_user("editor")

    with transaction.atomic():
        notify([user], "test", {})
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Row.objects.exists()


def test_send_twice_sends_once():
    notify([make_user("editor")], "test", {})
    rows = list(Row.objects.all())
    send_waiting(rows)
    send_waiting(rows)
    assert len(mail.outbox) == 1


def test_send_to_somebody_without_address_is_done():
    notify([make_user("editor", email="")], "test", {})
    drain("notifications.mail")
    assert mail.outbox == []
    assert Notice.objects.get().sent_at is not None
    assert not Row.objects.exists()


def test_unread_leaves_out_what_was_read_and_what_is_others():
    reader, other = make_user("editor"), make_user("editor")
    notify([reader, other], "test", {})
    assert unread_for(reader).count() == 1
    unread_for(reader).update(read_at="2026-01-01T00:00:00Z")
    assert unread_for(reader).count() == 0
    assert unread_for(other).count() == 1
