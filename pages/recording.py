"""Every change of a page, by whatever door it came, is in the record: who, what, before and after.

It hangs on what Wagtail itself writes: a revision for each saved text, an entry of its log for each other act.
"""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models.signals import post_save, pre_save
from wagtail.models import Page, PageLogEntry, Revision

from intranet.audit.actions import record
from intranet.audit.sealing import Personal
from pages.changes import changed_fields

#: Acts on pages by Wagtail's names. Saving a text is told by its revision; workflows record their own acts.
ACTS = {
    "wagtail.convert_alias": "page.converted",
    "wagtail.copy": "page.copied",
    "wagtail.copy_for_translation": "page.translated",
    "wagtail.create": "page.added",
    "wagtail.create_alias": "page.copied",
    "wagtail.delete": "page.removed",
    "wagtail.lock": "page.locked",
    "wagtail.move": "page.moved",
    "wagtail.publish": "page.published",
    "wagtail.publish.schedule": "page.scheduled",
    "wagtail.publish.scheduled": "page.published",
    "wagtail.rename": "page.renamed",
    "wagtail.reorder": "page.moved",
    "wagtail.schedule.cancel": "page.unscheduled",
    "wagtail.unlock": "page.unlocked",
    "wagtail.unpublish": "page.taken_down",
    "wagtail.unpublish.scheduled": "page.taken_down",
    "wagtail.view_restriction.create": "page.restricted",
    "wagtail.view_restriction.delete": "page.unrestricted",
    "wagtail.view_restriction.edit": "page.restricted",
}


def _saving(sender: Any, instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """Before a text is saved: what it said until now."""
    if not raw and isinstance(instance.content_object, Page):
        instance._before = _text_before(instance)


def _text_before(revision: Revision) -> dict[str, Any] | None:
    """What the revision that it writes over, or the latest one, or a page without any, holds."""
    page = revision.content_object
    if not revision._state.adding:
        return Revision.objects.filter(pk=revision.pk).values_list("content", flat=True).first()
    earlier = Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id
    )
    latest = earlier.order_by("-created_at", "-pk").values_list("content", flat=True).first()
    if latest is None:
        stored = type(page)._base_manager.filter(pk=page.pk).first()
        latest = stored.serializable_data() if stored else None
    return latest


def _saved(sender: Any, instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    before = instance.__dict__.pop("_before", None)
    if before is None:
        return
    page = instance.content_object
    changed = changed_fields(before, instance.content)
    if changed:
        said = {name: _sealed(page, name, change, instance.user) for name, change in changed.items()}
        record(instance.user, "page.edited", page, revision=instance.pk, changed=said)


def _sealed(page: Any, name: str, change: dict[str, Any], by: Any) -> Any:
    """What is about people is sealed with the key of who wrote it; where nobody did, only that it changed is said."""
    if name not in getattr(page, "personal_fields", ()):
        return change
    return "…" if by is None else {part: Personal(by, value) for part, value in change.items()}


def _logged(sender: Any, instance: PageLogEntry, created: bool, raw: bool = False, **kwargs: Any) -> None:
    verb = ACTS.get(instance.action)
    if raw or not created or verb is None:
        return
    page = Page.objects.filter(pk=instance.page_id).first()
    gone = Page(pk=instance.page_id, title=instance.label)
    record(instance.user, verb, page.specific if page else gone, **_facts(instance))


def _facts(entry: PageLogEntry) -> dict[str, Any]:
    data = json.loads(json.dumps(entry.data, cls=DjangoJSONEncoder))  # it may hold hours
    facts = {"facts": data} if data else {}
    return {**facts, "revision": entry.revision_id} if entry.revision_id else facts


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    pre_save.connect(_saving, sender=Revision, dispatch_uid="pages.recording.saving")
    post_save.connect(_saved, sender=Revision, dispatch_uid="pages.recording.saved")
    post_save.connect(_logged, sender=PageLogEntry, dispatch_uid="pages.recording.logged")
