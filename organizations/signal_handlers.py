"""What holds behind every screen: nobody changes his own membership or mandate; a name borne once is found."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.search import index

from organizations import letters, memberships
from organizations.models import Body, Membership, Organization, OrganizationName, Person, Representative
from organizations.policies import narrows, opens_to_a_secretariat, why_not_change


def _changing(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """The acting person is the one whom Wagtail's admin holds for its own log: no other screen gives memberships."""
    actor = get_active_log_context().user
    if not raw and actor is not None and (reason := why_not_change(actor, instance)) is not None:
        raise PermissionDenied(reason)


def _moving(sender: type[Organization | Body], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """No screen moves a place by one person: its form keeps the move back (`relocations`)."""
    if raw or get_active_log_context().user is None:
        return
    before = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    if before is not None and opens_to_a_secretariat(before, instance):
        raise PermissionDenied(_("A colleague approves this move first."))


def _letter_changing(
    sender: type[Representative | Membership], instance: Any, raw: bool = False, **kwargs: Any
) -> None:
    """What one person writes in the admin is filed: it counts again when another has approved it."""
    actor = get_active_log_context().user
    if raw or actor is None:
        return
    before = sender._default_manager.filter(pk=instance.pk).first() if instance.pk else None
    if before is None or not narrows(before, instance):
        file_again(instance, actor)


def _account_changing(sender: Any, instance: Person, raw: bool = False, **kwargs: Any) -> None:
    """Joined to another account by one person, somebody's places and letters wait for a second one."""
    actor = get_active_log_context().user
    if raw or actor is None or not instance.pk or instance.user_id is None:
        return
    if Person.objects.filter(pk=instance.pk).exclude(user=instance.user_id).exists():
        for model in (Membership, Representative):
            for row in model._default_manager.filter(person=instance.pk, ended_at=None):
                if row.state == row.State.APPROVED:
                    file_again(row, actor)
                    row.save()


def file_again(row: Membership | Representative, actor: Any) -> None:
    """Let it wait for another person than `actor`; the caller saves it."""
    row.state, row.made_by = row.State.WAITING, actor
    row.decided_by = row.decided_at = None
    row._filed_by = actor  # type: ignore[union-attr]


def _filed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Once it is there, those who may approve it are told."""
    actor = instance.__dict__.pop("_filed_by", None)
    if actor is not None:
        tell = memberships.tell_filed if isinstance(instance, Membership) else letters.tell_filed
        tell(instance, actor)


def _renamed(sender: Any, instance: OrganizationName, raw: bool = False, **kwargs: Any) -> None:
    """Wagtail's index knows the names that an organisation bore; they are saved after it."""
    organization = None if raw else Organization.objects.filter(pk=instance.organization_id).first()
    if organization is not None:  # gone with its names otherwise
        index.insert_or_update_object(organization)


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    pre_save.connect(_account_changing, sender=Person, dispatch_uid="organizations.Person.account")
    for place in (Organization, Body):
        pre_save.connect(_moving, sender=place, dispatch_uid=f"organizations.{place.__name__}.moving")
    for model in (Membership, Representative):
        pre_save.connect(
            _letter_changing, sender=model, dispatch_uid=f"organizations.{model.__name__}.letter"
        )
        post_save.connect(_filed, sender=model, dispatch_uid=f"organizations.{model.__name__}.filed")
        for signal in (pre_save, pre_delete):
            signal.connect(
                _changing, sender=model, dispatch_uid=f"organizations.{model.__name__}.{id(signal)}"
            )
    for signal in (post_save, post_delete):
        signal.connect(_renamed, sender=OrganizationName, dispatch_uid=f"organizations.names.{id(signal)}")
