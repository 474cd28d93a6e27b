"""The door before Wagtail's admin: who may enter at all, and the few views that ask no permission themselves.

Nearly every view of the admin asks the page permissions that `pages.permissions` narrows. The others were found by
the table of doors (`tests/doors`): views that take a page's number and show its title without asking.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.defaults import page_not_found
from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource

from documents.models import Document, Image
from intranet.access.queries import visible_to
from intranet.accounts.roles import Role, has_role
from intranet.ui.problems import is_for_programs, problem
from pages.admin_readings import note_admin_reading
from pages.permissions import readable_in_admin

# Counts and last titles of all pages, private ones too; and every translated text by its title.
WHOLE_TREE_REPORTS = frozenset({"page_types_usage", "page_types_usage_results"})
TRANSLATION_REPORTS = frozenset({"translations_report", "translations_report_results"})
PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_pk", "page_to_move_id", "destination_id")


class AdminDoor:
    """Middleware: every request for the admin passes here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; `process_view` decides once the view is known. What was shown is recorded."""
        response = self.get_response(request)
        note_admin_reading(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse, send to the site's own sign-in, or let pass."""
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        match = request.resolver_match
        name = match.url_name if match else ""
        if name == "wagtailadmin_login":
            return redirect(f"{reverse('accounts:login')}?{request.GET.urlencode()}")
        if not request.user.is_authenticated or name == "wagtailadmin_logout":
            return _sign_in_first(request)
        if name == "wagtailadmin_error_test" or {"documents", "images"} & set(
            match.namespaces if match else ()
        ):
            # A view that fails on purpose, and an API of files that asks no permission and that no screen needs.
            raise Http404
        if not request.user.has_perm("wagtailadmin.access_admin"):
            return _closed(request)
        if name in WHOLE_TREE_REPORTS | TRANSLATION_REPORTS and not has_role(request.user, Role.HQ_STAFF):
            raise PermissionDenied
        if name == "wagtail_bulk_action" and kwargs.get("app_label") == "organizations":
            raise PermissionDenied  # it asks neither the policy nor where a row is used
        if not _files_are_readable(request, name or "", kwargs) or not _pages_are_readable(
            request, name or "", kwargs
        ):
            return _nothing(request)
        return None


def _sign_in_first(request: HttpRequest) -> HttpResponse | None:
    """For a program; people are asked to sign in by the middleware or the view."""
    if request.user.is_authenticated or not is_for_programs(request):
        return None
    return problem(401, _("Sign in first, or send a token."), {"WWW-Authenticate": "Bearer"})


def _closed(request: HttpRequest) -> HttpResponse:
    if is_for_programs(request):
        return problem(403, _("Your role does not open the editing desk."))
    raise PermissionDenied


def _pages_are_readable(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> bool:
    """Whether the person meets all the pages that the request names."""
    numbers = set(_page_numbers(request, name, kwargs))
    if not numbers:
        return True
    readable = Page.objects.filter(pk__in=numbers).filter(readable_in_admin(request.user))
    return not Page.objects.filter(pk__in=numbers).exclude(pk__in=readable.values("pk")).exists()


@never_cache
def _nothing(request: HttpRequest) -> HttpResponse:
    """What Wagtail's admin answers to a number that no page has: a closed one has the same answer."""
    return page_not_found(request, Http404(), template_name="wagtailadmin/404.html")


def _files_are_readable(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> bool:
    """Whether the files that the request names in bulk may all be read: the views show titles without asking."""
    spaces = set(request.resolver_match.namespaces) if request.resolver_match else set()
    model: type[Document | Image] | None = None
    if name == "chosen_multiple":
        if "wagtaildocs_chooser" in spaces:
            model = Document
        elif "wagtailimages_chooser" in spaces:
            model = Image
    elif name == "wagtail_bulk_action":
        if kwargs.get("model_name") == "document":
            model = Document
        elif kwargs.get("model_name") == "image":
            model = Image
    if model is None:
        return True
    asked = request.GET.getlist("id")
    named = model.objects.all() if "all" in asked else model.objects.filter(pk__in=set(_numbers(asked)))
    return not named.exclude(pk__in=visible_to(named, request.user).values("pk")).exists()


def _page_numbers(request: HttpRequest, name: str, kwargs: dict[str, Any]) -> Iterator[int]:
    """The numbers of all pages that the request names."""
    for argument in PAGE_ARGUMENTS:
        value = str(kwargs.get(argument, ""))  # text, where Wagtail's pattern is a regular expression
        if value.isdecimal():
            yield int(value)
    yield from _translated_pages(kwargs)
    parameters = request.GET
    if name == "wagtailadmin_choose_page_chosen_multiple":
        yield from _numbers(parameters.getlist("id"))
    elif name == "wagtail_bulk_action" and kwargs.get("model_name") == "page":
        asked = parameters.getlist("id")
        if "all" in asked:
            yield from _whole_listing(parameters.get("childOf"), searched="q" in parameters)
        else:
            yield from _numbers(asked)


def _numbers(values: list[str]) -> Iterator[int]:
    return (int(value) for value in values if value.isdecimal())


def _whole_listing(parent: str | None, *, searched: bool) -> Iterator[int]:
    """What «all» may stand for, and more rather than less: the children, or all descendants when searched."""
    page = Page.objects.filter(pk=parent).first() if parent and parent.isdecimal() else None
    listing = Page.objects.filter(depth__gt=1) if page is None else page.get_children()
    if page is not None and searched:
        listing = page.get_descendants()
    yield from listing.values_list("pk", flat=True)


def _translated_pages(kwargs: dict[str, Any]) -> Iterator[int]:
    """The page behind a translation or a source of wagtail-localize."""
    source: TranslationSource | None = None
    if "translation_id" in kwargs:
        translation = Translation.objects.filter(pk=kwargs["translation_id"]).select_related("source").first()
        source = translation.source if translation else None
    elif "translation_source_id" in kwargs:
        source = TranslationSource.objects.filter(pk=kwargs["translation_source_id"]).first()
    if source is not None:
        yield from Page.objects.filter(translation_key=source.object_id).values_list("pk", flat=True)
