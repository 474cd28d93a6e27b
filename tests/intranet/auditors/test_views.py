import csv
import datetime as dt
import io
import json
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from intranet.audit.actions import forget, record
from intranet.audit.models import Event
from intranet.auditors.queries import ON_A_SCREEN
from intranet.ui.calendar import to_jalali
from organizations.models import Person, Representative
from pages.members.models import MemberPage
from tests import factories
from tests.factories import make_organization, make_user

PATH = "/audit/"


@pytest.fixture
def organization(db):
    return make_organization()


@pytest.fixture
def negar(db):
    user = make_user("editor")
    user.first_name, user.last_name = "نگار", "محمدی"
    user.save()
    return user


def shown(response):
    """The numbers of the events on the screen."""
    return [row["event"].pk for row in response.context["rows"]]


def body(response):
    return b"".join(response.streaming_content).decode()


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_events_auditor_sees_everybodys(site, client_of, negar, organization, role):
    event = record(negar, "organizations.changed", organization)
    response = client_of(role).get(PATH)
    assert event.pk in shown(response)
    assert negar.get_username() in response.content.decode()


@pytest.mark.parametrize("role", ["ngo_member", "district_secretary", "editor", "hq_staff", "council_member"])
def test_events_others_see_their_own_only(site, client, role, negar, organization):
    me = make_user(role)
    client.force_login(me)
    mine, other = record(me, "page.read", organization), record(negar, "page.read", organization)
    record(negar, "account.roles_given", me, roles=["x"])
    for query in ("", f"?person={negar.pk}", f"?kind=organizations.Organization&target={organization.pk}"):
        response = client.get(PATH + query)
        assert mine.pk in shown(response)
        assert other.pk not in shown(response)
        assert negar.get_username() not in response.content.decode()


def test_events_anonymous_signs_in_first(site, client):
    assert client.get(PATH).status_code == 302
    assert client.post(f"{PATH}export/csv/").status_code == 302


@pytest.mark.parametrize("words", ["{u.pk}", "{u.username}", "نگار محمدی"])
def test_events_by_person(site, client_of, negar, organization, words):
    mine = record(negar, "organizations.changed", organization)
    other = record(make_user("editor"), "organizations.changed", organization)
    response = client_of("auditor").get(PATH, {"person": words.format(u=negar)})
    assert mine.pk in shown(response)
    assert other.pk not in shown(response)


def test_events_by_a_name_of_several_asks_which(site, client_of, negar):
    other = make_user("editor")
    other.first_name = "نگار"
    other.save()
    response = client_of("auditor").get(PATH, {"person": "نگار"})
    assert shown(response) == []
    assert f"person={negar.pk}" in response.content.decode()
    assert f"person={other.pk}" in response.content.decode()


def test_events_by_a_name_of_nobody_says_so(site, client_of):
    response = client_of("auditor").get(PATH, {"person": "هیچ‌کس", "since": "1404/01/01"})
    assert response.status_code == 422
    assert "هیچ‌کس" in response.content.decode()  # nothing of the question is lost
    assert "1404/01/01" in response.content.decode()


def test_events_by_act_and_object(site, client_of, negar, organization):
    changed = record(negar, "organizations.changed", organization)
    removed = record(negar, "organizations.removed", organization)
    client = client_of("auditor")
    assert shown(client.get(PATH, {"act": "organizations.changed"})) == [changed.pk]
    by_number = {"kind": "organizations.Organization", "target": organization.pk}
    assert shown(client.get(PATH, by_number)) == [removed.pk, changed.pk]
    assert shown(client.get(PATH, {"target": organization.name})) == [removed.pk, changed.pk]
    assert client.get(PATH, {"target": "هیچ"}).status_code == 422
    assert client.get(PATH, {"target": "12"}).status_code == 422


@pytest.mark.parametrize("role", ["ngo_member", "editor", "administrator"])
def test_events_by_a_title_that_is_not_his_answers_as_for_one_that_nobody_has(
    site, client_of, organization, role
):
    for number in "12":
        title = f"صندوق نهان {number}"
        factories.add_page(factories.section("members"), MemberPage, organization=organization, title=title)
    client = client_of(role)
    for words in ("صندوق نهان", "صندوق نهان 1"):
        for kind in ("", "members.MemberPage"):
            there = client.get(PATH, {"target": words, "kind": kind})
            nowhere = client.get(PATH, {"target": "صندوق نهفت", "kind": kind})
            assert there.status_code == nowhere.status_code == 422
            assert there.context["form"].objects == []
    auditor = client_of("auditor").get(PATH, {"target": "صندوق نهان"})
    assert [name for _, _, name in auditor.context["form"].objects] == ["صندوق نهان 1", "صندوق نهان 2"]


