"""Wagtail's document and image screens ask the rule of visibility: who may not read a file does not meet it there."""

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from intranet.access.queries import can_see, visible


class ReadersPermissionPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's policy, within what the person may read; whoever took a file in meets it too."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Any]:
        """The files on which `user` may do any of `actions`."""
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        readable = self.model._default_manager.filter(
            visible(self.model, user) | Q(uploaded_by_user_id=user.pk)
        )
        return found.filter(pk__in=readable.values("pk"))

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: models.Model) -> bool:
        """Whether `user` may do any of `actions` with one file."""
        allowed: bool = super().user_has_any_permission_for_instance(user, actions, instance)
        own = getattr(instance, "uploaded_by_user_id", None) == user.pk
        return allowed and (own or can_see(user, instance))
