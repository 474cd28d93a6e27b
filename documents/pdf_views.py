"""The door of official PDFs: it asks the rule of visibility before anything is read or made."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.models import Page

from documents import copies
from documents.models import OfficialCopy
from intranet.access.models import State
from intranet.access.queries import can_see
from intranet.access.readings import note_reading

ASK_AGAIN = 2  # seconds


def _closed(request: HttpRequest) -> HttpResponse:
    """The same whether there is no such text or it is not this reader's."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise Http404


def _headers(response: HttpResponseBase, title: str) -> HttpResponseBase:
    response["Content-Type"] = "application/pdf"
    response["Content-Disposition"] = content_disposition_header(False, f"{title}.pdf") or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@require_safe
def official(request: HttpRequest, page_id: int, edition: str = "") -> HttpResponseBase:
    """The official PDF of a published text, or of an edition of it, to those who may read the text.

    One that is not made yet is asked for, and a page tells how far it is.
    """
    page = Page.objects.filter(pk=page_id, live=True).first()
    if page is None or not can_see(request.user, page):
        return _closed(request)
    text = copies.wanted(page.specific, edition)
    if text is None:
        raise Http404
    copy = copies.ask(text)
    note_reading(request.user, page.specific, "page.read")
    if copy.state != copy.State.READY:
        return _wait(request, page, copy)
    try:
        content = text.path.read_bytes()
    except FileNotFoundError:  # lost, or removed at this moment; `ask` has it made again
        return _wait(request, page, copy)
    etag = f'"{copy.code}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _headers(HttpResponse(content), page.title)
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _wait(request: HttpRequest, page: Page, copy: OfficialCopy) -> HttpResponse:
    """202, with how many pages are set; the browser asks again by itself."""
    response = render(request, "documents/copy_wait.html", {"page": page, "copy": copy}, status=202)
    response["Refresh"] = str(ASK_AGAIN)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def draft(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The PDF of a text as its latest draft says, marked as a draft, to those who may see the draft."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None or not can_see(request.user, page, State.DRAFT):
        return _closed(request)
    made = copies.draft_pdf(page.get_latest_revision_as_object())
    if made is None:
        raise Http404
    note_reading(request.user, page.specific, "draft.read", State.DRAFT)
    response = _headers(HttpResponse(made), page.title)
    response["Cache-Control"] = "no-store"
    return response
