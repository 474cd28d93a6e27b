"""Who may read what belongs to an organisation."""

from intranet.access.clauses import Clauses, any_of
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
