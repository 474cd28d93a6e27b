"""The one door to files."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents.file_types import PDF
from documents.models import Document
from intranet.access.queries import can_see
from intranet.access.readings import note_reading


@login_not_required
@require_safe
def serve(request: HttpRequest, document_id: int, filename: str) -> HttpResponse | FileResponse:
    """Send a file to a reader who may see it; the reading of one that is not public is recorded.

    A reader who may not see it is told the same as for a file that does not exist, once he has signed in.
    """
    document = Document.objects.filter(pk=document_id).first()
    if document is None or not can_see(request.user, document):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    if document.filename != filename:
        raise Http404
    etag = f'"{document.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse | FileResponse = HttpResponseNotModified()
    else:
        try:
            content = document.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        response = FileResponse(content, content_type=document.media_type or "application/octet-stream")
        inline = document.media_type == PDF.media_type
        response["Content-Disposition"] = (
            content_disposition_header(not inline, document.filename) or "attachment"
        )
    note_reading(request.user, document, "document.read")  # from the reader's own copy too
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
