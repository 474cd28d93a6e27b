"""Taking files in, and reading their text afterwards."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from documents.collections import OFFICE, ORGANIZATIONS, collection
from documents.exceptions import RefusedFile
from documents.extraction import extract_text
from documents.file_types import FileType, identify
from documents.models import Document, Folder
from intranet.access.actions import rederive
from intranet.audit.actions import record
from intranet.outbox.actions import publish
from intranet.outbox.models import Row
from organizations.models import District, Organization

RECEIVED = "document.received"


def check_file(file: UploadedFile) -> FileType:
    """What the file is, when it may be taken in. Raises `RefusedFile` with words for the sender."""
    if file.size is not None and file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE // (1024 * 1024)
        raise RefusedFile(
            _("The file is larger than %(limit)d MB. Make it smaller or send it in parts.") % {"limit": limit}
        )
    return identify(file.file or file, file.name or "")


def add_document(
    *,
    file: UploadedFile,
    title: str,
    uploaded_by: Any,
    audience: str,
    organization: Organization | None = None,
    district: District | None = None,
    folder: Folder | None = None,
) -> Document:
    """Store a file as a document. Raises `RefusedFile` when it may not be taken in; then nothing is stored."""
    check_file(file)
    with transaction.atomic():
        document = Document(
            title=title.strip() or file.name,
            file=file,
            uploaded_by_user=uploaded_by,
            audience=audience,
            organization=organization,
            district=district,
            folder=folder,
            collection=collection(ORGANIZATIONS if organization else OFFICE),
        )
        document._set_document_file_metadata()
        document.save()
        document.file.close()
        record(uploaded_by, "document.added", document, sha256=document.sha256, size=document.file_size)
    return document


def remove_document(document: Document, actor: Any) -> None:
    """Remove a document and its file."""
    with transaction.atomic():
        record(actor, "document.removed", document, sha256=document.sha256)
        document.delete()


def queue_extraction(document: Document) -> None:
    """Leave the reading of the file's text to the worker, in the caller's transaction."""
    publish(RECEIVED, str(document.pk))


def extract_waiting(rows: Sequence[Row]) -> None:
    """Read the text of the documents that `rows` name and tell those who search it."""
    for document in Document.objects.filter(pk__in={int(row.key) for row in rows}):
        found = extract_text(Path(document.file.path), document.media_type)
        with transaction.atomic():
            Document.objects.filter(pk=document.pk).update(text=found.text, text_trouble=found.trouble)
            rederive(document)
