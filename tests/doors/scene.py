"""One object of each model in each state: what the addresses of the table are about."""

import datetime
import io
from datetime import timedelta
from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from PIL import Image as Picture
from wagtail.models import Locale, Page, PageViewRestriction, Site, Task, Workflow
from wagtail_localize.models import Translation, TranslationSource

from documents.actions import add_document
from documents.models import Folder, Image
from intranet.access import asking, glass
from intranet.access.models import AccessRequest
from intranet.accounts import actions as accounts
from intranet.accounts import proposals, tokens
from intranet.accounts.invitations import link_of
from intranet.accounts.models import Proposal
from intranet.accounts.roles import GROUP_NAMES, Role
from organizations import invitations, sharing
from organizations.mandates import Relocation
from organizations.models import Body, Membership, Person, Post, Representative
from pages.bylaws.models import Amendment, BylawPage
from pages.conduct.models import Meeting
from pages.districts.models import DistrictPage
from pages.following.models import FollowUp
from pages.meetings.models import MeetingPage, Resolution
from pages.members.models import MemberPage
from pages.memoranda.models import Evidence, MemorandumPage, Obligation
from pages.news.models import NewsPage
from pages.sections.models import SectionPage
from pages.threads import actions as threads
from search import saving
from search.models import PinnedAnswer, Synonym
from tests import factories
from tests.doors.conftest import CANARY
from workflows import actions


def build():
    """The scene; its parts are what the path templates of the table name."""
    scene = SimpleNamespace()
    scene.district, scene.other_district = factories.make_district(3), factories.make_district(4)
    scene.organization = factories.make_organization(scene.district)
    scene.other_organization = factories.make_organization(scene.other_district)
    scene.headquarters = factories.make_organization(kind="headquarters")
    _pages(scene)
    _offices(scene)
    _files(scene)
    _threads(scene)
    _meetings(scene)
    _numbers(scene)
    _knocks(scene)
    return scene


def _knocks(scene):
    """A request for access to the NGO's page, passed on to those who answer it, and glass broken before it."""
    asker, page = factories.make_user("editor"), scene.member.specific
    scene.knock = AccessRequest.objects.create(asker=asker, path=page.url)
    asking.pass_on([SimpleNamespace(key=str(scene.knock.pk))])
    reason = "شکایتی رسیده است و نماینده در دسترس نیست."
    scene.opening = glass.break_glass(factories.make_user("administrator"), page, reason, page.url)


def _pages(scene):
    add, section = factories.add_page, factories.section
    scene.home, scene.members = factories.home(), section("members")
    scene.meeting_index = section("meetings")
    body = factories.make_body(kind=Body.Kind.WORKGROUP, district=scene.district)
    scene.about = add(section("about"), SectionPage)
    scene.bylaw = add(section("bylaws"), BylawPage, source="ماده ۱ ـ متن.")
    scene.amendment = Amendment.objects.create(
        bylaw=scene.bylaw, verb="repeal", eid="art_1", on=datetime.date(2050, 1, 1), title="مصوبه"
    )
    scene.inner_bylaw = add(section("bylaws"), BylawPage, source="ماده ۱ ـ متن.")
    PageViewRestriction.objects.create(page=scene.inner_bylaw, restriction_type="login")
    scene.draft = add(section("bylaws"), BylawPage, live=False)
    scene.district_draft = add(section("bylaws"), BylawPage, live=False, district=scene.district)
    scene.meeting = add(section("meetings"), MeetingPage, body=body)
    scene.closed_meeting = add(section("meetings"), MeetingPage, body=body, openness="closed")
    scene.memorandum = add(section("memoranda"), MemorandumPage, is_public=True)
    scene.quiet_memorandum = add(section("memoranda"), MemorandumPage, is_public=False)
    scene.owed = _owed(scene.memorandum, scene)
    scene.quietly_owed = _owed(scene.quiet_memorandum, scene)
    scene.district_page = add(section("districts"), DistrictPage, district=scene.district)
    scene.news = add(section("news"), NewsPage)
    scene.member = add(
        section("members"), MemberPage, organization=scene.organization, title=CANARY, slug="canary"
    )
    scene.withdrawn_member = add(
        section("members"), MemberPage, live=False, organization=scene.organization, title=CANARY
    )
    scene.login_page = add(section("about"), SectionPage)
    PageViewRestriction.objects.create(page=scene.login_page, restriction_type="login")
    scene.group_page = add(section("about"), SectionPage)
    restriction = PageViewRestriction.objects.create(page=scene.group_page, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=GROUP_NAMES[Role.COUNCIL_MEMBER]))
    scene.author = factories.make_user("editor")
    scene.submitted = add(section("bylaws"), BylawPage, live=False, owner=scene.author)
    scene.state = actions.submit(scene.submitted, scene.author)
    scene.step = scene.state.current_task_state


