"""What every page of the site shows around its own content."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Locale, Site

from intranet.access.queries import visible_to


def site_menu(request: HttpRequest) -> dict[str, Any]:
    """The sections of the site that this reader may open, as `site_menu`: dicts of title, url, active. Lazy."""

    def entries() -> list[dict[str, Any]]:
        site = Site.find_for_request(request)
        if site is None:
            return []
        home = site.root_page
        locale = Locale.get_active()
        if home.locale_id != locale.pk:
            home = home.get_translation_or_none(locale) or home
        pages = visible_to(home.get_children().live().in_menu(), request.user)
        return [
            {"title": page.title, "url": url, "active": request.path.startswith(url)}
            for page in pages
            if (url := page.get_url(request))
        ]

    return {"site_menu": entries}
