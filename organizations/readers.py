"""Who may read what belongs to an organisation."""

from typing import Any

from intranet.access.clauses import Clauses, any_of, satisfied
from intranet.access.tokens import tokens_of
from intranet.accounts.roles import Role, role_token
from organizations.models import Organization
from organizations.tokens import member_of, representative_of, secretary_of


def readers_of_organization(organization: Organization) -> Clauses:
    """Its members and representatives, its district's secretary, HQ staff and auditors; nobody else."""
    tokens = [
        member_of(organization.pk),
        representative_of(organization.pk),
        role_token(Role.HQ_STAFF),
        role_token(Role.AUDITOR),
    ]
    if organization.district is not None:
        tokens.append(secretary_of(organization.district.number))
    return any_of(*tokens)


def reads_organization(user: Any, organization: Organization) -> bool:
    """Whether `user` is one of them at this hour."""
    return satisfied(readers_of_organization(organization), tokens_of(user))
