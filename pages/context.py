"""What every page of the site shows around its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from wagtail.models import Locale, Page, Site

from intranet.access.editions import kept
from intranet.access.queries import reading_of, visible_to


def _sections(request: HttpRequest) -> list[tuple[str, str]]:
    site = Site.find_for_request(request)
    if site is None:
        return []
    home = site.root_page
    if get_language() != settings.LANGUAGE_CODE:  # the front page itself is in the site's first language
        home = home.get_translation_or_none(Locale.get_active()) or home
    pages = visible_to(home.get_children().live().in_menu(), request.user)
    return [(page.title, url) for page in pages if (url := page.get_url(request))]


def _menu(request: HttpRequest) -> list[dict[str, Any]]:
    sections = kept(
        request.user, "menu", lambda: _sections(request), request.get_host(), reading_of(request.user)
    )
    return [{"title": title, "url": url, "active": request.path.startswith(url)} for title, url in sections]


def site_menu(request: HttpRequest) -> dict[str, Any]:
    """The sections of the site that this reader may open, as `site_menu`: dicts of title, url, active. Lazy."""
    return {"site_menu": SimpleLazyObject(lambda: _menu(request))}


def _translated_urls(request: HttpRequest) -> dict[str, str]:
    page: Page | None = getattr(request, "served_page", None)
    if page is None:
        return {}

    def found() -> dict[str, str]:
        translations = visible_to(page.get_translations().live(), request.user).select_related("locale")
        return {
            translation.locale.language_code: url
            for translation in translations
            if (url := translation.get_url(request))
        }

    return kept(request.user, "translations", found, page.pk, request.get_host(), reading_of(request.user))


def _languages(request: HttpRequest) -> list[dict[str, Any]]:
    active = get_language()
    urls = _translated_urls(request)
    back = "/" if hasattr(request, "served_page") else request.get_full_path()
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"],
            "active": code == active,
            "url": urls.get(code, ""),
            "back": back,
        }
        for code, _name in settings.LANGUAGES
    ]


def languages(request: HttpRequest) -> dict[str, Any]:
    """The site's languages as `languages`: dicts of code, name, active, and the address of this page's translation.

    Where a page has no translation (`url` is empty) the switch changes the language of what surrounds it, and leads
    `back`. Lazy.
    """
    return {"languages": SimpleLazyObject(lambda: _languages(request))}
