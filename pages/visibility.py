"""The rule of visibility of pages, and what keeps their targets right."""

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_save
from guardian.models import GroupObjectPermission, UserObjectPermission
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from intranet.access import restrictions
from intranet.access.actions import CHANGED, forget, rederive
from intranet.access.clauses import Clauses
from intranet.access.models import State
from intranet.access.restrictions import within
from intranet.outbox.actions import publish_many
from pages.base import IntranetPage


def clauses_of_page(page: Page, state: str) -> Clauses | None:
    """Who may read `page` in `state`: the page's own readers, within every restriction on its path."""
    specific = page.specific
    if not isinstance(specific, IntranetPage):
        return None
    if state == State.DRAFT:
        return specific.draft_readers()
    if not specific.live:
        return None
    path = specific.get_ancestors(inclusive=True)
    return within(specific.live_readers(), PageViewRestriction.objects.filter(page__in=path))


def _rederive_subtree(page: Page) -> None:
    rederive(page.get_descendants(inclusive=True).specific().iterator(chunk_size=500))


def _note_names(sender: Any, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Before a page is saved: whether its name or address, which those below it carry too, becomes another."""
    if raw or not isinstance(instance, IntranetPage) or not instance.pk or not instance.numchild:
        return
    names = ("title", "slug", "live")
    stored = Page.objects.filter(pk=instance.pk).values_list(*names).first()
    instance._is_renamed = stored is not None and stored != tuple(getattr(instance, name) for name in names)


def _page_saved(sender: Any, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    if not raw and isinstance(instance, IntranetPage):
        rederive(instance)
        if instance.__dict__.pop("_is_renamed", False):
            _tell_below(instance)


def _tell_below(page: Page) -> None:
    """The pages below carry this one's name in their trail, where their readers may read it."""
    below = page.get_descendants().values_list("pk", flat=True)
    publish_many(CHANGED, [f"page:{pk}" for pk in below])


def _grant_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    model = instance.content_type.model_class()
    if model is not None and issubclass(model, IntranetPage):
        page = Page.objects.filter(pk=instance.object_pk, numchild__gt=0).first()
        if page is not None:
            _tell_below(page)


def _page_deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, IntranetPage):
        forget(Page, instance.pk)


def _page_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    _rederive_subtree(instance)


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    pre_save.connect(_note_names, dispatch_uid="pages.names")
    post_save.connect(_page_saved, dispatch_uid="pages.saved")
    post_delete.connect(_page_deleted, dispatch_uid="pages.deleted")
    post_page_move.connect(_page_moved, dispatch_uid="pages.moved")
    restrictions.follow(PageViewRestriction, "page", _rederive_subtree, name="pages")
    for grant in (UserObjectPermission, GroupObjectPermission):
        for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
            signal.connect(_grant_changed, sender=grant, dispatch_uid=f"pages.{grant.__name__}.{name}")
