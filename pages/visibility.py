"""The rule of visibility of pages, and what keeps their targets right."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils.translation import gettext as _
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import post_page_move

from intranet.access.actions import forget, rederive
from intranet.access.clauses import SIGNED_IN, Clauses, all_of, any_of
from intranet.access.models import State
from pages.base import IntranetPage


def _clauses_of(restriction: PageViewRestriction) -> Clauses | None:
    if restriction.restriction_type == BaseViewRestriction.LOGIN:
        return any_of(SIGNED_IN)
    if restriction.restriction_type == BaseViewRestriction.GROUPS:
        return any_of(*(f"group:{group.pk}" for group in restriction.groups.all()))
    return None  # a shared password is nobody's right: closed, and refused where it is entered


def clauses_of_page(page: Page, state: str) -> Clauses | None:
    """Who may read `page` in `state`: the page's own readers, within every restriction on its path."""
    specific = page.specific
    if not isinstance(specific, IntranetPage):
        return None
    if state == State.DRAFT:
        return specific.draft_readers()
    if not specific.live:
        return None
    clauses = specific.live_readers()
    path = specific.get_ancestors(inclusive=True)
    for restriction in PageViewRestriction.objects.filter(page__in=path).prefetch_related("groups"):
        added = _clauses_of(restriction)
        if added is None:
            return None
        clauses = all_of(clauses, added)
    return clauses


def _rederive_subtree(page: Page) -> None:
    rederive(page.get_descendants(inclusive=True).specific().iterator(chunk_size=500))


def _page_saved(sender: Any, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    if not raw and isinstance(instance, IntranetPage):
        rederive(instance)


def _page_deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, IntranetPage):
        forget(Page, instance.pk)


def _page_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    _rederive_subtree(instance)


def _restriction_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    if (page := Page.objects.filter(pk=instance.page_id).first()) is not None:
        _rederive_subtree(page)


def _restriction_groups_changed(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
    if action.startswith("post_") and isinstance(instance, PageViewRestriction):
        _rederive_subtree(instance.page)


def _refuse_shared_password(sender: Any, instance: BaseViewRestriction, **kwargs: Any) -> None:
    """Whoever knows a shared password is unknown: no form offers it, and none is stored by another way."""
    if instance.restriction_type == BaseViewRestriction.PASSWORD:
        raise ValidationError(
            _("A page is not closed by a shared password. Choose the groups that may read it.")
        )


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    for restriction in (PageViewRestriction, CollectionViewRestriction):
        pre_save.connect(_refuse_shared_password, sender=restriction, dispatch_uid=f"pages.no_{restriction}")
    post_save.connect(_page_saved, dispatch_uid="pages.saved")
    post_delete.connect(_page_deleted, dispatch_uid="pages.deleted")
    post_page_move.connect(_page_moved, dispatch_uid="pages.moved")
    post_save.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="pages.restricted")
    post_delete.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="pages.unrestricted")
    m2m_changed.connect(
        _restriction_groups_changed,
        sender=PageViewRestriction.groups.through,
        dispatch_uid="pages.restricted_groups",
    )
