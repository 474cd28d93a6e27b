"""What an administrator may do to another account."""

from typing import Any

from django.utils.translation import gettext as _

from intranet.accounts.roles import Role, has_role


def why_not_edit(actor: Any, user: Any) -> str | None:
    """Why `actor` may not change the account of `user`, or None when he may.

    Auditors watch administrators, so none of these changes an auditor's account alone.
    """
    if user.is_superuser and not actor.is_superuser:
        return _("This account is not changed here.")
    if has_role(user, Role.AUDITOR) and actor != user:
        return _("An auditor's account is not changed by one administrator alone.")
    return None
