"""Old addresses: a redirect to a page is followed only by who may read the page, since its new address tells of it."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

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
