"""Building the demonstration, building it again, taking it away."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from wagtail.models import Page, WorkflowState

from documents.models import Document, RegistryNumber
from intranet.access.queries import can_see
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role, has_role
from intranet.demonstration.actions import account_names, build, remove
from intranet.demonstration.manifest import checksum_of
from intranet.demonstration.models import DemonstrationItem, DemonstrationState
from organizations.models import Body, District, Membership, Organization, Person
from pages.bylaws.models import BylawPage
from pages.districts.models import DistrictPage
from pages.meetings.models import MeetingPage, Resolution
from pages.members.models import MemberPage
from pages.memoranda.models import MemorandumPage
from pages.news.models import NewsPage
from tests import factories
from tests.intranet.demonstration.conftest import PASSWORD

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.django_db]


def quiet(text):
    """Say nothing."""


def user(name):
    return User.objects.get(username=name)


def test_build_makes_the_institution():
    assert District.objects.count() == 22
    assert DistrictPage.objects.filter(live=True).count() == 22
    assert MemberPage.objects.filter(live=True).count() == 12
    assert Resolution.objects.filter(meeting__body__name="قرارگاه اجتماعی", meeting__live=True).count() == 40
    assert NewsPage.objects.filter(live=True).count() >= 25
    assert BylawPage.objects.filter(live=True).count() >= 7
    memorandum = MemorandumPage.objects.get(locale__language_code="fa")
    counts = [memorandum.obligations.filter(obligor=side).count() for side in ("first", "second", "joint")]
    assert counts == [3, 6, 2]
    founding = MeetingPage.objects.get(session_number="۹۰")
    assert founding.held_on.isoformat() == "2008-04-08"
    assert Page.objects.filter(locale__language_code="en", live=True).count() >= 4


def test_build_publishes_through_revisions():
    for page in BylawPage.objects.filter(live=True):
        assert page.live_revision_id == page.latest_revision_id is not None


def test_accounts_hold_their_one_role():
    assert len(account_names()) == 15
    for name, role in [
        ("editor", Role.EDITOR),
        ("legal", Role.LEGAL_REVIEWER),
        ("council3", Role.COUNCIL_MEMBER),
        ("staff", Role.HQ_STAFF),
        ("district1", Role.DISTRICT_SECRETARY),
        ("ngo1-rep", Role.NGO_REPRESENTATIVE),
        ("ngo2-member", Role.NGO_MEMBER),
        ("auditor", Role.AUDITOR),
        ("admin2", Role.ADMINISTRATOR),
    ]:
        account = user(name)
        assert has_role(account, role)
        assert account.groups.filter(name__in=GROUP_NAMES.values()).count() == 1
        assert not account.is_superuser
        assert account.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("ngo1-member", True),
        ("ngo1-rep", True),
        ("district1", True),
        ("staff", True),
        ("auditor", True),
        ("ngo2-member", False),
        ("ngo2-rep", False),
        ("editor", False),
        ("council1", False),
        ("admin", False),
    ],
)
def test_private_page_and_file_of_ngo1(name, sees):
    organization = Organization.objects.get(name="انجمن یاوران محله")
    assert can_see(user(name), MemberPage.objects.get(organization=organization)) is sees
    assert (
        can_see(
            user(name), Document.objects.get(organization=organization, title__startswith="پرونده سالانه")
        )
        is sees
    )


def test_queues_are_not_empty():
    waiting = {
        state.content_object.title.split()[0]: state.current_task_state.task.specific.name
        for state in WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    }
    assert set(waiting) == {"آیین‌نامه", "شیوه‌نامه"}
    assert len(set(waiting.values())) == 2


def test_numbers_in_the_year_of_each_text():
    assert BylawPage.objects.get(title__startswith="مصوبه تشکیل ستاد").number == "1387/110/1"
    assert not BylawPage.objects.filter(live=True, number="").exists()
    assert not MeetingPage.objects.filter(number="").exists()


def test_closed_session_by_role():
    closed = MeetingPage.objects.get(openness="closed")
    assert can_see(user("council1"), closed)
    assert not can_see(user("ngo1-member"), closed)


def test_build_again_changes_nothing():
    before = [(item.pk, item.checksum) for item in DemonstrationItem.objects.all()]
    pages = list(Page.objects.values_list("pk", "latest_revision_id"))
    assert build(PASSWORD, quiet).made == 0
    DemonstrationState.objects.all().delete()  # even when every object is gone through again
    assert build(PASSWORD, quiet).made == 0
    assert [(item.pk, item.checksum) for item in DemonstrationItem.objects.all()] == before
    assert list(Page.objects.values_list("pk", "latest_revision_id")) == pages


def test_build_again_leaves_removed_and_changed_alone():
    NewsPage.objects.first().delete()
    count = NewsPage.objects.count()
    bylaw = BylawPage.objects.filter(live=True).first()
    bylaw.title = "عنوان تازه"
    bylaw.save_revision().publish()
    DemonstrationState.objects.all().delete()
    build(PASSWORD, quiet)
    assert NewsPage.objects.count() == count
    bylaw.refresh_from_db()
    assert bylaw.title == "عنوان تازه"


def test_build_again_with_new_password_sets_it_where_ours():
    own = user("legal")
    own.set_password("their own password")
    own.save()
    assert build("another password", quiet).password == "another password"
    assert user("editor").check_password("another password")
    assert user("legal").check_password("their own password")


def test_build_production_refused(settings):
    settings.DEMONSTRATION_ALLOWED = False
    with pytest.raises(PermissionDenied):
        build(PASSWORD, quiet)
    with pytest.raises(CommandError, match="production"):
        call_command("demo", verbosity=0)


def test_every_item_is_unchanged_after_the_build():
    for item in DemonstrationItem.objects.all():
        assert item.checksum == checksum_of(item.made_object), item.key


def test_remove_keeps_what_people_made():
    changed = NewsPage.objects.first()
    changed.title = "خبر ویراستار"
    changed.save_revision().publish()
    own_page = factories.add_page(factories.section("news"), NewsPage, owner=user("editor"))
    ngo = Organization.objects.get(name="همیاران سبز جنوب")
    own_person = Person.objects.create(name="عضو تازه")
    seat = Membership.objects.create(person=own_person, organization=ngo)
    result = remove(quiet)
    assert "خبر ویراستار" in result.kept
    assert ngo.name in result.kept
    assert set(NewsPage.objects.values_list("pk", flat=True)) == {changed.pk, own_page.pk}
    assert Membership.objects.get() == seat
    assert not User.objects.filter(username__in=account_names()).exists()
    assert not Document.objects.exists()
    assert not Body.objects.exists()
    assert factories.home().get_children().count() == 8
    assert all(number.void_reason for number in RegistryNumber.objects.all())
    assert [item.made_object for item in DemonstrationItem.objects.all()] == [ngo.district, ngo]
