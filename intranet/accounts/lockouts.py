"""Guessing passwords is made slow; nobody is locked out by another for long.

Failures are counted for an account *from one address*: it is the address that waits, the account's owner elsewhere
does not notice. A device from which the owner has signed in is counted by itself, so that a stranger in the same
office does not lock it. Beside that stand two wider counts, for one address that tries many accounts and for many
addresses that try one account; the latter never waits longer than a minute, and not at all where the owner has been.
Delays begin short and double; an hour without failures forgets them.
"""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from intranet.accounts.backends import account_called
from intranet.accounts.limits import address_of, key_of
from intranet.accounts.models import Attempts
from intranet.accounts.names import fold_name, hint_of
from intranet.accounts.sessions import sessions_of
from intranet.audit.actions import record
from intranet.audit.sealing import Personal

FORGET = 3600  # seconds without a failure
COOKIE = "known_device"
_SALT = "accounts.known_device"
_COOKIE_LIFE = 180 * 86_400
_ACCOUNTS_OF_A_DEVICE = 5


@dataclass(frozen=True, slots=True)
class Delay:
    """`free` failures cost nothing; the next waits `first` seconds, each further twice as long, `longest` at most."""

    scope: str
    free: int
    first: int
    longest: int

    def after(self, failures: int) -> int:
        """The seconds to wait after so many failures."""
        over = failures - self.free
        return 0 if over < 0 else min(self.longest, self.first * 2 ** min(over, 20))


PAIR = Delay("account and address", 5, 15, 900)
DEVICE = Delay("account and known device", 5, 15, 900)
ADDRESS = Delay("address", 30, 15, 900)
ACCOUNT = Delay("account", 50, 5, 60)
SECOND = Delay("second factor", 5, 15, 900)


@dataclass(slots=True)
class Attempt:
    """One try to sign in: `wait` is in seconds, 0 when it may go on. Counted as failed until it has succeeded."""

    holds: Sequence[tuple[str, Delay]]
    name: str
    wait: int = field(default=0)

    def succeed(self) -> None:
        """Forget the failures of this place; of the wider counts, take back this try only."""
        for key, delay in self.holds:
            if delay in (ADDRESS, ACCOUNT):
                Attempts.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)
            else:
                Attempts.objects.filter(key=key).delete()


def begin(request: HttpRequest, name: str, user: Any = None) -> Attempt:
    """Begin to sign in to what is called `name`, which `user` is when there is such an account."""
    name = user.get_username() if user else fold_name(name).lower()
    address = address_of(request)
    device = _device(request, user) if user else ""
    if device:
        return _reserve([(key_of(DEVICE.scope, name, device), DEVICE)], name)
    holds = [(key_of(PAIR.scope, name, address), PAIR)]
    if user is None or not sessions_of(user).filter(address=address).exists():
        holds += [(key_of(ADDRESS.scope, address), ADDRESS), (key_of(ACCOUNT.scope, name), ACCOUNT)]
    return _reserve(holds, name)


def begin_second(request: HttpRequest, user: Any) -> Attempt:
    """Begin to show the second factor of `user`, whose password was right."""
    place = _device(request, user) or address_of(request)
    return _reserve([(key_of(SECOND.scope, str(user.pk), place), SECOND)], user.get_username())


def _reserve(holds: Sequence[tuple[str, Delay]], name: str) -> Attempt:
    """Count the try before it is made, so that many at once are not all free."""
    now = time.time()
    attempt = Attempt(holds, name)
    with transaction.atomic():
        Attempts.objects.bulk_create(
            [Attempts(key=key, count=0, last=now) for key, _delay in sorted(holds, key=lambda hold: hold[0])],
            ignore_conflicts=True,
        )
        rows = {
            row.key: row
            for row in Attempts.objects.select_for_update()
            .filter(key__in=[key for key, _delay in holds])
            .order_by("key")
        }
        for key, delay in holds:
            if now - rows[key].last > FORGET:
                rows[key].count = 0
            attempt.wait = max(attempt.wait, math.ceil(rows[key].last + delay.after(rows[key].count) - now))
        if attempt.wait > 0:
            return attempt
        attempt.wait = 0
        for key, delay in holds:
            rows[key].count, rows[key].last = rows[key].count + 1, now
            rows[key].save()
            if rows[key].count == delay.free:
                whose = account_called(name)
                said = Personal(whose, name[:150]) if whose else hint_of(name)
                record(None, "account.sign_in_delayed", whose, name=said, scope=delay.scope)
    return attempt


def forget_old() -> None:
    """Remove counts long over; the clock calls it."""
    Attempts.objects.filter(last__lt=time.time() - 2 * FORGET).delete()


def _known(request: HttpRequest) -> dict[str, str]:
    """The accounts of this device, number to mark."""
    try:
        known = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_COOKIE_LIFE)
    except signing.BadSignature:
        return {}
    return known if isinstance(known, dict) else {}


def _mark(user: Any) -> str:
    """What a device knows of an account; another once the password is another."""
    return key_of("known device", str(user.pk), user.password)[:20]


def _device(request: HttpRequest, user: Any) -> str:
    """The mark of this device, empty when `user` has not signed in from it since his password is what it is."""
    mark = _known(request).get(str(user.pk), "")
    return mark if mark == _mark(user) else ""


def know_device(request: HttpRequest, response: HttpResponse, user: Any) -> None:
    """Let the browser remember that `user` has signed in here."""
    others = {number: mark for number, mark in _known(request).items() if number != str(user.pk)}
    kept = dict(list(others.items())[-(_ACCOUNTS_OF_A_DEVICE - 1) :]) | {str(user.pk): _mark(user)}
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=_SALT),
        max_age=_COOKIE_LIFE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
