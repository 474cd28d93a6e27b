"""The second factor: set up, asked for, taken away; what may stand in its place."""

import hmac
import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

import pyotp
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.errors import Refused
from intranet.accounts.limits import key_of
from intranet.accounts.models import AuthenticatorApp, Passkey, RecoveryCode, User
from intranet.accounts.names import fold_name
from intranet.accounts.roles import STAFF_ROLES, has_role
from intranet.accounts.sealing import seal, unseal
from intranet.audit.actions import record
from intranet.notifications.actions import notify

CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
_HALF = 5


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has set up."""

    app: AuthenticatorApp | None
    passkeys: list[Passkey]
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether a second step is asked of him."""
        return self.app is not None or bool(self.passkeys)

    @property
    def count(self) -> int:
        """How many he has, the codes aside."""
        return (self.app is not None) + len(self.passkeys)


def factors_of(user: Any) -> Factors:
    """The second factors of `user`. Three queries."""
    return Factors(
        AuthenticatorApp.objects.filter(user=user.pk).first(),
        list(Passkey.objects.filter(user=user.pk)),
        RecoveryCode.objects.filter(user=user.pk, used_at=None).count(),
    )


def is_required_of(user: Any) -> bool:
    """Whether `user` may do nothing without a second factor: the staff, where the profile says so."""
    return bool(
        settings.SECOND_FACTOR_REQUIRED
        and user.is_authenticated
        and (user.is_superuser or has_role(user, *STAFF_ROLES))
    )


def new_secret() -> str:
    """A secret for an authenticator app."""
    return pyotp.random_base32()


def address_for_app(user: User, secret: str) -> str:
    """The `otpauth:` address that an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(
        name=user.get_username(), issuer_name=settings.SECOND_FACTOR_NAME
    )


def step_of(secret: str, typed: str) -> int | None:
    """The time step whose code was typed, of now and the one before and after; None when it is none of them."""
    code = re.sub(r"\D", "", fold_name(typed))
    totp = pyotp.TOTP(secret)
    now = int(time.time()) // totp.interval
    matches = [step for step in (now - 1, now, now + 1) if hmac.compare_digest(totp.generate_otp(step), code)]
    return matches[-1] if matches else None


@transaction.atomic
def set_up_app(user: User, secret: str, typed: str) -> list[str]:
    """Keep the app whose secret is shown by a code of it; return recovery codes when these are the first."""
    step = step_of(secret, typed)
    if step is None:
        raise Refused(
            _("The code does not fit. See that the clock of your phone is right, and type the newest code.")
        )
    AuthenticatorApp.objects.update_or_create(
        user=user, defaults={"sealed_secret": seal(secret), "last_step": step}
    )
    return added(user, "account.app_added")


def added(user: User, verb: str, **detail: Any) -> list[str]:
    """A factor was added: record, tell, and return the first recovery codes (none when there were codes)."""
    record(user, verb, user, **detail)
    tell(user, _("A second factor was added to your account."))
    return [] if RecoveryCode.objects.filter(user=user, used_at=None).exists() else new_codes(user)


def tell(user: User, what: str) -> None:
    """Tell a person by notice and e-mail what was done to his account."""
    notify([user], "account_changed", {"what": what}, "/accounts/security/")


@transaction.atomic
def new_codes(user: User) -> list[str]:
    """New recovery codes in place of all before; they are shown once."""
    codes = ["".join(secrets.choice(_LETTERS) for _each in range(2 * _HALF)) for _code in range(CODES)]
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=_digest(user, code)) for code in codes)
    record(user, "account.recovery_codes_made", user)
    return [f"{code[:_HALF]}-{code[_HALF:]}" for code in codes]


def _digest(user: User, code: str) -> str:
    return key_of("recovery code", str(user.pk), code)


def check_code(user: User, typed: str) -> str | None:
    """Use up what was typed: the code of the app or a recovery code. Which it was, or None. Each works once."""
    app = AuthenticatorApp.objects.filter(user=user).first()
    step = step_of(unseal(app.sealed_secret), typed) if app else None
    if app is not None and step is not None:
        fresh = AuthenticatorApp.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step)
        return "app" if fresh else None
    plain = re.sub(r"[^a-z0-9]", "", fold_name(typed).lower())
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(user, plain), used_at=None)
    if not unused.update(used_at=timezone.now()):
        return None
    record(user, "account.recovery_code_used", user)
    tell(user, _("A recovery code was used to sign in to your account."))
    return "recovery code"


@transaction.atomic
def remove_app(user: User) -> None:
    """Take the app away. Raises `Refused` when it is the last factor of one who must have one."""
    _refuse_the_last(user)
    if AuthenticatorApp.objects.filter(user=user).delete()[0]:
        _removed(user, "account.app_removed")


@transaction.atomic
def remove_passkey(user: User, number: int) -> None:
    """Take a passkey away. Raises `Refused` when it is the last factor of one who must have one."""
    _refuse_the_last(user)
    if Passkey.objects.filter(user=user, pk=number).delete()[0]:
        _removed(user, "account.passkey_removed")


def _refuse_the_last(user: User) -> None:
    User.objects.select_for_update().get(pk=user.pk)
    if is_required_of(user) and factors_of(user).count <= 1:
        raise Refused(_("Your role needs a second factor. Set up another one before you remove this one."))


def _removed(user: User, verb: str) -> None:
    record(user, verb, user)
    tell(user, _("A second factor was removed from your account."))
    if not factors_of(user).any:
        RecoveryCode.objects.filter(user=user).delete()


def forget_factors(user: User) -> None:
    """Remove all second factors of `user`; who may do so is for the caller to ask."""
    for model in (AuthenticatorApp, Passkey, RecoveryCode):
        model._default_manager.filter(user=user).delete()
