"""The door of official PDFs: it asks the rule of visibility before anything is read or made."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.models import Page

from documents import pdf
from intranet.access.models import State
from intranet.access.queries import can_see
from intranet.access.readings import note_reading


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
def official(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The official PDF of a published text, to those who may read the text."""
    page = Page.objects.filter(pk=page_id, live=True).first()
    if page is None or not can_see(request.user, page):
        return _closed(request)
    file = pdf.official_pdf(page.specific)
    if file is None:
        raise Http404
    etag = f'"{file.etag}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponseNotModified()
    else:
        response = _headers(HttpResponse(file.path.read_bytes()), page.title)
    note_reading(request.user, page.specific, "page.read")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def draft(request: HttpRequest, page_id: int) -> HttpResponseBase:
    """The PDF of a text as its latest draft says, marked as a draft, to those who may see the draft."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None or not can_see(request.user, page, State.DRAFT):
        return _closed(request)
    made = pdf.draft_pdf(page.get_latest_revision_as_object())
    if made is None:
        raise Http404
    note_reading(request.user, page.specific, "draft.read", State.DRAFT)
    response = _headers(HttpResponse(made), page.title)
    response["Cache-Control"] = "no-store"
    return response
