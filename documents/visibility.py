"""Who may read a file: its own readers, within every restriction of its collections."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import BaseViewRestriction, Collection, CollectionViewRestriction

from documents.actions import queue_extraction
from documents.models import Document
from intranet.access.actions import forget, rederive
from intranet.access.clauses import EVERYONE, SIGNED_IN, Clauses, all_of, any_of
from intranet.access.models import State
from intranet.accounts.roles import Role, role_token
from organizations.models import Organization
from organizations.readers import readers_of_organization

_STAFF = (Role.HQ_STAFF, Role.EDITOR, Role.LEGAL_REVIEWER, Role.COUNCIL_MEMBER, Role.AUDITOR)


def clauses_of_document(document: Document, state: str) -> Clauses | None:
    """Who may read `document`; a file has no draft."""
    if state != State.LIVE:
        return None
    clauses = _own_readers(document)
    if clauses is None:
        return None
    path = document.collection.get_ancestors(inclusive=True)
    for restriction in CollectionViewRestriction.objects.filter(collection__in=path).prefetch_related(
        "groups"
    ):
        if restriction.restriction_type == BaseViewRestriction.LOGIN:
            clauses = all_of(clauses, any_of(SIGNED_IN))
        elif restriction.restriction_type == BaseViewRestriction.GROUPS:
            clauses = all_of(clauses, any_of(*(f"group:{group.pk}" for group in restriction.groups.all())))
        else:
            return None  # a shared password is nobody's right
    return clauses


def _own_readers(document: Document) -> Clauses | None:
    match document.audience:
        case Document.Audience.PUBLIC:
            return EVERYONE
        case Document.Audience.SIGNED_IN:
            return any_of(SIGNED_IN)
        case Document.Audience.STAFF:
            return any_of(*(role_token(role) for role in _STAFF))
        case Document.Audience.ORGANIZATION:
            return readers_of_organization(document.organization) if document.organization else None
    return None


def _document_saved(sender: Any, instance: Document, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    rederive(instance)
    if instance.sha256 != instance.extracted_sha256:
        Document.objects.filter(pk=instance.pk).update(extracted_sha256=instance.sha256)
        instance.extracted_sha256 = instance.sha256
        queue_extraction(instance)


def _document_deleted(sender: Any, instance: Document, **kwargs: Any) -> None:
    forget(Document, instance.pk)


def _rederive_collection(collection: Collection) -> None:
    collections = collection.get_descendants(inclusive=True)
    rederive(Document.objects.filter(collection__in=collections).iterator(chunk_size=500))


def _restriction_changed(sender: Any, instance: CollectionViewRestriction, **kwargs: Any) -> None:
    if (collection := Collection.objects.filter(pk=instance.collection_id).first()) is not None:
        _rederive_collection(collection)


def _restriction_groups_changed(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, CollectionViewRestriction):
        _rederive_collection(instance.collection)


def _collection_saved(sender: Any, instance: Collection, created: bool, **kwargs: Any) -> None:
    if not created:
        _rederive_collection(instance)


def _organization_saved(sender: Any, instance: Organization, created: bool, **kwargs: Any) -> None:
    if not created:
        rederive(Document.objects.filter(organization=instance).iterator(chunk_size=500))


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    restriction = CollectionViewRestriction
    post_save.connect(_document_saved, sender=Document, dispatch_uid="documents.saved")
    post_delete.connect(_document_deleted, sender=Document, dispatch_uid="documents.deleted")
    post_save.connect(_collection_saved, sender=Collection, dispatch_uid="documents.collection")
    post_save.connect(_organization_saved, sender=Organization, dispatch_uid="documents.organization")
    post_save.connect(_restriction_changed, sender=restriction, dispatch_uid="documents.restricted")
    post_delete.connect(_restriction_changed, sender=restriction, dispatch_uid="documents.unrestricted")
    m2m_changed.connect(
        _restriction_groups_changed,
        sender=restriction.groups.through,
        dispatch_uid="documents.restricted_groups",
    )
