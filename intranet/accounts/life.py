"""The life of an account after its invitation: suspended, active again, left with a successor."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.acting import acting_as
from intranet.accounts.actions import withdraw_invitations
from intranet.accounts.errors import Refused
from intranet.accounts.factors import forget_factors
from intranet.accounts.models import AccountState, ApiToken, Identity, User
from intranet.accounts.policies import why_not_change_state
from intranet.accounts.sessions import end_sessions
from intranet.audit.actions import record
from intranet.notifications.actions import notify

# What a person owns in the rooms above: (who leaves, who follows) -> how many things changed hands.
HandOver = Callable[[User, User], int]
_hand_overs: dict[str, HandOver] = {}


# What ends with an account in the rooms above: (who leaves, by whom).
Ending = Callable[[User, Any], object]
_endings: dict[str, Ending] = {}


def on_ending(name: str, end: Ending) -> None:
    """Register what a room ends for a person who leaves; call it from `AppConfig.ready()`."""
    _endings[name] = end


def on_leaving(name: str, hand_over: HandOver) -> None:
    """Register how a room hands over what a leaving person owns; call it from `AppConfig.ready()`."""
    _hand_overs[name] = hand_over


@transaction.atomic
def suspend(by: Any, user: User, reason: str, *, confirmed: bool = False) -> None:
    """Close an account until it is opened again; its sessions end. `confirmed` by a second administrator."""
    user = _locked(user)
    _ask(why_not_change_state(by, user, confirmed=confirmed))
    if user.state != AccountState.ACTIVE:
        raise Refused(_("Only an active account is suspended."))
    _close(user)
    record(by, "account.suspended", user, reason=reason)


@transaction.atomic
def resume(by: Any, user: User) -> None:
    """Open a suspended account again."""
    user = _locked(user)
    _ask(why_not_change_state(by, user))
    if user.state != AccountState.SUSPENDED:
        raise Refused(_("Only a suspended account is opened again."))
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(by, "account.resumed", user)


@transaction.atomic
def leave(by: Any, user: User, successor: User) -> dict[str, int]:
    """End an account: what it made stays, what it owns goes to `successor`, its roles and keys end.

    Returns how many things of each kind were handed over. An account that has left is not opened again.
    """
    user = _locked(user)
    _ask(why_not_change_state(by, user))
    if user.state == AccountState.LEFT:
        raise Refused(_("This person has left already."))
    if not successor.is_active or successor.pk == user.pk:
        raise Refused(_("Choose another person, whose account is active, as successor."))
    handed = {name: hand_over(user, successor) for name, hand_over in _hand_overs.items()}
    for end in _endings.values():
        end(user, by)
    with acting_as(by):
        user.groups.clear()
    _close(user)
    user.left_at = timezone.now()
    user.set_unusable_password()
    user.save(update_fields=["left_at", "password"])
    withdraw_invitations(user)
    forget_factors(user)
    Identity.objects.filter(user=user).delete()
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
    record(by, "account.left", user, successor=successor.pk, handed=handed)
    if any(handed.values()):
        notify([successor], "handed_over", {"user": user, "count": sum(handed.values())}, "/desk/")
    return handed


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _ask(why: str | None) -> None:
    if why is not None:
        raise Refused(why)


def _close(user: User) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
