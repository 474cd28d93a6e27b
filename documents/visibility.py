"""Who may read a file or a picture: its own readers, within every restriction of its collections."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext as _
from wagtail.models import Collection, CollectionViewRestriction

from documents.actions import queue_extraction
from documents.models import Document, Folder, Image
from intranet.access import restrictions, rules
from intranet.access.actions import forget, rederive
from intranet.access.clauses import EVERYONE, SIGNED_IN, Clauses, any_of, widened
from intranet.access.models import State
from intranet.access.restrictions import clauses_of_restriction, narrowed_by
from intranet.accounts.roles import Role, role_token
from organizations.models import Organization
from organizations.readers import readers_of_organization
from organizations.sharing import shared_tokens
from organizations.tokens import finance_of

File = Document | Image
_FILES: tuple[tuple[type[File], str], ...] = ((Document, "document"), (Image, "image"))
_STAFF = (Role.HQ_STAFF, Role.EDITOR, Role.LEGAL_REVIEWER, Role.COUNCIL_MEMBER, Role.AUDITOR)


# Readers that rooms above work out, of files attached to what is theirs.
_readers_elsewhere: list[Callable[[Document], Clauses | None]] = []


def register_readers(derive: Callable[[Document], Clauses | None]) -> None:
    """Let `derive` say who reads an attached file, None for one that is not attached to what is its own.

    Call it from `AppConfig.ready()`.
    """
    _readers_elsewhere.append(derive)


def clauses_of_files(files: Sequence[File], state: str) -> list[Clauses | None]:
    """Who may read each of `files`; there are no drafts of files."""
    if state != State.LIVE:
        return [None] * len(files)
    prefetch_related_objects(files, "collection", "organization__district")
    documents = [file for file in files if isinstance(file, Document)]
    prefetch_related_objects(documents, "folder__organization__district")
    restrictions = _restrictions_by_collection({file.collection for file in files})
    shared = shared_tokens(documents)
    found = []
    for file in files:
        readers = narrowed_by(_own_readers(file), restrictions[file.collection_id])
        if readers is not None and isinstance(file, Document):
            readers = widened(readers, shared[file.pk])
        found.append(readers)
    return found


def _restrictions_by_collection(
    collections: Iterable[Collection],
) -> dict[int, list[CollectionViewRestriction]]:
    """For each collection the restrictions of it and of those above it."""
    found = {}
    for collection in collections:
        path = collection.get_ancestors(inclusive=True)
        restrictions = CollectionViewRestriction.objects.filter(collection__in=path)
        found[collection.pk] = list(restrictions.prefetch_related("groups"))
    return found


def parts_of_file(file: File, state: str) -> list[tuple[str, Clauses | None]]:
    """What the conditions of `file` come from: its own readers, and each restriction of its collections, by name."""
    if state != State.LIVE:
        return []
    parts = [(_("its readers: %(readers)s") % {"readers": file.get_audience_display()}, _own_readers(file))]
    path = file.collection.get_ancestors(inclusive=True)
    for restriction in CollectionViewRestriction.objects.filter(collection__in=path).order_by(
        "collection__depth"
    ):
        name = _("the restriction of the collection «%(name)s»") % {"name": restriction.collection.name}
        parts.append((name, clauses_of_restriction(restriction)))
    return parts


def _own_readers(file: File) -> Clauses | None:
    match file.audience:
        case Document.Audience.PUBLIC:
            return EVERYONE
        case Document.Audience.SIGNED_IN:
            return any_of(SIGNED_IN)
        case Document.Audience.STAFF:
            return any_of(*(role_token(role) for role in _STAFF))
        case Document.Audience.ORGANIZATION:
            folder = file.folder if isinstance(file, Document) else None
            if folder is not None:
                return _readers_of_folder(folder)
            return readers_of_organization(file.organization) if file.organization else None
    return _readers_of_what_it_is_attached_to(file) if file.audience == Document.Audience.ATTACHED else None


def _readers_of_what_it_is_attached_to(file: File) -> Clauses | None:
    found = (derive(file) for derive in _readers_elsewhere if isinstance(file, Document))
    return next((clauses for clauses in found if clauses is not None), None)


def _readers_of_folder(folder: Folder) -> Clauses:
    if folder.finance:
        officials = (role_token(Role.HQ_STAFF), role_token(Role.AUDITOR))
        return any_of(finance_of(folder.organization_id), *officials)
    return readers_of_organization(folder.organization)


def clauses_of_folders(folders: Sequence[Folder], state: str) -> list[Clauses | None]:
    """Who may know of each folder: whoever reads the files in it."""
    if state != State.LIVE:
        return [None] * len(folders)
    prefetch_related_objects(folders, "organization__district")
    return [_readers_of_folder(folder) for folder in folders]


def _file_saved(sender: Any, instance: File, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    rederive(instance)
    if isinstance(instance, Document) and instance.sha256 != instance.extracted_sha256:
        Document.objects.filter(pk=instance.pk).update(extracted_sha256=instance.sha256)
        instance.extracted_sha256 = instance.sha256
        queue_extraction(instance)


def _folder_saved(sender: Any, instance: Folder, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        rederive(instance)
        if not created:
            _rederive_documents(folder=instance)


def _folder_deleted(sender: Any, instance: Folder, **kwargs: Any) -> None:
    forget(Folder, instance.pk)


def _file_deleted(sender: type[File], instance: File, **kwargs: Any) -> None:
    forget(sender, instance.pk)


def _rederive_files(**where: Any) -> None:
    for model, _prefix in _FILES:
        files: QuerySet[Any] = model._default_manager.filter(**where)
        rederive(files.iterator(chunk_size=500))


def _rederive_documents(**where: Any) -> None:
    rederive(Document.objects.filter(**where).iterator(chunk_size=500))


def _rederive_collection(collection: Collection) -> None:
    _rederive_files(collection__in=collection.get_descendants(inclusive=True))


def _collection_saved(sender: Any, instance: Collection, created: bool, **kwargs: Any) -> None:
    if not created:
        _rederive_collection(instance)


def _organization_saved(sender: Any, instance: Organization, created: bool, **kwargs: Any) -> None:
    if not created:
        _rederive_files(organization=instance)
        rederive(Folder.objects.filter(organization=instance))


def connect() -> None:
    """Register the rule of files and pictures and follow what it depends on; called once when the apps are ready."""
    for model, prefix in _FILES:
        rules.register(model, clauses_of_files, prefix=prefix)
        post_save.connect(_file_saved, sender=model, dispatch_uid=f"documents.{prefix}.saved")
        post_delete.connect(_file_deleted, sender=model, dispatch_uid=f"documents.{prefix}.deleted")
    rules.register(Folder, clauses_of_folders, prefix="folder")
    post_save.connect(_folder_saved, sender=Folder, dispatch_uid="documents.folder.saved")
    post_delete.connect(_folder_deleted, sender=Folder, dispatch_uid="documents.folder.deleted")
    post_save.connect(_collection_saved, sender=Collection, dispatch_uid="documents.collection")
    post_save.connect(_organization_saved, sender=Organization, dispatch_uid="documents.organization")
    restrictions.follow(CollectionViewRestriction, "collection", _rederive_collection, name="documents")