def _owed(page, scene):
    """Something shown for an obligation of the headquarters, which the own organisation is to judge."""
    page.first_party, page.second_party = scene.headquarters, scene.organization
    page.obligations.add(Obligation(obligor="first", text="معرفی سازمان‌ها"))
    page.save_revision().publish(skip_permission_checks=True)
    return Evidence.objects.create(
        memorandum=page,
        reference=page.obligations.get().reference,
        words="فهرست فرستاده شد.",
        done_on=datetime.date(2023, 7, 23),
        side="first",
    )


def _offices(scene):
    """A row of each kind that the offices' screens keep."""
    scene.office_body = factories.make_body()
    scene.post = Post.objects.create(title="رئیس", body=scene.office_body)
    scene.person = Person.objects.create(name="شخص آزمون")
    scene.seat = Membership.objects.create(person=scene.person, body=scene.office_body, post=scene.post)
    scene.waiting_seat = Membership.objects.create(
        person=scene.person, organization=scene.organization, state=Membership.State.WAITING
    )
    scene.relocation = Relocation.objects.create(
        organization=scene.organization, district=scene.other_district, kind=scene.organization.kind
    )
    scene.mandate = Representative.objects.create(person=scene.person, organization=scene.organization)
    scene.ngo_seat = Membership.objects.create(person=scene.person, organization=scene.organization)
    scene.folder = Folder.objects.create(organization=scene.organization, name="گزارش‌ها")
    scene.finance_folder = Folder.objects.create(organization=scene.organization, name="مالی", finance=True)


def _files(scene):
    def document(audience, **more):
        return add_document(
            file=SimpleUploadedFile(f"{audience}.txt", f"متن {audience}".encode()),
            title=f"پرونده {audience}",
            uploaded_by=None,
            audience=audience,
            **more,
        )

    scene.public_file, scene.inner_file = document("public"), document("signed_in")
    scene.staff_file = document("staff")
    scene.shared_file = document("staff")
    sharing.share(None, scene.shared_file, [scene.organization], [])
    own = {"organization": scene.organization, "district": scene.district}
    scene.private_file = document("organization", **own)
    scene.finance_file = document("organization", **own, folder=scene.finance_folder)
    for audience, name in (
        ("public", "public_image"),
        ("signed_in", "image"),
        ("organization", "private_image"),
    ):
        drawing = io.BytesIO()
        Picture.new("RGB", (8, 8), "teal").save(drawing, "PNG")
        image = Image.objects.create(
            title=name,
            file=ImageFile(drawing, f"{name}.png"),
            audience=audience,
            organization=scene.organization if audience == "organization" else None,
        )
        setattr(scene, name, image)
        setattr(scene, f"{name}_rendition", image.get_rendition("width-4"))


