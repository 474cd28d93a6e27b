"""Passkeys: the site's half of WebAuthn, on Yubico's server library."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from intranet.accounts import factors
from intranet.accounts.errors import Refused
from intranet.accounts.limits import key_of
from intranet.accounts.models import Passkey, User
from intranet.audit.actions import record

MOST = 10
JSON = dict[str, Any]
_VERIFIED = UserVerificationRequirement.REQUIRED


def _server() -> Fido2Server:
    """The site as relying party: its own address and no other origin."""
    site = urlsplit(settings.SITE_URL)
    origin = f"{site.scheme}://{site.netloc}"
    rp = PublicKeyCredentialRpEntity(name=settings.SECOND_FACTOR_NAME, id=site.hostname)
    return Fido2Server(rp, verify_origin=lambda given: given == origin)


def _credentials(user: User) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(key.credential)) for key in Passkey.objects.filter(user=user)]


def begin_adding(user: User) -> tuple[JSON, JSON]:
    """(options for the browser, state for the session) to make a passkey."""
    entity = PublicKeyCredentialUserEntity(
        id=bytes.fromhex(key_of("passkey holder", str(user.pk))),
        name=user.get_username(),
        display_name=user.get_full_name(),
    )
    options, state = _server().register_begin(
        entity,
        _credentials(user),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_VERIFIED,
    )
    return dict(options.public_key), state


@transaction.atomic
def add(user: User, name: str, state: JSON | None, response: JSON) -> list[str]:
    """Keep the passkey that a browser made; return recovery codes when it is the first factor."""
    if state is None:
        raise Refused(_("This took too long. Try it once more."))
    try:
        data = _server().register_complete(state, response).credential_data
    except (ValueError, TypeError, KeyError) as error:
        raise Refused(_("The device's answer could not be checked. Try it once more.")) from error
    if data is None:
        raise Refused(_("The device's answer could not be checked. Try it once more."))
    User.objects.select_for_update().get(pk=user.pk)
    if Passkey.objects.filter(user=user).count() >= MOST:
        raise Refused(_("You have too many passkeys. Remove one that is not used."))
    identifier = websafe_encode(data.credential_id)
    if Passkey.objects.filter(credential_id=identifier).exists():
        raise Refused(_("This device is known already."))
    Passkey.objects.create(user=user, name=name, credential_id=identifier, credential=bytes(data))
    return factors.added(user, "account.passkey_added", name=name)


def begin_asking(user: User | None) -> tuple[JSON, JSON]:
    """(options, state) to ask for a passkey: of `user` as his second step, or of whoever comes (None)."""
    options, state = _server().authenticate_begin(
        _credentials(user) if user else None,
        user_verification=UserVerificationRequirement.PREFERRED if user else _VERIFIED,
    )
    return dict(options.public_key), state


@transaction.atomic
def check(state: JSON | None, response: JSON, user: User | None = None) -> User:
    """The active holder of the passkey that answered; of `user` when given. Raises `Refused`."""
    wrong = Refused(_("This passkey is not known here, or its answer could not be checked."))
    if state is None:
        raise Refused(_("This took too long. Try it once more."))
    try:
        answer = AuthenticationResponse.from_dict(response)
        identifier = websafe_encode(answer.raw_id)
        counter = answer.response.authenticator_data.counter
    except (ValueError, TypeError, KeyError) as error:
        raise wrong from error
    key = (
        Passkey.objects.select_related("user")
        .select_for_update(of=("self",))
        .filter(credential_id=identifier)
        .first()
    )
    if key is None or not key.user.is_active or (user is not None and key.user_id != user.pk):
        raise wrong
    try:
        _server().authenticate_complete(state, [AttestedCredentialData(bytes(key.credential))], response)
    except (ValueError, TypeError, KeyError) as error:
        raise wrong from error
    if counter and counter <= key.sign_count:  # two devices hold what one should
        raise wrong
    Passkey.objects.filter(pk=key.pk).update(sign_count=counter, last_used_at=timezone.now())
    return key.user


def refused(user: User | None, error: Refused) -> None:
    """Record that a passkey was refused."""
    record(None, "account.passkey_refused", user, reason=str(error))
