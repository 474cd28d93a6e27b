import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from intranet.audit import heads
from intranet.audit.chain import GENESIS, digest_of, link_left_over
from intranet.audit.models import Event, Link


def places(events):
    return [Link.objects.get(event_number=event.pk).position for event in events]


def test_links_follow_each_other_from_the_first(events, findings):
    first = Link.objects.order_by("position").first()
    assert (first.position, first.previous) == (1, GENESIS)
    assert findings() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {key} = {key}",
        "DELETE FROM {table}",
        "DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})",
    ],
    ids=["update", "delete-all", "delete-last"],
)
@pytest.mark.parametrize(("table", "key"), [("audit_event", "id"), ("audit_link", "position")])
def test_database_refuses_its_own_user(events, table, key, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table, key=key))


@pytest.mark.parametrize("table", ["audit_event", "audit_link"])
def test_database_refuses_what_its_vendor_adds(events, table):
    statement = (
        f"TRUNCATE {table}"
        if connection.vendor == "postgresql"
        else f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"  # noqa: S608
    )
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_check_says_when_the_triggers_are_gone(events, by_hand, capsys):
    by_hand("SELECT 1")
    with pytest.raises(CommandError, match="2 findings"):
        call_command("audit_verify")
    assert "audit_event_no_update" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "x"),
        ("actor_sealed", "somebody else"),
        ("detail_sealed", "{}"),
        ("target_id", "0"),
        ("at", "2020-01-01 00:00:00+00:00"),
    ],
)
def test_check_names_the_event_that_was_changed(events, by_hand, findings, column, value):
    by_hand(f"UPDATE audit_event SET {column} = %s WHERE id = %s", value, events[1].pk)  # noqa: S608
    assert findings() == [(events[1].pk, "its content was changed")]


def test_check_names_the_event_that_was_removed(events, by_hand, findings):
    by_hand("DELETE FROM audit_event WHERE id = %s", events[1].pk)
    [(number, reason)] = findings()
    assert number == events[1].pk
    assert "was removed" in reason


def test_check_names_the_places_removed_with_their_links(events, by_hand, findings):
    second = places(events)[1]
    by_hand("DELETE FROM audit_event WHERE id IN (%s, %s)", events[1].pk, events[2].pk)
    by_hand("DELETE FROM audit_link WHERE event_number IN (%s, %s)", events[1].pk, events[2].pk)
    assert findings() == [(None, f"places {second} to {second + 1} of the chain: removed")]


def test_check_knows_by_the_kept_head_that_the_last_were_removed(events, by_hand, findings):
    heads.keep()
    third, fourth = places(events)[2:]
    for event in events[2:]:
        by_hand("DELETE FROM audit_event WHERE id = %s", event.pk)
        by_hand("DELETE FROM audit_link WHERE event_number = %s", event.pk)
    [(number, reason)] = findings()
    assert number is None
    assert f"places {third} to {fourth} of the chain: removed (head of" in reason


def test_check_names_events_that_changed_places(events, by_hand, findings):
    """Two events swap their whole content, under their old numbers."""
    by_hand("UPDATE audit_event SET detail_sealed = %s WHERE id = %s", '{"field": 2}', events[1].pk)
    by_hand("UPDATE audit_event SET detail_sealed = %s WHERE id = %s", '{"field": 1}', events[2].pk)
    assert [number for number, _reason in findings()] == [events[1].pk, events[2].pk]


def test_check_names_links_that_changed_places(events, by_hand, findings):
    second, third = places(events)[1:3]
    for old, new in ((second, 10**9), (third, second), (10**9, third)):
        by_hand("UPDATE audit_link SET position = %s WHERE position = %s", new, old)
    named = {number for number, _reason in findings()}
    assert {events[1].pk, events[2].pk} <= named


def rewrite(by_hand, start):
    """Make all links from `start` on anew, as somebody would who has the source code."""
    previous = Link.objects.get(position=start - 1).digest if start > 1 else GENESIS
    for link in Link.objects.filter(position__gte=start).order_by("position"):
        digest = digest_of(Event.objects.get(pk=link.event_number), link.position, previous)
        by_hand(
            "UPDATE audit_link SET previous = %s, digest = %s WHERE position = %s",
            previous,
            digest,
            link.position,
        )
        previous = digest


def test_check_knows_by_the_kept_head_that_the_chain_was_written_anew(events, by_hand, findings):
    heads.keep()
    by_hand("UPDATE audit_event SET verb = 'x' WHERE id = %s", events[1].pk)
    rewrite(by_hand, places(events)[1])
    [(number, reason)] = findings()
    assert number is None
    assert "written anew" in reason


def test_check_names_an_event_put_beside_the_chain(events, by_hand, findings):
    by_hand(
        "INSERT INTO audit_event (at, actor_sealed, verb, target_type, target_id, target_sealed, detail_sealed)"
        " VALUES ('2020-01-01 00:00:00+00:00', '', 'page.read', '', '', '', '{}')"
    )
    beside = Event.objects.latest("pk")
    assert findings() == [(beside.pk, "is not in the chain")]


def test_command_whole_and_broken(events, by_hand, capsys):
    link_left_over()
    heads.keep()
    call_command("audit_verify")
    assert "chain whole, 1 heads agree" in capsys.readouterr().out
    by_hand("UPDATE audit_event SET verb = 'x' WHERE id = %s", events[2].pk)
    with pytest.raises(CommandError, match="not as it was written"):
        call_command("audit_verify")
    assert f"event {events[2].pk}: its content was changed" in capsys.readouterr().err