def _threads(scene):
    """A thread with an attachment, one more below a hidden message, and the link of an approved letter."""

    def file(name):
        return [SimpleUploadedFile(f"{name}.txt", f"متن {name}".encode())]

    head = factories.make_representative(scene.organization)
    scene.thread = threads.open_thread(
        head, scene.organization, subject="پرسش", body="متن", files=file("paivast")
    )
    scene.message = scene.thread.messages.get()
    scene.attachment = scene.message.attachments.get()
    hidden = threads.reply(head, scene.thread.pk, "پنهان")
    below = threads.reply(head, scene.thread.pk, "زیر پنهان", file("nahan"), hidden.pk)
    scene.hidden_message, scene.below_hidden = hidden, below
    threads.hide(factories.make_user("hq_staff"), hidden.pk, "آزمون")
    scene.hidden_attachment = below.attachments.get()
    named = Representative.objects.create(
        person=Person.objects.create(name="نام‌برده"),
        organization=scene.organization,
        invite_to="known@test.invalid",
        state=Representative.State.APPROVED,
    )
    scene.named_letter, scene.join_link = named, invitations.link_of(named)


def _meetings(scene):
    """A meeting of a body of the district in each state that has doors of its own."""
    body = factories.make_body(kind=Body.Kind.WORKGROUP, district=scene.district)
    day = datetime.date(2026, 1, 1)
    scene.invited = Meeting.objects.create(body=body, title="دعوت", day=day)
    scene.sitting = Meeting.objects.create(
        body=body, title="نشست", day=day, state=Meeting.State.HELD, rule_members=5, rule_majority="of_present"
    )
    scene.correcting = Meeting.objects.create(
        body=body,
        title="اصلاح",
        day=day,
        state=Meeting.State.CORRECTION,
        rule_members=5,
        rule_majority="of_present",
    )
    scene.correction = scene.correcting.corrections.create(
        author=factories.make_user("editor"), key="m.minutes"
    )
    scene.decision, scene.closed_decision = (
        Resolution.objects.create(meeting=page, number="1", title="مصوبه", text="متن")
        for page in (scene.meeting, scene.closed_meeting)
    )
    scene.follow_up = FollowUp.objects.create(
        resolution=scene.decision, title="اقدام", owner_organization=scene.organization, due_on=day
    )
    scene.evidence = scene.follow_up.evidence.create(text="گزارش", on=day, progress=10)


def _numbers(scene):
    """Numbers of what the admin's addresses name."""
    scene.user = factories.make_user("editor")
    scene.group = Group.objects.get(name=GROUP_NAMES[Role.EDITOR])
    scene.token = tokens.make(scene.user, "برنامه", timedelta(days=1))[0]  # nobody else's to revoke
    invitation = accounts.invite(None, email="invited@test.invalid")
    scene.invitation_user = invitation.user
    scene.invitation_link = link_of(invitation).rstrip("/").rpartition("/")[2]  # its signature is the key
    reason, kind = "آزمون", Proposal.Kind.RESET_SECOND_FACTOR
    scene.proposal = proposals.propose(factories.make_user("administrator"), scene.user, kind, reason)
    scene.saved = saving.save(scene.user, QueryDict("q=x"))
    scene.feed_secret = saving.open_feed(scene.saved)  # who has the address, reads: its secret is the key
    scene.root = Page.get_first_root_node()
    scene.locale = Locale.objects.get(language_code="en")
    scene.site = Site.objects.get(is_default_site=True)
    scene.synonym = Synonym.objects.create(terms="سمن\nسازمان مردم‌نهاد")
    scene.pinned = PinnedAnswer.objects.create(questions="دبیرخانه")
    scene.workflow, scene.task = Workflow.objects.first(), Task.objects.first()
    # A page is translated below a translation of its parent.
    _translate(factories.section("news"), scene.locale)
    scene.translation = _translate(scene.news, scene.locale)
    scene.source = scene.translation.source


def _translate(page, locale):
    source, _ = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
    translation.save_target(publish=False)
    return translation
