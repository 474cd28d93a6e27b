"""What may be done with a file or a picture beyond reading it: opening it to one more, and seeing who reads it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Q

from documents.models import Document, Image, Rendition
from intranet.access.policies import EXPLAIN_ACCESS, MANAGE_ACCESS, NOTHING
from intranet.accounts.roles import Role, has_role
from organizations.queries import representatives_of, represented_by

File = Document | Image


def abilities_on_file(user: Any, file: File) -> Iterator[str]:
    """HQ staff open files to others, an editor those that he took in; auditors and the organisation see who reads."""
    if has_role(user, Role.HQ_STAFF) or (
        has_role(user, Role.EDITOR) and file.uploaded_by_user_id == user.pk  # type: ignore[union-attr]
    ):
        yield from (MANAGE_ACCESS, EXPLAIN_ACCESS)
    elif has_role(user, Role.AUDITOR) or (
        file.organization_id is not None and represented_by(user).filter(pk=file.organization_id).exists()
    ):
        yield EXPLAIN_ACCESS


def files_with_ability(user: Any, ability: str) -> Q:
    """The files on which `user` has `ability`: the twin of `abilities_on_file`."""
    if ability not in (MANAGE_ACCESS, EXPLAIN_ACCESS):
        return NOTHING
    explaining = ability == EXPLAIN_ACCESS
    if has_role(user, Role.HQ_STAFF) or (explaining and has_role(user, Role.AUDITOR)):
        return ~NOTHING
    found = NOTHING
    if has_role(user, Role.EDITOR):
        found |= Q(uploaded_by_user=user.pk)
    if explaining:
        found |= Q(organization__in=represented_by(user).values("pk"))
    return found


def keepers_of_file(file: File) -> Iterable[Any] | None:
    """Whom to tell when an administrator breaks the glass before an organisation's own file; None for other files."""
    if file.audience != Document.Audience.ORGANIZATION or file.organization is None:
        return None
    return representatives_of(file.organization)


def document_at(kwargs: Mapping[str, Any], args: tuple[Any, ...]) -> Document | None:
    """The file that an address names."""
    return Document.objects.filter(pk=kwargs["document_id"]).first()


def image_at(kwargs: Mapping[str, Any], args: tuple[Any, ...]) -> Image | None:
    """The picture of which an address names a rendition."""
    rendition = Rendition.objects.filter(pk=kwargs["rendition_id"]).select_related("image").first()
    return rendition.image if rendition else None
