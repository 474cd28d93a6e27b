"""Wagtail's view restrictions (of pages and of collections) as clauses, and what follows when one changes."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils.translation import gettext as _
from wagtail.models import BaseViewRestriction, CollectionViewRestriction, PageViewRestriction

from intranet.access.clauses import SIGNED_IN, Clauses, all_of, any_of


def clauses_of_restriction(restriction: Any) -> Clauses | None:
    """Whom `restriction` lets in; None for nobody."""
    if restriction.restriction_type == BaseViewRestriction.LOGIN:
        return any_of(SIGNED_IN)
    if restriction.restriction_type == BaseViewRestriction.GROUPS:
        return any_of(*(f"group:{group.pk}" for group in restriction.groups.all()))
    return None  # a shared password is nobody's right: closed, and refused where it is entered


def narrowed_by(clauses: Clauses | None, restrictions: Iterable[Any]) -> Clauses | None:
    """`clauses` narrowed by every one of `restrictions`; None as soon as one of them lets nobody in."""
    for restriction in restrictions:
        added = clauses_of_restriction(restriction)
        if clauses is None or added is None:
            return None
        clauses = all_of(clauses, added)
    return clauses


def follow(model: type[Any], owner: str, derive_below: Callable[[Any], None], *, name: str) -> None:
    """Call `derive_below(owner)` whenever a restriction of `model`, or the groups it names, changes.

    `owner` is the field that leads to what is restricted (`page`, `collection`); an owner that is being removed
    itself is passed over. `name` tells the handlers of one follower from another's.
    """
    owners = model._meta.get_field(owner).related_model

    def changed(sender: Any, instance: Any, **kwargs: Any) -> None:
        restricted = owners._default_manager.filter(pk=getattr(instance, f"{owner}_id")).first()
        if restricted is not None:
            derive_below(restricted)

    def groups_changed(sender: Any, instance: Any, action: str, **kwargs: Any) -> None:
        if action.startswith("post_") and isinstance(instance, model):
            derive_below(getattr(instance, owner))

    post_save.connect(changed, sender=model, weak=False, dispatch_uid=f"{name}.restricted")
    post_delete.connect(changed, sender=model, weak=False, dispatch_uid=f"{name}.unrestricted")
    through = model.groups.through
    m2m_changed.connect(groups_changed, sender=through, weak=False, dispatch_uid=f"{name}.restricted_groups")


def _refuse_shared_password(sender: Any, instance: BaseViewRestriction, **kwargs: Any) -> None:
    """Whoever knows a shared password is unknown: no form offers it, and none is stored by another way."""
    if instance.restriction_type == BaseViewRestriction.PASSWORD:
        raise ValidationError(
            _("A page is not closed by a shared password. Choose the groups that may read it.")
        )


def connect() -> None:
    """Refuse shared passwords; called once when the apps are ready."""
    for model in (PageViewRestriction, CollectionViewRestriction):
        pre_save.connect(_refuse_shared_password, sender=model, dispatch_uid=f"access.no_password.{model}")
