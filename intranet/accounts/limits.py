"""How often somebody may ask: fixed windows, counted in the database and so over all processes.

django-ratelimit counts in Django's cache and asks for one that processes share and that adds atomically; ours is the
memory of each process unless an office sets another. One upsert a request does it without a further server.
"""

import hashlib
import hmac
import ipaddress
import logging
from dataclasses import dataclass
from time import time as now

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest

from intranet.accounts.models import RequestCount

logger = logging.getLogger(__name__)

_COUNT = """
INSERT INTO accounts_requestcount (key, "window", "count") VALUES (%s, %s, 1)
ON CONFLICT (key) DO UPDATE SET
    "count" = CASE WHEN accounts_requestcount."window" = excluded."window"
                   THEN accounts_requestcount."count" + 1 ELSE 1 END,
    "window" = excluded."window"
RETURNING "count"
"""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `limit` requests in each window of `seconds`."""

    limit: int
    seconds: int = 60


def window_of(rate: Rate) -> tuple[int, int]:
    """When the window we are in began, in seconds since the epoch, and the seconds until the next, at least 1."""
    instant = now()
    began = int(instant // rate.seconds) * rate.seconds
    return began, max(1, round(began + rate.seconds - instant))


def key_of(*parts: str) -> str:
    """A name for an origin from which nobody reads the origin."""
    return hmac.new(settings.SECRET_KEY.encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def wait_of(scope: str, origin: str, rate: Rate) -> int:
    """Count a request of `origin`; the seconds it has to wait, 0 when it may go on.

    A database that cannot be written stops nobody from reading: the request goes on, with a line in the log.
    """
    began, left = window_of(rate)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_COUNT, [key_of(scope, origin), began])
            count = cursor.fetchone()[0]
    except DatabaseError:
        logger.warning("a request was not counted: the database does not take it")
        return 0
    return 0 if count <= rate.limit else left


def address_of(request: HttpRequest) -> str:
    """Where the request comes from; of IPv6 the network, since a house has as many addresses as it likes."""
    given = request.META.get("REMOTE_ADDR", "")
    if settings.CLIENT_ADDRESS_HEADER:  # what our own proxy added stands last
        given = request.META.get(settings.CLIENT_ADDRESS_HEADER, given).rpartition(",")[2].strip() or given
    try:
        address = ipaddress.ip_address(given)
    except ValueError:
        return given
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network(f"{address}/64", strict=False))


def forget_old() -> None:
    """Remove the counts of windows long over; the clock calls it."""
    RequestCount.objects.filter(window__lt=int(now()) - 86_400).delete()
