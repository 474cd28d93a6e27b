"""What machines read: the map of the public site, and the latest decisions as a feed."""

import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from intranet.access.queries import visible_to
from pages.bylaws.models import BylawPage
from pages.meetings.models import MeetingPage
from pages.memoranda.models import MemorandumPage

LATEST = 30
DECISIONS = (BylawPage, MeetingPage, MemorandumPage)


def _published(user: Any) -> PageQuerySet:
    """The pages of the site that `user` may read."""
    root = Site.objects.get(is_default_site=True).root_page
    roots = root.get_translations(inclusive=True)
    pages: PageQuerySet = Page.objects.none()
    for home in roots:
        pages |= Page.objects.descendant_of(home, inclusive=True)
    readable: PageQuerySet = visible_to(pages.live(), user)
    return readable


class PublicPages(Sitemap):
    """Pages that are open to everyone: the map is the same for all who ask."""

    limit = 5000

    def items(self) -> QuerySet[Page]:
        """The pages, in the order of the tree."""
        return _published(AnonymousUser()).order_by("path").select_related("locale")

    def location(self, item: Page) -> str:
        """Its path."""
        return item.get_url() or "/"

    def lastmod(self, item: Page) -> datetime.datetime | None:
        """When it last changed."""
        changed: datetime.datetime | None = item.last_published_at
        return changed

    def get_latest_lastmod(self) -> datetime.datetime | None:
        """When the site last changed."""
        return (
            _published(AnonymousUser())
            .order_by("-last_published_at")
            .values_list("last_published_at", flat=True)
            .first()
        )


class LatestDecisions(Feed):
    """Bylaws, minutes and memoranda as they are published: those that the reader may open."""

    feed_type = Atom1Feed
    title = _("Latest decisions")
    subtitle = _("Bylaws, minutes and memoranda as they are published.")
    link = "/"

    def get_object(self, request: HttpRequest) -> Any:
        """The reader."""
        return request.user

    def items(self, reader: Any) -> list[Page]:
        """The latest, newest first."""
        published: Any = _published(reader)
        pages = published.type(*DECISIONS).order_by("-first_published_at", "-pk")
        return list(pages.specific()[:LATEST])

    def item_title(self, item: Any) -> str:
        """Its title."""
        return str(item.title)

    def item_description(self, item: Any) -> str:
        """Its summary."""
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        """Its path."""
        return item.get_url() or "/"

    def item_pubdate(self, item: Any) -> datetime.datetime | None:
        """When it was first published."""
        published: datetime.datetime | None = item.first_published_at
        return published

    def item_updateddate(self, item: Any) -> datetime.datetime | None:
        """When it last changed."""
        changed: datetime.datetime | None = item.last_published_at
        return changed
