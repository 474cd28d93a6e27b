"""Which screens of Wagtail's admin show the text of a draft: whoever was shown one is in the record."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from wagtail.models import Page
from wagtail_localize.models import Translation

from intranet.access.models import State
from intranet.access.readings import note_reading

SHOWING = frozenset(
    f"wagtailadmin_pages:{name}"
    for name in (
        "edit",
        "preview_on_edit",
        "revisions_compare",
        "revisions_revert",
        "revisions_view",
        "view_draft",
        "workflow_preview",
    )
) | {"wagtail_localize:download_pofile", "wagtail_localize:preview_translation"}


def note_admin_reading(request: HttpRequest, response: HttpResponseBase) -> None:
    """Record whose draft an answer of the admin showed."""
    match = request.resolver_match
    if match is None or match.view_name not in SHOWING or response.status_code != 200:
        return
    page = _page(match.kwargs)
    if page is not None:
        note_reading(request.user, page, "draft.read", State.DRAFT)


def _page(kwargs: dict[str, Any]) -> Page | None:
    if "translation_id" in kwargs:
        translation = Translation.objects.filter(pk=kwargs["translation_id"]).first()
        shown = translation.get_target_instance() if translation else None
        return shown if isinstance(shown, Page) else None
    page = Page.objects.filter(pk=kwargs.get("page_id", kwargs.get("pk"))).first()
    return page.specific if page else None
