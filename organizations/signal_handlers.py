"""What holds behind every screen: nobody changes his own membership or mandate; a name borne once is found."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.log_actions import get_active_log_context
from wagtail.search import index

from organizations.models import Membership, Organization, OrganizationName, Representative
from organizations.policies import narrows, why_not_change


def _changing(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """The acting person is the one whom Wagtail's admin holds for its own log: no other screen gives memberships."""
    actor = get_active_log_context().user
    if not raw and actor is not None and (reason := why_not_change(actor, instance)) is not None:
        raise PermissionDenied(reason)


def _letter_changing(sender: Any, instance: Representative, raw: bool = False, **kwargs: Any) -> None:
    """What one person writes in the admin is a letter filed: it counts again when another has approved it."""
    actor = get_active_log_context().user
    if raw or actor is None:
        return
    before = Representative.objects.filter(pk=instance.pk).first() if instance.pk else None
    if before is None or not narrows(before, instance):
        instance.state, instance.made_by = Representative.State.WAITING, actor
        instance.decided_by = instance.decided_at = None


def _renamed(sender: Any, instance: OrganizationName, raw: bool = False, **kwargs: Any) -> None:
    """Wagtail's index knows the names that an organisation bore; they are saved after it."""
    organization = None if raw else Organization.objects.filter(pk=instance.organization_id).first()
    if organization is not None:  # gone with its names otherwise
        index.insert_or_update_object(organization)


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    pre_save.connect(
        _letter_changing, sender=Representative, dispatch_uid="organizations.Representative.letter"
    )
    for model in (Membership, Representative):
        for signal in (pre_save, pre_delete):
            signal.connect(
                _changing, sender=model, dispatch_uid=f"organizations.{model.__name__}.{id(signal)}"
            )
    for signal in (post_save, post_delete):
        signal.connect(_renamed, sender=OrganizationName, dispatch_uid=f"organizations.names.{id(signal)}")