def test_events_by_a_name_without_a_rule_names_what_he_acted_on(site, client_of, organization):
    """An account, a person, an organization: whoever reads only his own acts asks of what is in them."""
    me, other = make_user("ngo_member"), make_organization()
    mine = record(me, "organizations.changed", organization)
    client = client_of(me)
    assert shown(client.get(PATH, {"target": organization.name})) == [mine.pk]
    assert client.get(PATH, {"target": other.name}).status_code == 422
    assert client.get(PATH, {"target": me.username, "kind": "accounts.User"}).status_code == 422


def test_events_administrator_reads_of_a_private_object_that_something_was_done_and_not_what(
    site, client_of, negar, organization
):
    private = factories.add_page(
        factories.section("members"), MemberPage, organization=organization, title="نهان ما"
    )
    public = factories.section("members")
    event = record(negar, "member_page.edited", private, changed={"summary": ["پیش", "رازهای ما"]})
    record(negar, "text.published", public, comment="یادداشت پیدا")
    for role, seen in (("administrator", False), ("auditor", True)):
        client = client_of(role)
        answer = client.get(PATH)
        assert event.pk in shown(answer)
        files = [body(client.post(f"{PATH}export/{kind}/")) for kind in ("csv", "jsonl")]
        for said in (answer.content.decode(), *files):
            assert ("نهان ما" in said) is seen
            assert ("رازهای ما" in said) is seen
            assert negar.get_username() in said
            assert public.title in said
            assert "یادداشت پیدا" in said


def test_events_administrator_reads_of_what_has_no_rule_that_something_was_done_and_not_what(
    site, client_of, negar, organization
):
    """Nothing opens an organization's row, a letter, a register to administrators; accounts they keep themselves."""
    closed = [
        record(negar, "organizations.changed", organization, changed={"field": ["پیش", "رازهای ما"]}),
        record(
            negar,
            "letter.filed",
            Representative.objects.create(
                person=Person.objects.create(name="رازهای ما"), organization=organization
            ),
            number="رازهای ما",
        ),
        record(negar, "access.asked", None, path="/fa/members/رازهای-ما/"),
        record(None, "clock.ran", None, name="رازهای ما"),
    ]
    opened = record(negar, "account.suspended", make_user("editor"), reason="سبب پیدا")
    for role, seen in (("administrator", False), ("auditor", True)):
        client = client_of(role)
        answer = client.get(PATH)
        assert {event.pk for event in [*closed, opened]} <= set(shown(answer))
        for said in (
            answer.content.decode(),
            *(body(client.post(f"{PATH}export/{kind}/")) for kind in ("csv", "jsonl")),
        ):
            assert ("رازهای" in said) is seen
            assert (organization.name in said) is seen
            assert "سبب پیدا" in said
            assert negar.get_username() in said


def test_events_administrator_does_not_find_by_name_what_has_no_rule(site, client_of, organization):
    assert client_of("administrator").get(PATH, {"target": organization.name}).status_code == 422
    assert client_of("auditor").get(PATH, {"target": organization.name}).status_code == 200


def test_events_administrator_reads_his_own_acts_whole(site, client_of, organization):
    me = make_user("administrator")
    private = factories.add_page(
        factories.section("members"), MemberPage, organization=organization, title="نهان ما"
    )
    record(me, "access.glass_broken", private, reason="دلیل من")
    said = client_of(me).get(PATH).content.decode()
    assert "نهان ما" in said
    assert "دلیل من" in said


def add_at(moment):
    event = Event(at=moment, verb="clock.ran")
    event.save()
    return event


def test_events_by_jalali_days(site, client_of):
    noon = dt.datetime(2022, 4, 6, 12, tzinfo=ZoneInfo("Asia/Tehran"))
    before, on, after = (add_at(noon + dt.timedelta(days=n)) for n in (-1, 0, 1))
    day = to_jalali(noon.date()).ascii()
    assert day == "1401/01/17"
    client = client_of("auditor")
    assert shown(client.get(PATH, {"since": day, "until": day})) == [on.pk]
    found = shown(client.get(PATH, {"until": "۱۴۰۱/۰۱/۱۷"}))
    assert found == [on.pk, before.pk]
    assert after.pk in shown(client.get(PATH, {"since": day}))
    assert client.get(PATH, {"since": "1401/13/45"}).status_code == 422
    assert client.get(PATH, {"since": day, "until": "1400/01/01"}).status_code == 422


