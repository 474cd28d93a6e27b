"""Pictures: who may see one, and the one door to them.

Wagtail's own images ignore the privacy of collections, and its templates link to the media folder. Here a picture has
readers of its own, as a file has, and so have all its renditions; media is served by no path: every address of a
rendition is `/images/<number>/<name>`.
"""

import mimetypes
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe
from wagtail.models import Collection, CollectionViewRestriction

from documents.models import Document, Image, Rendition
from documents.visibility import clauses_of_document
from intranet.access import rules
from intranet.access.actions import forget, rederive
from intranet.access.queries import can_see
from organizations.models import Organization


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
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=86400" if public else "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _image_saved(sender: Any, instance: Image, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        rederive(instance)


def _image_deleted(sender: Any, instance: Image, **kwargs: Any) -> None:
    forget(Image, instance.pk)


def _rederive_collection(collection: Collection) -> None:
    collections = collection.get_descendants(inclusive=True)
    rederive(Image.objects.filter(collection__in=collections).iterator(chunk_size=500))


def _collection_saved(sender: Any, instance: Collection, created: bool, **kwargs: Any) -> None:
    if not created:
        _rederive_collection(instance)


def _restriction_changed(sender: Any, instance: CollectionViewRestriction, **kwargs: Any) -> None:
    if (collection := Collection.objects.filter(pk=instance.collection_id).first()) is not None:
        _rederive_collection(collection)


def _restriction_groups_changed(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, CollectionViewRestriction):
        _rederive_collection(instance.collection)


def _organization_saved(sender: Any, instance: Organization, created: bool, **kwargs: Any) -> None:
    if not created:
        rederive(Image.objects.filter(organization=instance).iterator(chunk_size=500))


def connect() -> None:
    """Register the rule of pictures and follow what it depends on; called once when the apps are ready."""
    rules.register(Image, clauses_of_document, prefix="image")
    restriction = CollectionViewRestriction
    post_save.connect(_image_saved, sender=Image, dispatch_uid="images.saved")
    post_delete.connect(_image_deleted, sender=Image, dispatch_uid="images.deleted")
    post_save.connect(_collection_saved, sender=Collection, dispatch_uid="images.collection")
    post_save.connect(_organization_saved, sender=Organization, dispatch_uid="images.organization")
    post_save.connect(_restriction_changed, sender=restriction, dispatch_uid="images.restricted")
    post_delete.connect(_restriction_changed, sender=restriction, dispatch_uid="images.unrestricted")
    m2m_changed.connect(
        _restriction_groups_changed,
        sender=restriction.groups.through,
        dispatch_uid="images.restricted_groups",
    )
