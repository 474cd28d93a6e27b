"""Old addresses: a redirect to a page is followed only by who may read the page, since its new address tells of it."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator

from intranet.access.queries import can_see


class ReadersRedirectMiddleware(RedirectMiddleware):
    """Wagtail's, within the rule of visibility."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Send on from an old address, to what the reader may read."""
        if response.status_code != 404:
            return response
        path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        for old in dict.fromkeys((path, path.partition("?")[0])):
            redirect: Any = get_redirect(request, old)
            if redirect is not None:
                page = redirect.redirect_page
                if page is not None and not can_see(request.user, page):
                    return response
                break
        answer: HttpResponseBase = super().process_response(request, response)
        return answer


AT_ONCE = 500  # old addresses asked for in one query


def _remove_clashing(batch: Any) -> None:
    """Remove the automatic redirects that stand in the way of those of the batch."""
    by_site: dict[int, list[str]] = defaultdict(list)
    for item in batch.items:
        by_site[item.site_id].append(item.old_path)
    for site, paths in by_site.items():
        for begin in range(0, len(paths), AT_ONCE):
            old = Redirect.objects.filter(site=site, old_path__in=paths[begin : begin + AT_ONCE])
            old.filter(automatically_created=True).delete()


def install() -> None:
    """Let a section of many pages be moved.

    Wagtail 8.0 asks for the clashes of up to 2,000 pages by one condition with an OR a page, which SQLite refuses
    from a thousand on: the move fails. To go when `BatchRedirectCreator.pre_process` asks by lists itself.
    """
    BatchRedirectCreator.pre_process = _remove_clashing
