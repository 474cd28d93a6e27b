import json

import pytest
from django.db import transaction

from intranet.audit.actions import forget, record
from intranet.audit.models import Event, Link, PersonKey
from intranet.audit.sealing import Personal, open_together
from organizations.models import Person
from tests.factories import make_organization, make_user


def stored(event):
    """Everything of the event as it lies in the database."""
    fresh = Event.objects.get(pk=event.pk)
    return json.dumps([fresh.actor_sealed, fresh.target_sealed, fresh.detail_sealed], ensure_ascii=False)


def test_record_keeps_names_beside_numbers(events):
    event = Event.objects.get(pk=events[0].pk)
    assert event.actor_name
    assert event.target_type == "organizations.Organization"
    assert event.target_name
    assert event.detail == {"field": 0}
    assert event.actor_name in str(event)


def test_record_of_the_system_itself(db):
    event = record(None, "clock.ran")
    assert (event.actor_id, event.actor_name, event.target_type) == (None, "", "")


def test_record_rolled_back_with_its_act(db, linked):
    events, links = Event.objects.count(), Link.objects.count()

    def fail():
        with transaction.atomic():
            record(None, "page.published")
            transaction.set_rollback(True)

    linked(fail)
    assert (Event.objects.count(), Link.objects.count()) == (events, links)


def test_record_costs_two_queries_of_a_known_person(db, django_assert_num_queries):
    actor, organization = make_user("editor"), make_organization()
    record(actor, "organization.changed", organization)
    with django_assert_num_queries(4):  # savepoint, key, event, savepoint
        record(actor, "organization.changed", organization, field="name")


def test_change_is_refused(events):
    event = Event.objects.get(pk=events[0].pk)
    event.verb = "x"
    with pytest.raises(TypeError, match="never changed"):
        event.save()
    with pytest.raises(TypeError, match="never removed"):
        event.delete()


def test_record_seals_whoever_acts_and_whoever_it_is_about(db):
    actor, about = make_user("administrator"), make_user("editor")
    event = record(actor, "account.changed", about, before={"email": "old@example.org"})
    for value in (actor.get_username(), str(about), "old@example.org"):
        assert value not in stored(event)
    event = Event.objects.get(pk=event.pk)
    assert event.actor_name == actor.get_username()
    assert event.target_name == str(about)
    assert event.detail == {"before": {"email": "old@example.org"}}


def test_record_seals_personal_values_within_a_detail(db):
    actor, other = make_user("editor"), make_user("editor")
    event = record(actor, "page.shared", None, to=[Personal(other, "نگار محمدی")], page="خبر")
    assert "نگار" not in stored(event)
    assert "خبر" in stored(event)
    assert Event.objects.get(pk=event.pk).detail == {"to": ["نگار محمدی"], "page": "خبر"}


def test_record_refuses_personal_values_of_what_is_no_person(db):
    with pytest.raises(TypeError, match="known to be a person"):
        record(None, "page.shared", None, to=Personal(make_organization(), "x"))


def test_record_text_that_looks_sealed_is_only_text(db):
    event = record(None, "page.shared", None, text="sealed:1:999:AAAA")
    assert Event.objects.get(pk=event.pk).detail["text"].strip() == "sealed:1:999:AAAA"


def test_record_person_without_account_has_a_key_of_his_own(db):
    person = Person.objects.create(name="بهرام کاظمی")
    event = record(None, "organizations.changed", person, after="x")
    assert "بهرام" not in stored(event)
    user = make_user("editor")
    person.user = user
    with_account = record(None, "organizations.changed", person)
    forget(user)
    assert Event.objects.get(pk=event.pk).target_name == "بهرام کاظمی"
    assert "بهرام" not in Event.objects.get(pk=with_account.pk).target_name


def test_forget_makes_every_value_unreadable_and_the_chain_still_verifies(db, linked, findings):
    actor, other = make_user("editor"), make_user("editor")

    def acts():
        return [
            record(actor, "page.edited", None, to=Personal(actor, "secret name")),
            record(other, "account.changed", actor, email="secret@example.org"),
            record(other, "page.edited", None),
        ]

    mine, of_me, theirs = linked(acts)
    ciphertext = stored(mine)
    assert linked(lambda: forget(actor, other)) is True
    mine, of_me, theirs = (Event.objects.get(pk=event.pk) for event in (mine, of_me, theirs))
    shown = str([mine.actor_name, mine.detail, of_me.target_name, of_me.detail])
    assert actor.get_username() not in shown
    assert "secret" not in shown
    assert mine.actor_id == actor.pk
    assert theirs.actor_name == other.get_username()
    assert stored(mine) == ciphertext
    assert findings() == []
    forgotten = Event.objects.get(verb="person.forgotten")
    assert (forgotten.target_id, forgotten.target_name, forgotten.actor_name) == (
        str(actor.pk),
        "",
        other.get_username(),
    )


def test_forget_oneself_leaves_no_new_key(db):
    user = make_user("editor")
    record(user, "page.edited")
    forget(user, user)
    assert not PersonKey.objects.filter(
        person__endswith=f":{user.pk}", person__startswith="accounts"
    ).exists()
    assert forget(user) is False


def test_forget_refuses_what_is_no_person(db):
    with pytest.raises(TypeError, match="known to be a person"):
        forget(make_organization())


def test_open_together_asks_once_for_all_keys(db, django_assert_num_queries):
    for number in range(3):
        record(make_user("editor"), "page.edited", make_user("editor"), number=number)
    people = Event.objects.filter(verb="page.edited", target_type="accounts.User")
    with django_assert_num_queries(2):
        names = [(event.actor_name, event.target_name, event.detail) for event in open_together(people)]
    assert len(names) == 3
    assert all(actor and target for actor, target, _detail in names)
