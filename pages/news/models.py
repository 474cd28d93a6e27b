"""News, and texts received from elsewhere."""

import datetime
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField

from organizations.models import District
from pages.base import IntranetPage
from pages.blocks import BodyBlock


class NewsIndexPage(IntranetPage):
    """A list of news by date: the newsroom, or «received texts»."""

    kind = "index"
    template = "news/news_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The news that this reader may open, newest first, all or of one Jalali year."""
        from pages.news.queries import newsroom

        return {**super().get_context(request, *args, **kwargs), **newsroom(self, request)}


class NewsPage(IntranetPage):
    """One piece of news, or one received text."""

    kind = "news"
    readers_depend_on = ("district",)
    template = "news/news_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []

    date = models.DateField(_("date"), null=True, blank=True)
    news_code = models.CharField(_("news code"), max_length=20, blank=True)
    source_name = models.CharField(_("source"), max_length=200, blank=True)
    district = models.ForeignKey(
        District, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    content_panels = [
        *IntranetPage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("news_code")]),
        FieldRowPanel([FieldPanel("source_name"), FieldPanel("district")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def get_date(self) -> datetime.date | None:
        """The day of the news."""
        return self.date

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The news beside this one."""
        from pages.news.queries import beside

        return {**super().get_context(request, *args, **kwargs), **beside(self, request)}
