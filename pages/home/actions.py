"""Laying the skeleton of the site: its front page and sections. Safe to run again."""

from dataclasses import dataclass

from django.db import transaction
from wagtail.models import Locale, Page, PageLogEntry, Site

from documents.collections import install_collections
from pages.base import IntranetPage
from pages.bylaws.models import BylawIndexPage
from pages.districts.models import DistrictIndexPage
from pages.home.models import HomePage
from pages.home.moderation import install_moderation
from pages.home.permissions import install_permissions
from pages.meetings.models import MeetingIndexPage
from pages.members.models import MemberIndexPage
from pages.memoranda.models import MemorandumIndexPage
from pages.news.models import NewsIndexPage
from pages.sections.models import SectionPage


@dataclass(frozen=True)
class Section:
    """A fixed section of the site."""

    model: type[IntranetPage]
    slug: str
    title: str
    summary: str


SECTIONS = (
    Section(SectionPage, "about", "درباره ستاد", "ستاد چیست، از کجا آمده و چه می‌کند."),
    Section(BylawIndexPage, "bylaws", "آیین‌نامه‌ها", "آیین‌نامه‌ها، دستورالعمل‌ها و شیوه‌نامه‌های مصوب."),
    Section(
        MeetingIndexPage, "meetings", "جلسه‌ها و مصوبه‌ها", "صورتجلسه‌ها و مصوبه‌های شوراها، کمیته‌ها و قرارگاه‌ها."
    ),
    Section(MemorandumIndexPage, "memoranda", "تفاهم‌نامه‌ها", "تفاهم‌نامه‌ها و تعهدهای هر طرف."),
    Section(DistrictIndexPage, "districts", "دبیرخانه‌های مناطق", "دبیرخانه‌های منطقه‌ای سازمان‌های مردم‌نهاد."),
    Section(MemberIndexPage, "members", "سمن‌های عضو", "صفحه‌های سازمان‌های مردم‌نهاد عضو."),
    Section(NewsIndexPage, "news", "خبرها", "خبرهای ستاد، دبیرخانه‌ها و سمن‌ها."),
    Section(NewsIndexPage, "received", "متن‌های رسیده", "متن‌هایی که از بیرون رسیده و وارد شده است."),
)


def install_site() -> HomePage:
    """Make what is missing of the front page, the site and the fixed sections; leave the rest as it is."""
    with transaction.atomic():
        locale, _ = Locale.objects.get_or_create(language_code="fa")
        english, _ = Locale.objects.get_or_create(language_code="en")
        install_collections()
        home = HomePage.objects.filter(locale=locale).first() or _make_home(locale)
        for section in SECTIONS:
            if not home.get_children().filter(slug=section.slug).exists():
                page = section.model(
                    title=section.title,
                    slug=section.slug,
                    summary=section.summary,
                    locale=locale,
                    show_in_menus=section.slug != "received",
                )
                home.add_child(instance=page)
                page.save_revision().publish()
        install_moderation(home)
        install_permissions(home)
        if home.get_translation_or_none(english) is None:
            _translate_home(home, english)
    return home


def _translate_home(home: HomePage, locale: Locale) -> None:
    """The front page of the second language: the pages below it come by translation, one by one."""
    translation = home.copy_for_translation(locale)
    translation.title = "NGO Support Headquarters"
    translation.slug = locale.language_code
    translation.save_revision().publish()


def _make_home(locale: Locale) -> HomePage:
    root = Page.get_first_root_node()
    if root.locale_id != locale.pk or root.title == "Root":
        Page.objects.filter(pk=root.pk).update(locale=locale, title="ریشه", draft_title="ریشه")
        root.refresh_from_db()
    home = HomePage(title="ستاد سازمان‌های مردم‌نهاد", slug="fa", locale=locale)
    root.add_child(instance=home)
    home.save_revision().publish()
    site = Site.objects.filter(is_default_site=True).first() or Site(
        is_default_site=True, hostname="localhost"
    )
    welcome = site.root_page if site.root_page_id else None
    site.root_page = home
    site.site_name = "شبکه داخلی ستاد سمن‌ها"
    site.save()
    welcome_id = welcome and welcome.pk
    if welcome is not None and type(welcome.specific) is Page and not welcome.get_children().exists():
        welcome.delete()
        PageLogEntry.objects.filter(page_id=welcome_id).delete()  # the history begins with the site itself
    return home
