"""What may be done to an account, and by whom."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from intranet.accounts.models import AccountState, Proposal, User
from intranet.accounts.roles import GROUP_NAMES, TWO_PERSON_ROLES, Role, has_role, roles_of


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


def why_not_administer(actor: Any, user: Any) -> str | None:
    """Why `actor` does not act upon the account of `user` at all, alone or with another."""
    if not has_role(actor, Role.ADMINISTRATOR):
        return _("Only administrators do this.")
    if actor == user:
        return _("Nobody does this to his own account.")
    if user.is_superuser:
        return _("This account is not changed here.")
    return None


def why_not_change_state(actor: Any, user: Any, *, confirmed: bool = False) -> str | None:
    """Why `actor` may not suspend, open or end the account of `user`; `confirmed` by another administrator."""
    return why_not_administer(actor, user) or (None if confirmed else why_not_edit(actor, user))


def why_not_propose(actor: Any, user: Any, kind: str, role: Role | None) -> str | None:
    """Why `actor` may not propose the act `kind` upon `user`: one reason a line."""
    why = why_not_administer(actor, user)
    if why is not None:
        return why
    held = _roles_given(user)
    if kind == Proposal.Kind.GIVE_ROLE and (role is None or role in held):
        return _("This person holds the role already.")
    if kind == Proposal.Kind.TAKE_ROLE and role not in held:
        return _("This person does not hold the role.")
    if kind == Proposal.Kind.ERASE and (why := why_not_erase(user)) is not None:
        return why
    if Proposal.objects.open().filter(user=user, kind=kind, role=role or "").exists():
        return _("The same is proposed already and waits for another administrator.")
    return None


def _roles_given(user: Any) -> set[Role]:
    """The roles of an account that need not be active."""
    if user.is_active:
        return set(roles_of(user))
    names = set(user.groups.values_list("name", flat=True))
    return {role for role, name in GROUP_NAMES.items() if name in names}


def why_not_decide(actor: Any, proposal: Proposal, *, own_too: bool = False) -> str | None:  # noqa: PLR0911 - one reason a line
    """Why `actor` may not decide `proposal`; with `own_too` its maker may, to take it back."""
    if not has_role(actor, Role.ADMINISTRATOR):
        return _("Only administrators do this.")
    if proposal.outcome:
        return _("This has been decided already.")
    if proposal.user_id == actor.pk:
        return _("Nobody does this to his own account.")
    if proposal.proposed_by_id == actor.pk:
        return None if own_too else _("Another administrator confirms what you propose.")
    if own_too:
        return None  # to refuse is open to each, also late
    if not proposal.is_open:
        return _("This proposal is too old; propose it again.")
    if not has_role(proposal.proposed_by, Role.ADMINISTRATOR):
        return _("Who proposed this is no administrator any more.")
    return None


def why_not_erase(user: Any) -> str | None:
    """Why the personal data of `user` are not erased yet."""
    if user.state in (AccountState.ACTIVE, AccountState.SUSPENDED):
        return _("End the account first, with a successor for what it owns.")
    return None
