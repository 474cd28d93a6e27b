"""The list of what the demonstration made. Everything it makes goes through `Manifest.make`."""

import hashlib
import json
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.models import Page, ReferenceIndex

from documents.models import Document
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES
from intranet.demonstration.models import DemonstrationItem

T = TypeVar("T", bound=models.Model)

# What changes in a page's revision without anybody having edited it.
_VOLATILE = frozenset(
    {
        "pk", "path", "depth", "numchild", "url_path", "latest_revision", "live_revision", "draft_title",
        "first_published_at", "last_published_at", "latest_revision_created_at", "has_unpublished_changes",
        "locked", "locked_at", "locked_by", "expired", "live", "content_type", "wagtail_admin_comments",
        "translation_key", "alias_of",
    }
)  # fmt: skip
_OF_USERS = ("username", "email", "password", "first_name", "last_name", "title", "is_active", "is_superuser")
_FILLED_LATER = frozenset({"id", "text", "last_login"})  # a document's text is read by the worker


def checksum_of(obj: models.Model) -> str:
    """SHA-256 of what people can change of `obj`: of a page its latest revision and whether it is live."""
    state: dict[str, Any]
    if isinstance(obj, Page):
        revision = obj.get_latest_revision()
        content = revision.content if revision else obj.specific.serializable_data()
        state = {key: value for key, value in content.items() if key not in _VOLATILE} | {"live": obj.live}
    elif isinstance(obj, User):
        state = {name: getattr(obj, name) for name in _OF_USERS}
        roles = obj.groups.filter(name__in=GROUP_NAMES.values())  # others follow from memberships
        state["groups"] = sorted(roles.values_list("name", flat=True))
    else:
        skipped = _FILLED_LATER if isinstance(obj, Document) else {"id"}
        fields = (field for field in obj._meta.concrete_fields if field.attname not in skipped)
        state = {field.attname: field.value_to_string(obj) for field in fields}
    return hashlib.sha256(json.dumps(state, sort_keys=True, default=str).encode()).hexdigest()


def fresh(item: DemonstrationItem) -> models.Model | None:
    """The object as it is in the database now, or None when somebody removed it."""
    model = item.content_type.model_class()
    found: models.Model | None = model._base_manager.filter(pk=item.object_id).first() if model else None
    return found


class Manifest:
    """Makes what is missing, once: what somebody removed, or had before us, is left as it is."""

    def __init__(self) -> None:
        self._items = {item.key: item for item in DemonstrationItem.objects.select_related("content_type")}
        self.made = 0

    def make(
        self, key: str, existing: models.QuerySet[T], build: Callable[..., T], *args: Any, **fields: Any
    ) -> T | None:
        """The object of `key`: made before, found (then it is not ours), or built now
        by `build(*args, **fields)`.

        None when somebody removed it since; then it is not made again.
        """
        if (item := self._items.get(key)) is not None:
            return fresh(item)  # type: ignore[return-value]
        if (found := existing.first()) is not None:
            return found
        with transaction.atomic():
            made = build(*args, **fields)
            self._items[key] = DemonstrationItem.objects.create(
                key=key,
                content_type=ContentType.objects.get_for_model(made, for_concrete_model=True),
                object_id=made.pk,
            )
        self.made += 1
        return made

    def is_new(self, key: str) -> bool:
        """Whether `key` is ours and its build has not ended."""
        item = self._items.get(key)
        return item is not None and not item.checksum

    def seal(self) -> None:
        """Write down what each new object looks like, now that everything stands."""
        for item in DemonstrationItem.objects.filter(checksum="").select_related("content_type"):
            if (obj := fresh(item)) is not None:
                item.checksum = checksum_of(obj)
                item.save(update_fields=["checksum"])
                if ReferenceIndex.model_is_indexable(type(obj)):
                    ReferenceIndex.create_or_update_for_object(obj)
