import base64
import json
import os

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from intranet.audit import heads
from intranet.audit.actions import record
from intranet.audit.models import Link


def test_keep_writes_a_signed_line_once(events, linked):
    head = heads.keep()
    assert (head.position, head.digest) == (
        Link.objects.latest("position").position,
        Link.objects.latest("position").digest,
    )
    assert heads.keep() is None
    linked(lambda: record(None, "clock.ran"))
    assert heads.keep().position == head.position + 1
    assert [kept.position for kept in heads.kept()] == [head.position, head.position + 1]


def test_keep_takes_along_what_a_killed_process_left(db):
    event = record(None, "clock.ran")  # its transaction has not ended: nobody linked it
    heads.keep()
    assert Link.objects.get(event_number=event.pk)


def test_keep_sends_the_head_when_an_address_is_set(events, settings):
    settings.AUDIT_HEADS_MAIL = "auditor@example.org"
    head = heads.keep()
    [message] = mail.outbox
    assert message.to == ["auditor@example.org"]
    assert json.loads(message.body)["digest"] == head.digest


def test_keep_tells_the_log_when_the_chain_became_shorter(events, by_hand, caplog):
    heads.keep()
    by_hand("DELETE FROM audit_link WHERE event_number = %s", events[-1].pk)
    by_hand("DELETE FROM audit_event WHERE id = %s", events[-1].pk)
    heads.keep()
    assert "no longer the one" in caplog.text


def test_key_is_made_once_and_only_its_owner_reads_it(events):
    heads.keep()
    first = heads.public_key()
    assert heads.public_key() == first
    assert heads.key_file().stat().st_mode & 0o077 == 0


def test_key_by_setting_wins(db, settings):
    made = heads.public_key()
    settings.AUDIT_KEY = base64.b64encode(os.urandom(32)).decode()
    assert heads.public_key() != made


@pytest.mark.parametrize(
    "change", [{"position": 1}, {"digest": "0" * 64}, {"at": "2020-01-01T00:00:00+00:00"}]
)
def test_command_refuses_a_head_that_was_changed(events, change):
    heads.keep()
    line = json.loads(heads.heads_file().read_text())
    heads.heads_file().write_text(json.dumps(line | change) + "\n")
    with pytest.raises(CommandError, match="has not signed"):
        call_command("audit_verify")


def test_command_reads_heads_that_were_sent(events, tmp_path, by_hand, settings, capsys):
    """The site's own file is gone, but an auditor has the mails."""
    heads.keep()
    sent = tmp_path / "sent.jsonl"
    heads.heads_file().rename(sent)
    by_hand("DELETE FROM audit_link WHERE event_number = %s", events[-1].pk)
    by_hand("DELETE FROM audit_event WHERE id = %s", events[-1].pk)
    with pytest.raises(CommandError):
        call_command("audit_verify", heads=[sent])
    assert "removed (head of" in capsys.readouterr().err
    with pytest.raises(CommandError, match="there is no"):
        call_command("audit_verify", heads=[tmp_path / "none"])
