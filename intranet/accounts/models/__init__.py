"""What accounts keep: people, in whose name requests are made, second factors, and what two persons decide."""

from intranet.accounts.models.factors import AuthenticatorApp, Identity, Passkey, RecoveryCode
from intranet.accounts.models.people import AccountState, Invitation, User
from intranet.accounts.models.proposals import Proposal
from intranet.accounts.models.requests import ApiToken, Attempts, RequestCount, Session

__all__ = [
    "AccountState",
    "ApiToken",
    "Attempts",
    "AuthenticatorApp",
    "Identity",
    "Invitation",
    "Passkey",
    "Proposal",
    "RecoveryCode",
    "RequestCount",
    "Session",
    "User",
]
