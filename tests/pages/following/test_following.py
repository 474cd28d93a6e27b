"""Resolutions live on: notified, objected to, followed up by their owners, at a glance on the board."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from intranet.access.queries import can_see
from intranet.notifications.models import Notice
from organizations.models import Membership, Person
from organizations.signals import account_joined
from pages.conduct.exceptions import Refused
from pages.following import actions, policies
from pages.following.models import Evidence, FollowUp, StandingState, state_of
from pages.meetings.models import MeetingPage, Resolution
from tests import factories

pytestmark = pytest.mark.django_db


def today(days=0):
    return timezone.localdate() + datetime.timedelta(days=days)


def publish(count=1, **fields):
    """A published meeting with so many passed resolutions."""
    page = factories.add_page(factories.section("meetings"), MeetingPage, held_on=today(-40), **fields)
    page.resolutions = [
        Resolution(number=f"{n}", title=f"مصوبه {n}", text="متن", core_actors="سازمان الف")
        for n in range(count)
    ]
    page.save_revision().publish(skip_permission_checks=True)
    return MeetingPage.objects.get(pk=page.pk)


@pytest.fixture
def staff(site):
    return factories.make_user("hq_staff")


@pytest.fixture
def resolution(site):
    return publish().resolutions.get()


@pytest.fixture
def owner(site):
    user = factories.make_representative(factories.make_organization(name="سازمان الف"))
    user.first_name, user.last_name = "گزارشگر", "آزمونی"
    user.save()
    return user


@pytest.fixture
def follow_up(resolution, staff, owner):
    organization = owner.person.mandates.get().organization
    return actions.add_follow_up(
        staff, resolution.pk, title="تهیه گزارش", owner_organization=organization, due_on=today(-1), weight=2
    )


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_notified_resolution_binds_without_any_job(resolution, staff):
    actions.notify_resolution(staff, resolution.pk, today(-15))
    assert state_of(again(resolution)) == StandingState.BINDING
    assert state_of(again(resolution), today(-1)) == StandingState.OBJECTION_PERIOD


@pytest.mark.parametrize(
    "role",
    [
        "editor",
        "district_secretary",
        "legal_reviewer",
        "council_member",
        "auditor",
        "administrator",
        "ngo_member",
    ],
)
def test_notify_by_another_role_is_refused(resolution, role):
    with pytest.raises(Refused):
        actions.notify_resolution(factories.make_user(role), resolution.pk, today())


def test_secretaries_of_the_body_and_of_its_district_lead_its_resolutions(site):
    district = factories.make_district(3)
    body = factories.make_body(district=district)
    row = publish(body=body).resolutions.get()
    of_district, of_body, member = (
        factories.make_secretary(district),
        factories.make_user(),
        factories.make_user(),
    )
    office = Membership.objects.get(person__user=of_district).body
    for seat, user in ((body, of_body), (body, member)):
        Membership.objects.create(person=factories.person_of(user), body=seat, is_secretary=user == of_body)
    clerk = factories.make_user("district_secretary")
    Membership.objects.create(person=factories.person_of(clerk), body=office)
    elsewhere = factories.make_secretary(factories.make_district(4))
    found = [policies.leads(user, row) for user in (of_district, of_body, member, clerk, elsewhere)]
    assert found == [True, True, False, False, False]
    assert not policies.leads(AnonymousUser(), row)


def test_notify_twice_or_in_the_future_is_refused(resolution, staff):
    with pytest.raises(Refused):
        actions.notify_resolution(staff, resolution.pk, today(1))
    actions.notify_resolution(staff, resolution.pk, today())
    with pytest.raises(Refused):
        actions.notify_resolution(staff, resolution.pk, today())


def test_objection_stops_and_is_settled_by_another(resolution, staff):
    actions.notify_resolution(staff, resolution.pk, today(-3))
    actions.object_to(staff, resolution.pk, "فرمانداری", "مغایرت با قانون")
    assert state_of(again(resolution), today(300)) == StandingState.STOPPED
    with pytest.raises(Refused, match="همکار شما"):
        actions.settle(staff, resolution.pk, upheld=False, words="رد شد")
    actions.settle(factories.make_user("hq_staff"), resolution.pk, upheld=False, words="رد شد")
    assert state_of(again(resolution), today(300)) == StandingState.BINDING


def test_objection_after_the_period_is_refused(resolution, staff):
    actions.notify_resolution(staff, resolution.pk, today(-15))
    with pytest.raises(Refused):
        actions.object_to(staff, resolution.pk, "فرمانداری", "دیر")


def test_follow_up_is_overdue_until_its_evidence_is_accepted(follow_up, staff, owner):
    assert again(follow_up).is_overdue
    evidence = actions.report(owner, follow_up.pk, text="انجام شد", on=today(), progress=100)
    assert again(follow_up).is_overdue
    actions.decide(staff, evidence.pk, accept=True)
    row = again(follow_up)
    assert (row.is_overdue, row.done_on, row.progress) == (False, today(), 100)


def test_evidence_is_not_accepted_by_its_reporter_nor_declined_in_silence(follow_up, staff):
    evidence = actions.report(staff, follow_up.pk, text="انجام شد", on=today(), progress=50)
    with pytest.raises(Refused):
        actions.decide(staff, evidence.pk, accept=True)
    colleague = factories.make_user("hq_staff")
    with pytest.raises(Refused):
        actions.decide(colleague, evidence.pk, accept=False)
    actions.decide(colleague, evidence.pk, accept=False, answer="پیوست ندارد")
    assert (again(follow_up).progress, again(evidence).state) == (0, Evidence.State.DECLINED)


@pytest.mark.parametrize("answer", ["پیوست\x00 ندارد", "ب" * 501])
def test_odd_answer_is_refused_in_words(follow_up, staff, client_of, answer):
    evidence = actions.report(staff, follow_up.pk, text="انجام شد", on=today(), progress=50)
    client = client_of("hq_staff")
    response = client.post(reverse("following:decide", args=[follow_up.pk, evidence.pk]), {"answer": answer})
    assert response.status_code == 302
    assert again(evidence).state == Evidence.State.WAITING


def test_report_by_another_organization_is_refused(follow_up):
    other = factories.make_representative(factories.make_organization())
    with pytest.raises(Refused):
        actions.report(other, follow_up.pk, text="x", on=today(), progress=1)


def test_follow_up_tells_its_owner(follow_up, owner):
    assert Notice.objects.filter(recipient=owner, url=follow_up.get_absolute_url()).exists()


@pytest.mark.parametrize(("public", "anonymous"), [(True, True), (False, False)])
def test_reader_of_a_follow_up(follow_up, owner, public, anonymous):
    FollowUp.objects.get(pk=follow_up.pk)
    follow_up.is_public = public
    follow_up.save()
    assert can_see(None, follow_up) == anonymous
    assert can_see(owner, follow_up)
    assert can_see(factories.make_user("ngo_member"), follow_up) == anonymous


def test_reader_of_a_public_follow_up_of_minutes_that_close(follow_up):
    follow_up.is_public = True
    follow_up.save()
    page = follow_up.resolution.meeting
    page.openness = "closed"
    page.save_revision().publish(skip_permission_checks=True)
    assert not can_see(None, follow_up)


def test_notify_before_the_session_is_refused(resolution, staff):
    with pytest.raises(Refused, match="پیش از روز جلسه"):
        actions.notify_resolution(staff, resolution.pk, today(-41))
    actions.notify_resolution(staff, resolution.pk, today(-40))


def test_done_follow_up_stays_done_when_an_earlier_report_is_accepted_later(follow_up, staff, owner):
    half = actions.report(owner, follow_up.pk, text="نیمه", on=today(-5), progress=50)
    whole = actions.report(owner, follow_up.pk, text="همه", on=today(-2), progress=100)
    for each in (whole, half):
        actions.decide(staff, each.pk, accept=True)
    row = again(follow_up)
    assert (row.progress, row.done_on, row.last_evidence_on) == (100, today(-2), today(-2))


def test_follow_up_closes_and_opens_with_the_pages_above_it(follow_up):
    follow_up.is_public = True
    follow_up.save()
    index = factories.section("meetings")
    restriction = PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert not can_see(None, follow_up)
    restriction.delete()
    assert can_see(None, follow_up)
    PageViewRestriction.objects.create(page=factories.section("news"), restriction_type="login")
    follow_up.resolution.meeting.move(factories.section("news"), pos="last-child")
    assert not can_see(None, follow_up)


def test_secretariat_of_the_district_to_which_the_owner_moves_reads(follow_up):
    district = factories.make_district(5)
    secretary = factories.make_secretary(district)
    assert not can_see(secretary, follow_up)
    follow_up.owner_organization.district = district
    follow_up.owner_organization.save()
    assert can_see(again(secretary), follow_up)


@pytest.mark.parametrize("joined", ["saved", "told"])
def test_owner_reads_from_the_day_he_has_an_account(resolution, staff, joined):
    person = Person.objects.create(name="مسئول")
    row = actions.add_follow_up(staff, resolution.pk, title="کار", owner_person=person, due_on=today())
    user = factories.make_user()
    assert not can_see(user, row)
    if joined == "saved":
        person.user = user
        person.save()
    else:
        Person.objects.filter(pk=person.pk).update(user=user)
        account_joined.send(sender=Person, person=person)
    assert can_see(again(user), row)


@pytest.mark.parametrize("change", ["dropped", "dead", "renumbered"])
def test_followed_resolution_stays_whatever_revision_is_published(follow_up, change):
    page = MeetingPage.objects.get(pk=follow_up.resolution.meeting_id)
    revision = page.save_revision()
    row = revision.content["resolutions"][0]
    if change == "dropped":
        revision.content["resolutions"] = []
    else:
        row["pk"] = 987_654 if change == "dead" else None
        row["number"] = row["number"] if change == "dead" else "99"
    revision.save()
    revision.publish(skip_permission_checks=True)
    assert again(follow_up).resolution_id == follow_up.resolution_id
    assert page.resolutions.count() == (2 if change == "renumbered" else 1)


def test_everyone_reads_only_accepted_evidence_without_names(follow_up, staff, owner, client, client_of):
    follow_up.is_public = True
    follow_up.save()
    for text, accept in (("گزارش پذیرفته", True), ("گزارش رد شده", False)):
        evidence = actions.report(owner, follow_up.pk, text=text, on=today(), progress=50)
        actions.decide(staff, evidence.pk, accept=accept, answer="پاسخ محرمانه")
    actions.report(owner, follow_up.pk, text="گزارش منتظر", on=today(), progress=60)
    hidden = ("گزارش رد شده", "گزارش منتظر", "پاسخ محرمانه", owner.get_full_name())
    for reader in (client, client_of("ngo_member")):
        html = reader.get(follow_up.get_absolute_url()).content.decode()
        assert "گزارش پذیرفته" in html
        assert not [words for words in hidden if words in html]
    for reader in (owner, staff, "auditor"):
        html = client_of(reader).get(follow_up.get_absolute_url()).content.decode()
        assert all(words in html for words in ("گزارش پذیرفته", *hidden))


def test_resolution_keeps_its_follow_ups_when_an_older_form_of_the_page_is_published(follow_up):
    page = MeetingPage.objects.get(pk=follow_up.resolution.meeting_id)
    revision = page.save_revision()
    for row in revision.content["resolutions"]:
        row["pk"] = None
    revision.save()
    revision.publish(skip_permission_checks=True)
    assert FollowUp.objects.get(pk=follow_up.pk).resolution.meeting_id == page.pk
    assert page.resolutions.count() == 1


def test_page_of_a_resolution_leads_staff_on_and_shows_nobody_else_the_way(
    resolution, staff, client_of, client
):
    address = f"/resolutions/{resolution.pk}/"
    assert "افزودن پیگیری" not in client.get(address).content.decode()
    signed_in = client_of(staff)
    assert "ثبت ابلاغ" in signed_in.get(address).content.decode()
    answer = signed_in.post(f"{address}act/", {"act": "notify", "on": "۱۴۰۵/۱۳/۴۰"})
    assert answer.status_code == 400
    assert "۱۴۰۵/۱۳/۴۰" in answer.content.decode()


def test_follow_up_with_two_owners_is_refused_in_words(resolution, staff, owner, client_of):
    body = factories.make_body()
    organization = owner.person.mandates.get().organization
    data = {"title": "کار", "owner_body": body.pk, "owner_organization": organization.pk, "weight": 1}
    answer = client_of(staff).post(
        f"/resolutions/{resolution.pk}/follow-ups/new/", data | {"due_on": "1405/12/01"}
    )
    assert answer.status_code == 400
    assert "یک مسئول برگزینید" in answer.content.decode()
    assert not FollowUp.objects.exists()


def test_board_counts_each_facet_within_the_others(site, staff, client):
    council = factories.make_body(name="شورای الف", district=factories.make_district(3))
    first = publish(2, body=council)
    publish(1)
    actions.notify_resolution(staff, first.resolutions.first().pk, today(-20))
    context = client.get("/resolutions/", {"body": council.pk}).context
    assert len(context["rows"]) == 2
    states = {choice.label: choice.count for choice in context["facets"][0].choices}
    assert states == {"لازم‌الاجرا": 1, "ابلاغ‌نشده": 1}
    assert len(client.get("/resolutions/", {"state": "binding", "core": "سازمان الف"}).context["rows"]) == 1
    assert (
        len(client.get("/resolutions/", {"district": council.district_id, "age": "30"}).context["rows"]) == 1
    )
    assert client.get("/resolutions/", {"state": "nonsense"}).context["rows"] == []


def test_board_shows_nothing_of_closed_sessions_to_others(site, client, client_of):
    publish(1, openness="closed", title="پنهان")
    assert client.get("/resolutions/").context["rows"] == []
    assert len(client_of("auditor").get("/resolutions/").context["rows"]) == 1


def test_board_takes_the_same_queries_for_few_and_for_many(site, client):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get("/resolutions/")
        return len(captured)

    publish(2)
    client.get("/resolutions/")
    few = queries()
    for _ in range(4):
        page = publish(20, body=factories.make_body())
        for row in page.resolutions.all():
            FollowUp.objects.create(
                resolution=row, title="کار", owner_body=page.body, due_on=today(), is_public=True
            )
    assert queries() == few
