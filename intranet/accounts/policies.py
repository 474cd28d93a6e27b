"""What may be done to an account, and by whom."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.accounts.roles import TWO_PERSON_ROLES, Role, has_role


def why_not_edit(actor: Any, user: Any) -> str | None:
    """Why `actor` may not change the account of `user`, or None when he may.

    Auditors watch administrators, so none of these changes an auditor's account alone.
    """
    if user.is_superuser and not actor.is_superuser:
        return _("This account is not changed here.")
    if has_role(user, Role.AUDITOR) and actor != user:
        return _("An auditor's account is not changed by one administrator alone.")
    return None


def why_not_invite(email: str, username: str, roles: Iterable[Role]) -> str | None:
    """Why no account is made for this address (and name) with these roles, or None when it may be."""
    if not email:
        return _("An invitation needs an e-mail address.")
    if User.objects.filter(email__iexact=email).exists():
        return _("Another account has this e-mail address.")
    if username and User.objects.filter(username__iexact=User.normalize_username(username)).exists():
        return _("Another account has this name.")
    if not TWO_PERSON_ROLES.isdisjoint(roles):
        return _("A role that reads private files is given by two administrators, once the account is there.")
    return None