def test_events_go_on_by_key(site, client_of, negar):
    """Events of the same moment too come once each, in both directions."""
    moment = timezone.now()
    total = 2 * ON_A_SCREEN + 7
    Event.objects.bulk_create(Event(at=moment, verb="clock.ran") for _ in range(total))
    client, pages, query = client_of("auditor"), [], {"act": ""}
    kind = {"since": to_jalali(timezone.localdate()).ascii()}
    while True:
        response = client.get(PATH, kind | query)
        pages.append(
            [number for number in shown(response) if Event.objects.get(pk=number).verb == "clock.ran"]
        )
        older = response.context["found"].older
        if older is None:
            break
        query = {"older": str(older)}
    numbers = [number for page in pages for number in page]
    assert len(numbers) == len(set(numbers)) == total
    assert numbers == sorted(numbers, reverse=True)
    back = client.get(PATH, kind | {"newer": str(response.context["found"].newer)})
    assert len(shown(back)) == ON_A_SCREEN
    assert set(shown(back)) & set(pages[-2])


@pytest.mark.parametrize("key", ["x", "1", "1-", "-1", "9" * 30 + "-1", "1-" + "9" * 30])
def test_events_a_broken_place_is_the_beginning(site, client_of, negar, key):
    event = record(negar, "page.read")
    assert event.pk in shown(client_of("auditor").get(PATH, {"older": key}))


def test_events_of_an_erased_person_are_found_by_number(site, client_of, negar):
    event = record(negar, "page.edited", None, comment="x")
    name = negar.get_username()
    forget(negar)
    response = client_of("auditor").get(PATH, {"person": negar.pk})
    assert event.pk in shown(response)
    assert f">{name}<" not in response.content.decode()


def test_events_take_few_queries(site, client, django_assert_max_num_queries):
    client.force_login(make_user("auditor"))
    for _ in range(20):
        record(make_user("editor"), "page.edited", make_user("editor"), reason="x")
    client.get(PATH)
    with django_assert_max_num_queries(14):
        client.get(PATH)


def test_export_csv_has_a_mark_and_every_row_and_is_recorded(site, client_of, negar, organization):
    for number in range(3):
        record(negar, "organizations.changed", organization, changed={"name": ["=1+1", number]})
    response = client_of("auditor").post(f"{PATH}export/csv/?person={negar.pk}")
    text = body(response)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 4
    assert negar.get_username() in rows[1]
    assert response.headers["Content-Disposition"].startswith("attachment")
    taken = Event.objects.get(verb="audit.exported")
    assert taken.detail["format"] == "csv"
    assert taken.detail["asked"] == {"actor": str(negar.pk)}


def test_export_csv_writes_no_formula(site, client_of):
    user = make_user("editor", username="=cmd")
    record(user, "page.read")
    rows = csv.reader(io.StringIO(body(client_of("auditor").post(f"{PATH}export/csv/?person={user.pk}"))))
    assert any("'=cmd" in row for row in rows)
    assert not any("=cmd" in row for row in rows)


def test_export_json_lines(site, client_of, negar):
    event = record(negar, "page.edited", None, comment="متن")
    response = client_of("auditor").post(f"{PATH}export/jsonl/?person={negar.pk}")
    [line] = body(response).splitlines()
    said = json.loads(line)
    assert (said["event"], said["actor_name"], said["detail"]) == (
        event.pk,
        negar.get_username(),
        {"comment": "متن"},
    )


def test_export_member_gets_his_own_only(site, client, negar):
    me = make_user("ngo_member")
    client.force_login(me)
    record(me, "page.read")
    record(negar, "page.read")
    said = [
        json.loads(line) for line in body(client.post(f"{PATH}export/jsonl/?person={negar.pk}")).splitlines()
    ]
    assert {line["actor"] for line in said} == {me.pk}


def test_export_of_a_kind_there_is_not(site, client_of):
    assert client_of("auditor").post(f"{PATH}export/exe/").status_code == 404
    assert client_of("auditor").get(f"{PATH}export/csv/").status_code == 405


def test_export_many_times_is_told_to_wait(site, client_of):
    client = client_of("auditor")
    answers = [client.post(f"{PATH}export/csv/") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
