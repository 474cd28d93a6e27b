"""Which pages are measured, and the cookie of somebody who is signed in."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class Measured:
    """A page, and the share of the bare view's rate that it must reach (1/n), where one is set."""

    name: str
    path: str
    target: int | None


def measured_pages():
    """The pages of the demonstration site."""
    from django.contrib.auth.models import AnonymousUser

    from intranet.access.queries import visible_to
    from pages.bylaws.models import BylawIndexPage, BylawPage
    from pages.districts.models import DistrictPage
    from pages.home.models import HomePage

    def first(model):
        page = visible_to(model.objects.live().filter(locale__language_code="fa"), AnonymousUser()).first()
        return page.get_url() if page else None

    found = [
        Measured("home", first(HomePage), 50),
        Measured("bylaw", first(BylawPage), 25),
        Measured("district", first(DistrictPage), None),
        Measured("index", first(BylawIndexPage), None),
        Measured("search", f"/search/?q={quote('سازمان‌های مردم‌نهاد')}", 40),
    ]
    return [Measured(page.name, quote(page.path, safe="/%?=&"), page.target) for page in found if page.path]


def cookie_of(username):
    """A session cookie of `username`, as signing in would give."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from intranet.accounts.models import User
    from intranet.accounts.sessions import SessionStore

    user = User.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
