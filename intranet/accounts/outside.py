"""OpenID Connect by configuration: the provider is Authlib's business, whose identity it is, ours.

An identity is issuer and subject. It belongs to the account whose holder linked it while he was signed in; what the
provider says of his e-mail address links nothing.
"""

from functools import lru_cache
from typing import Any

from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.errors import Refused
from intranet.accounts.factors import tell
from intranet.accounts.models import Identity, User
from intranet.audit.actions import record

_PATIENCE = 10  # seconds for an answer of the provider


def is_configured() -> bool:
    """Whether people can sign in by a provider."""
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def label() -> str:
    """What the provider is called on buttons; empty when there is none."""
    if not is_configured():
        return ""
    return settings.OIDC_LABEL or _("the account of the organisation")


@lru_cache(maxsize=4)
def _client_of(issuer: str, client_id: str, secret: str) -> Any:
    oauth = OAuth()
    return oauth.register(
        "outside",
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid", "code_challenge_method": "S256", "default_timeout": _PATIENCE},
    )


def client() -> Any:
    """Authlib's client of the provider that the settings name."""
    return _client_of(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)


def subject_in(token: dict[str, Any]) -> str:
    """The subject of a checked answer. Raises `Refused` when another than our provider vouches."""
    claims = token.get("userinfo") or {}
    subject = str(claims.get("sub") or "")
    if not subject or str(claims.get("iss", "")).rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
        raise Refused(_("The provider's answer could not be checked."))
    return subject


def holder_of(subject: str) -> User | None:
    """The active account that this identity was linked to."""
    found = (
        Identity.objects.select_related("user").filter(issuer=settings.OIDC_ISSUER, subject=subject).first()
    )
    if found is None or not found.user.is_active:
        return None
    Identity.objects.filter(pk=found.pk).update(last_used_at=timezone.now())
    return found.user


def identity_of(user: Any) -> Identity | None:
    """The identity that `user` has linked at the present provider."""
    return Identity.objects.filter(user=user.pk, issuer=settings.OIDC_ISSUER).first()


def link(user: User, subject: str) -> None:
    """Link an identity to the account of its holder, who is signed in. Raises `Refused` when it is another's."""
    try:
        with transaction.atomic():
            Identity.objects.update_or_create(
                user=user, issuer=settings.OIDC_ISSUER, defaults={"subject": subject}
            )
            record(user, "account.identity_linked", user, issuer=settings.OIDC_ISSUER)
            tell(user, _("An outside identity was linked to your account: with it one signs in."))
    except IntegrityError as error:
        raise Refused(_("This identity is linked to another account.")) from error


@transaction.atomic
def unlink(user: User) -> None:
    """Part the identity from the account. Raises `Refused` when its holder could not come in any more."""
    if not user.has_usable_password():
        raise Refused(_("Choose a password first: without it you could not sign in any more."))
    if Identity.objects.filter(user=user, issuer=settings.OIDC_ISSUER).delete()[0]:
        record(user, "account.identity_unlinked", user, issuer=settings.OIDC_ISSUER)
        tell(user, _("The outside identity was parted from your account."))
