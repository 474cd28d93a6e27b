"""Pictures: who may see one, and the one door to them.

Wagtail's own images ignore the privacy of collections, and its templates link to the media folder. Here a picture has
readers of its own, as a file has, and so have all its renditions; media is served by no path: every address of a
rendition is `/images/<number>/<name>`.
"""

import mimetypes

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from documents.models import Document, Rendition
from intranet.access.queries import can_see
from intranet.access.readings import note_reading


@login_not_required
@require_safe
def serve_rendition(request: HttpRequest, rendition_id: int, filename: str) -> HttpResponse | FileResponse:
    """Send a picture to a reader who may see it; to the others it does not exist."""
    rendition = Rendition.objects.filter(pk=rendition_id).select_related("image").first()
    if rendition is None or rendition.filename != filename or not can_see(request.user, rendition.image):
        raise Http404
    public = rendition.image.audience == Document.Audience.PUBLIC
    etag = f'"{rendition.pk}-{rendition.width}x{rendition.height}"'
    response: HttpResponse | FileResponse
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        try:
            content = rendition.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        media_type = mimetypes.guess_type(filename)[0] or "application/octet-stream"
        response = FileResponse(content, content_type=media_type)
    note_reading(request.user, rendition.image, "image.read")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=86400" if public else "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
