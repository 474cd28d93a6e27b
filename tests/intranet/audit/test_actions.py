import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from intranet.audit.actions import record
from intranet.audit.chain import GENESIS, broken_links
from intranet.audit.models import Event
from tests.factories import make_organization, make_user


@pytest.fixture
def events(db):
    """Three events after whatever was there."""
    actor = make_user("editor")
    organization = make_organization()
    return [record(actor, "organization.changed", organization, field=number) for number in range(3)]


def broken():
    return list(broken_links(Event.objects.order_by("id")))


def tamper(event, **values):
    """Change the row as somebody with the database in hand would."""
    Event.objects.filter(pk=event.pk).update(**values)


def test_record_chains_each_event_to_the_one_before(events):
    assert [event.previous for event in events[1:]] == [event.digest for event in events[:-1]]
    first = Event.objects.order_by("id").first()
    assert first.previous == GENESIS
    assert broken() == []


def test_record_keeps_names_beside_numbers(events):
    event = events[0]
    assert event.actor_name
    assert event.target_type == "organizations.Organization"
    assert event.target_name
    assert event.actor_name in str(event)


def test_record_of_the_system_itself(db):
    event = record(None, "clock.ran")
    assert (event.actor_id, event.actor_name, event.target_type) == (None, "", "")


def test_record_rolled_back_with_its_act(db):
    before = Event.objects.count()

    with transaction.atomic():
        record(None, "page.published")
        transaction.set_rollback(True)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "change",
    [{"verb": "x"}, {"actor_name": "somebody else"}, {"detail": {}}, {"target_id": "0"}],
    ids=["verb", "actor", "detail", "target"],
)
def test_verify_finds_what_was_changed(events, change):
    tamper(events[1], **change)
    assert broken() == [(events[1].pk, "its content was changed")]


def test_verify_finds_what_was_removed(events):
    Event.objects.filter(pk=events[1].pk)._raw_delete("default")
    assert broken() == [(events[2].pk, "the event before it is missing or was changed")]


def test_verify_finds_a_change_whose_hash_was_made_anew(events):
    from intranet.audit.chain import digest_of

    event = Event.objects.get(pk=events[0].pk)
    event.verb = "organization.deleted"
    tamper(event, verb=event.verb, digest=digest_of(event))
    assert [number for number, _ in broken()] == [events[1].pk]


def test_command_verify_whole_and_broken(events, capsys):
    call_command("audit_verify")
    assert "chain whole" in capsys.readouterr().out
    tamper(events[2], verb="x")
    with pytest.raises(CommandError, match="1 of"):
        call_command("audit_verify")


def test_change_is_refused(events):
    event = Event.objects.get(pk=events[0].pk)
    event.verb = "x"
    with pytest.raises(TypeError, match="never changed"):
        event.save()
    with pytest.raises(TypeError, match="never removed"):
        event.delete()


@pytest.mark.django_db(transaction=True)
def test_record_by_several_at_once_keeps_one_chain():
    errors = []

    def write():
        try:
            for _ in range(5):
                record(None, "clock.ran")
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert Event.objects.filter(verb="clock.ran").count() == 20
    assert broken() == []
