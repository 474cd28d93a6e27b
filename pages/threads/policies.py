"""Who may write, own, close and hide."""

from typing import Any

from django.utils.translation import gettext as _

from intranet.accounts.roles import Role, has_role
from organizations.models import Organization, Representative
from organizations.queries import represents
from pages.threads.models import Thread


def signs(user: Any, organization: Organization) -> bool:
    """Whether `user` may write official letters in the organisation's name today."""
    letters = Representative.objects.current().filter(can_submit=True, can_sign=True)
    return letters.filter(person__user=user, organization=organization).exists()


def why_not_write(user: Any, thread: Thread) -> str | None:
    """Why `user` may not reply, or None: HQ staff, and those of the organisation whose letter lets them submit."""
    if not (has_role(user, Role.HQ_STAFF) or represents(user, thread.organization)):
        return _("Those write whose letter of appointment lets them submit.")
    if thread.state == Thread.State.CLOSED:
        return _("The thread is closed. Open it again to write.")
    return None


def why_not_handle(user: Any, thread: Thread) -> str | None:
    """Why `user` may not take, leave or hide, or None: HQ staff do."""
    return None if has_role(user, Role.HQ_STAFF) else _("HQ staff do this.")


def why_not_end(user: Any, thread: Thread) -> str | None:
    """Why `user` may not close the thread or open it again, or None: either side may."""
    if has_role(user, Role.HQ_STAFF) or represents(user, thread.organization):
        return None
    return _("Those write whose letter of appointment lets them submit.")
