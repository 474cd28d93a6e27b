"""The door of every page: it asks the one rule of visibility, and nothing else opens it."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from intranet.access.queries import can_see


@hooks.register("before_serve_page", order=0)
def ask_the_rule(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    """Refuse a page that the reader may not see; ask an anonymous reader to sign in."""
    request.served_page = page
    if can_see(request.user, page):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise PermissionDenied
