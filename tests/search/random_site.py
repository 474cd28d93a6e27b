"""A random site for proofs about permission: every object carries a word of its own, so that a leak names itself."""

import datetime
import itertools
import re

from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from guardian.models import UserObjectPermission
from guardian.shortcuts import assign_perm
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from documents.actions import add_document
from documents.models import Document
from intranet.access.queries import visible_to
from intranet.accounts.roles import GROUP_NAMES, Role
from organizations.models import Membership
from pages.bylaws.models import BylawPage
from pages.meetings.models import MeetingPage
from pages.members.models import MemberPage
from pages.news.models import NewsPage
from pages.sections.models import SectionPage
from tests import factories

WORDS = ["بودجه", "پارک", "شورا", "محله", "کودک", "درخت"]
ROLES = (Role.EDITOR, Role.COUNCIL_MEMBER, Role.HQ_STAFF, Role.AUDITOR, Role.NGO_MEMBER)
CANARY = re.compile(r"zqx\d+")


class RandomSite:
    """A random site: its objects by the canary word each carries, and some people."""

    def __init__(self, rng):
        self.rng = rng
        self.numbers = itertools.count(1)
        self.canaries = {}
        self.districts = [factories.make_district(number) for number in (3, 7)]
        self.organizations = [
            factories.make_organization(rng.choice(self.districts), name=self._title()) for _ in range(2)
        ]
        self.people = [self._person() for _ in range(4)]
        self.people += [factories.make_secretary(self.districts[0]), AnonymousUser()]
        self.pages = []
        for _ in range(5):
            self.pages.append(self._section())
        for _ in range(3):
            self.pages.append(self._page("news", NewsPage, date=self._day()))
        self.pages += [
            self._page("members", MemberPage, organization=organization)
            for organization in self.organizations
        ]
        self.pages.append(self._page("bylaws", BylawPage, source=self._articles()))
        self.body = body = factories.make_body(district=self.districts[1], name=self._title())
        self.pages.append(
            self._page(
                "meetings",
                MeetingPage,
                held_on=self._day(),
                body=body,
                openness=rng.choice(["open", "closed"]),
            )
        )
        self.files = [self._file() for _ in range(3)]
        for _ in range(4):
            self.change()

    def _person(self):
        user = factories.make_user(*self.rng.sample(ROLES, self.rng.choice([0, 1, 1, 2])))
        today = timezone.localdate()
        Membership.objects.create(
            person=factories.person_of(user),
            organization=self.rng.choice(self.organizations),
            valid_from=today - datetime.timedelta(days=9),
            valid_to=self.rng.choice([None, today, today - datetime.timedelta(days=1)]),
        )
        return user

    def _day(self):
        return datetime.date(self.rng.choice([2011, 2015, 2022]), 5, 15)

    def _words(self, count=5):
        return " ".join(self.rng.choices(WORDS, k=count))

    def _title(self):
        return f"{self._words(1)} zqx{next(self.numbers)}"

    def _articles(self):
        number = next(self.numbers)
        lines = [f"ماده {n} ـ {self._words()} zqx{number}" for n in (1, 2, 3)]
        return "\n".join(lines)

    def _known(self, obj, *texts):
        for word in CANARY.findall(" ".join(texts)):
            self.canaries[word] = obj
        return obj

    def _page(self, slug, model, parent=None, **fields):
        parent = parent or factories.section(slug)
        title, summary = self._title(), f"{self._words()} zqx{next(self.numbers)}"
        live = self.rng.random() < 0.8
        fields["slug"] = f"p{next(self.numbers)}"  # an address names those above it by design: no words in it
        page = factories.add_page(parent, model, live=live, title=title, summary=summary, **fields)
        return self._known(page, title, summary, fields.get("source", ""))

    def _section(self):
        above = self.rng.choice([None, *self.pages])
        return self._page("about", SectionPage, Page.objects.get(pk=above.pk).specific if above else None)

    def _file(self):
        title, text = self._title(), f"{self._words()} zqx{next(self.numbers)}"
        audience = self.rng.choice(["public", "signed_in", "staff", "organization"])
        document = add_document(
            file=SimpleUploadedFile(f"{next(self.numbers)}.txt", text.encode()),
            title=title,
            uploaded_by=None,
            audience=getattr(Document.Audience, audience.upper()),
            organization=self.rng.choice(self.organizations),
        )
        return self._known(document, title, text)

    def change(self):
        """One change at random that opens or closes something."""
        self.rng.choice(
            [
                self._close_to_groups,
                self._close_to_strangers,
                self._close_collection,
                self._grant,
                self._unpublish,
                self._open,
                self._move,
                self._end_membership,
                self._take_grants_back,
                self._rename,
            ]
        )()

    def _any_page(self):
        return Page.objects.get(pk=self.rng.choice(self.pages).pk).specific

    def _anybody(self):
        return self.rng.choice([person for person in self.people if person.pk])

    def _close_to_groups(self):
        page = self._any_page()
        self._restrict(PageViewRestriction.objects.create(page=page, restriction_type="groups"))

    def _close_to_strangers(self):
        PageViewRestriction.objects.create(page=self._any_page(), restriction_type="login")

    def _close_collection(self):
        collection = Collection.objects.exclude(depth=1).order_by("pk").last()
        self._restrict(
            CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
        )

    def _open(self):
        for restriction in PageViewRestriction.objects.order_by("pk")[:1]:
            restriction.delete()

    def _grant(self):
        page = self._any_page()
        assign_perm(f"view_{page._meta.model_name}", self._anybody(), page)

    def _take_grants_back(self):
        for grant in UserObjectPermission.objects.filter(user=self._anybody()):
            grant.delete()

    def _unpublish(self):
        self._any_page().unpublish()

    def _rename(self):
        page = self._any_page()
        word = f"zqx{next(self.numbers)}"
        page.title = f"{self._words(1)} {word}"
        self._known(page, word)
        page.save()

    def _move(self):
        sections = [other for other in self.pages if isinstance(other, SectionPage)]
        moving, target = (Page.objects.get(pk=other.pk) for other in self.rng.sample(sections, 2))
        if not target.is_descendant_of(moving):
            MovePageAction(moving, target, pos="last-child").execute(skip_permission_checks=True)

    def _end_membership(self):
        ended = timezone.localdate() - datetime.timedelta(days=1)
        Membership.objects.filter(person__user=self._anybody()).update(valid_to=ended)

    def _restrict(self, restriction):
        groups = [GROUP_NAMES[role] for role in self.rng.sample(ROLES, 2)]
        restriction.groups.set(Group.objects.filter(name__in=groups))

    def readable(self, user):
        """(uids, canary words) of what `user` may read, by the rule itself."""
        pages = {f"page:{pk}" for pk in visible_to(Page.objects.all(), user).values_list("pk", flat=True)}
        files = {
            f"document:{pk}" for pk in visible_to(Document.objects.all(), user).values_list("pk", flat=True)
        }
        words = {
            word
            for word, obj in self.canaries.items()
            if (f"document:{obj.pk}" if isinstance(obj, Document) else f"page:{obj.pk}") in pages | files
        }
        for organization in self.organizations:
            theirs = [f"page:{page.pk}" for page in organization.pages.all()]
            theirs += [
                f"document:{file.pk}" for file in self.files if file.organization_id == organization.pk
            ]
            if (pages | files) & set(theirs):
                words.update(CANARY.findall(organization.name))
        if any(f"page:{page.pk}" in pages for page in self.pages if getattr(page, "body_id", None)):
            words.update(CANARY.findall(self.body.name))
        return pages | files, words

    def narrowings(self):
        """Parameters of addresses that name what a reader may not know of."""
        for organization in self.organizations:
            yield {"organization": organization.pk}
        yield {"body": self.body.pk}
