"""The rules of accounts at the doors of Wagtail's admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from intranet.accounts.models import User
from intranet.accounts.policies import why_not_edit


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def ask_the_rule(request: HttpRequest, user: User) -> None:
    """Refuse to show or change an account that is not this administrator's to change."""
    if (reason := why_not_edit(request.user, user)) is not None:
        raise PermissionDenied(reason)


@hooks.register("before_bulk_action")
def no_roles_in_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Roles are given, and accounts closed, one person at a time, where the rules of each are asked."""
    if User not in getattr(action, "models", []):
        return
    if action_type in ("assign_role", "set_active_state"):
        raise PermissionDenied
    for user in objects:
        reason = why_not_edit(request.user, user)
        if reason is not None or user == request.user:
            raise PermissionDenied(reason or "")
