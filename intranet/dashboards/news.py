"""What is new for a person since a moment: only what he may read at the moment of asking."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from documents.models import Document
from intranet.access.queries import visible_to
from intranet.dashboards.models import Reading
from organizations.models import Share
from organizations.tokens import member_of, organizations_in, tokens_of_memberships
from pages.threads.queries import last_words

AT_FIRST = datetime.timedelta(days=14)  # how far back «new» goes for whoever never looked
MOST = 12


@dataclass(frozen=True)
class News:
    """One thing: what it is called, of what kind, when, where."""

    title: str
    kind: str
    icon: str
    at: datetime.datetime
    url: str


def since_for(user: Any) -> datetime.datetime:
    """Since when things are new for `user`: his last visit, or the moment at which he said that he has seen them."""
    reading = Reading.objects.filter(user=user.pk).first()
    return (reading.seen_at if reading else None) or timezone.now() - AT_FIRST


def digest_of(user: Any) -> str:
    """How often `user` wants a digest."""
    chosen = Reading.objects.filter(user=user.pk).values_list("digest", flat=True).first()
    return chosen or Reading.Digest.NONE


def news_for(user: Any, since: datetime.datetime, limit: int = MOST) -> list[News]:
    """The newest `limit` things since `since`, newest first. Five queries, however many there are."""
    found = [*_shared(user, since, limit), *_pages(user, since, limit)]
    found += [*_files(user, since, limit), *_messages(user, since, limit)]
    by_url: dict[str, News] = {}
    for one in sorted(found, key=lambda one: one.at, reverse=True):
        by_url.setdefault(one.url, one)
    return list(by_url.values())[:limit]


def _pages(user: Any, since: datetime.datetime, limit: int) -> list[News]:
    rows = visible_to(Page.objects.live().filter(last_published_at__gt=since, depth__gt=2), user)
    rows = rows.exclude(live_revision__user=user.pk).order_by("-last_published_at")
    return [
        News(page.title, _("page"), "book", page.last_published_at, page.url)
        for page in rows[:limit]
        if page.url
    ]


def _files(user: Any, since: datetime.datetime, limit: int) -> list[News]:
    rows = Document.objects.filter(created_at__gt=since).exclude(audience=Document.Audience.ATTACHED)
    rows = visible_to(rows.exclude(uploaded_by_user=user.pk), user).order_by("-created_at")
    return [News(row.title, _("file"), "document", row.created_at, row.url) for row in rows[:limit]]


def _messages(user: Any, since: datetime.datetime, limit: int) -> list[News]:
    rows = last_words(user).filter(sent_at__gt=since).exclude(author=user.pk)
    return [
        News(
            row.thread.subject,
            _("letter %(number)s") % {"number": row.thread.number},
            "comment",
            row.sent_at,
            reverse("ngo:thread", args=[row.thread_id]),
        )
        for row in rows[:limit]
    ]


def _shared(user: Any, since: datetime.datetime, limit: int) -> list[News]:
    """What was opened to one's organisations, however old it is itself."""
    own = frozenset(tokens_of_memberships(user))
    rows = Share.objects.filter(made_at__gt=since).select_related("content_type", "district")
    mine = [
        row
        for row in rows.order_by("-made_at")[:500]
        if (member_of(row.organization_id) if row.organization_id else _in(row)) in own
    ][:limit]
    times = {(row.content_type.model, row.object_id): row.made_at for row in reversed(mine)}
    pages = [pk for model, pk in times if model == "page"]
    files = [pk for model, pk in times if model == "document"]
    found = [
        News(page.title, _("shared page"), "link", times["page", page.pk], page.url)
        for page in visible_to(Page.objects.live().filter(pk__in=pages), user)
        if page.url
    ]
    return found + [
        News(row.title, _("shared file"), "link", times["document", row.pk], row.url)
        for row in visible_to(Document.objects.filter(pk__in=files), user)
    ]


def _in(row: Share) -> str:
    return organizations_in(row.district.number) if row.district else ""
