"""Acts upon accounts that take two administrators: one asks with a reason, another confirms, never for themselves."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts import factors, life, personal_data
from intranet.accounts.acting import acting_as
from intranet.accounts.errors import Refused
from intranet.accounts.models import Proposal, User
from intranet.accounts.policies import why_not_decide, why_not_propose
from intranet.accounts.roles import GROUP_NAMES, Role, users_with
from intranet.accounts.sessions import end_sessions
from intranet.audit.actions import record
from intranet.notifications.actions import notify

LIFE = timedelta(days=3)
PAGE = "/accounts/proposals/"
Kind, Outcome = Proposal.Kind, Proposal.Outcome


@transaction.atomic
def propose(by: Any, user: User, kind: Proposal.Kind, reason: str, role: Role | None = None) -> Proposal:
    """Ask another administrator for an act upon the account of `user`; all of them are told. Raises `Refused`."""
    user = User.objects.select_for_update().get(pk=user.pk)
    why = why_not_propose(by, user, kind, role)
    if why is not None:
        raise Refused(why)
    if not reason.strip():
        raise Refused(_("Write a reason; the other administrator decides by it."))
    proposal = Proposal.objects.create(
        kind=kind,
        user=user,
        role=role or "",
        reason=reason.strip(),
        proposed_by=by,
        expires_at=timezone.now() + LIFE,
    )
    record(by, "proposal.made", user, kind=kind, role=role or "", reason=reason, proposal=proposal.pk)
    others = users_with(Role.ADMINISTRATOR).exclude(pk__in=[by.pk, user.pk])
    notify([by, *others], "proposal_made", {"proposal": proposal}, PAGE)
    return proposal


@transaction.atomic
def confirm(by: Any, proposal: Proposal) -> None:
    """Do what was proposed. Raises `Refused`: by the one who proposed it, by the one it is about, too late."""
    proposal = _locked(proposal)
    why = why_not_decide(by, proposal)
    if why is not None:
        raise Refused(why)
    _close(proposal, by, Outcome.CONFIRMED)
    record(
        by, "proposal.confirmed", proposal.user, kind=proposal.kind, role=proposal.role, proposal=proposal.pk
    )
    people = [proposal.proposed_by, by, proposal.user]  # he reads it also when the act ends his account
    notify(people, "proposal_decided", {"proposal": proposal}, "")
    with acting_as(by, confirmed=True):
        _do(proposal, by)


@transaction.atomic
def decline(by: Any, proposal: Proposal) -> None:
    """Refuse what was proposed, or take one's own proposal back. Raises `Refused`."""
    proposal = _locked(proposal)
    own = proposal.proposed_by_id == by.pk
    why = why_not_decide(by, proposal, own_too=True)
    if why is not None:
        raise Refused(why)
    _close(proposal, by, Outcome.WITHDRAWN if own else Outcome.DECLINED)
    record(by, f"proposal.{proposal.outcome}", proposal.user, kind=proposal.kind, proposal=proposal.pk)
    notify({proposal.proposed_by, by}, "proposal_decided", {"proposal": proposal}, PAGE)


def _locked(proposal: Proposal) -> Proposal:
    """The row as it is now, so that it is decided once."""
    row = Proposal.objects.select_for_update(of=("self",)).select_related("user", "proposed_by")
    return row.get(pk=proposal.pk)


def _close(proposal: Proposal, by: Any, outcome: Proposal.Outcome) -> None:
    proposal.decided_by, proposal.decided_at, proposal.outcome = by, timezone.now(), outcome
    proposal.save(update_fields=["decided_by", "decided_at", "outcome"])


def _do(proposal: Proposal, by: Any) -> None:
    user = proposal.user
    match proposal.kind:
        case Kind.GIVE_ROLE:
            user.groups.add(Group.objects.get(name=GROUP_NAMES[Role(proposal.role)]))
        case Kind.TAKE_ROLE:
            user.groups.remove(Group.objects.get(name=GROUP_NAMES[Role(proposal.role)]))
        case Kind.RESET_SECOND_FACTOR:
            factors.forget_factors(user)
            end_sessions(user)
            record(by, "account.second_factor_reset", user)
        case Kind.SUSPEND:
            life.suspend(by, user, proposal.reason, confirmed=True)
        case Kind.ERASE:
            personal_data.erase(by, user)
