"""An organisation's folders: making, naming, emptying, and sending one as a zip."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from documents.models import Document, Folder
from intranet.audit.actions import record
from organizations.models import Organization

_CHUNK = 256 * 1024


class RefusedFolder(Exception):  # noqa: N818 - it is what a person reads
    """Something was not done with a folder; the message says why."""


def add_folder(actor: Any, organization: Organization, name: str, *, finance: bool) -> Folder:
    """Make a folder. Raises `RefusedFolder` when there is one of this name."""
    with transaction.atomic():
        _free(organization, name)
        folder = Folder.objects.create(organization=organization, name=name, finance=finance)
        record(actor, "folder.added", folder, organization=organization.pk, finance=finance)
    return folder


def rename_folder(actor: Any, folder: Folder, name: str) -> None:
    """Give a folder another name. Raises `RefusedFolder` when another one has it."""
    with transaction.atomic():
        if name == folder.name:
            return
        _free(folder.organization, name)
        before, folder.name = folder.name, name
        folder.save()
        record(actor, "folder.renamed", folder, before=before)


def remove_folder(actor: Any, folder: Folder) -> None:
    """Remove an empty folder. Raises `RefusedFolder` when a file is in it."""
    with transaction.atomic():
        if folder.documents.exists():
            raise RefusedFolder(_("The folder is not empty. Move its files elsewhere first."))
        record(actor, "folder.removed", folder)
        folder.delete()


def move_document(actor: Any, document: Document, folder: Folder | None) -> None:
    """Put a file of an organisation into one of its folders, or out of all; its readers follow."""
    if folder is not None and folder.organization_id != document.organization_id:
        raise RefusedFolder(_("The folder belongs to another organization."))
    with transaction.atomic():
        before = document.folder_id
        document.folder = folder
        document.save()
        record(actor, "document.moved", document, before=before, after=folder.pk if folder else None)


def _free(organization: Organization, name: str) -> None:
    if organization.folders.filter(name=name).exists():
        raise RefusedFolder(_("The organization has a folder of this name."))


class _Sink(io.RawIOBase):
    """What a zip is written to, and taken out of as it grows: never more than a chunk is held."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Keep `data` until it is taken."""
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """All that was written since the last time."""
        found = b"".join(self._parts)
        self._parts.clear()
        return found


def zipped(documents: Iterable[Document]) -> Iterator[bytes]:
    """A zip of the files, piece by piece, each under its own name in UTF-8; a name that comes again gets a number.

    The files are stored as they are: most are compressed already. One that is missing from the disk is left out.
    """
    sink = _Sink()
    taken: set[str] = set()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for document in documents:
            try:
                source = document.file.open("rb")
            except FileNotFoundError:
                continue
            made = document.created_at
            entry = zipfile.ZipInfo(
                _unique(_safe(document), taken), (made.year, made.month, made.day, made.hour, made.minute, 0)
            )
            with source, archive.open(entry, "w", force_zip64=True) as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
                    yield sink.take()
            yield sink.take()
    yield sink.take()


def _safe(document: Document) -> str:
    """The file's name with no way into another folder; in the folder's own, when several are sent."""
    name = PurePath(document.filename.replace("\\", "/")).name or f"{document.pk}"
    folder = document.folder
    return (
        f"{folder.name.replace('/', '-').replace(chr(92), '-').strip('.') or folder.pk}/{name}"
        if folder
        else name
    )


def _unique(name: str, taken: set[str]) -> str:
    path, number, found = PurePath(name), 2, name
    while found in taken:
        found = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        number += 1
    taken.add(found)
    return found
