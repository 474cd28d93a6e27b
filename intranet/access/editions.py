"""What may be kept between requests: nothing is asked whether it is still true, it is kept under a name that changes.

The *edition* of the site is a number that is another one after every change of what anybody may read: of an object's
audience or of its content (whatever search is told of). It changes in the transaction of the change, so a copy made
under an edition holds for as long as the edition does. Changes are rows with random numbers and the edition is their
sum: writers never wait for each other, a rolled back change leaves no trace, and no edition comes twice.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Sum, Value
from django.utils import timezone
from django.utils.translation import get_language

from intranet.access.models import Change
from intranet.prepared import Prepared

T = TypeVar("T")

KEPT_FOR = 120  # seconds: what hangs on a date, or on a name of another room, is right again after this


def note_change() -> None:
    """Begin another edition, in the caller's transaction."""
    Change.objects.create(number=secrets.randbelow(2**40) + 1)


def forget_old_changes() -> None:
    """Drop the rows of past days; a daily job. The edition changes once more."""
    Change.objects.filter(at__lt=timezone.now() - timedelta(days=1)).delete()
    note_change()


_edition = Prepared(
    # one group of all rows, since a queryset with an aggregate and nothing else is not lazy
    lambda: (
        Change.objects.order_by()
        .annotate(every=Value(1))
        .values("every")
        .annotate(sum=Sum("number"))
        .values_list("sum")
    )
)


def edition_for(user: Any) -> int:
    """The edition, asked once a request: it is kept on the user object, which lives as long."""
    kept: int | None = getattr(user, "_edition", None)
    if kept is None:
        kept = sum(total or 0 for (total,) in _edition.rows())
        if user is not None:
            user._edition = kept
    return kept


def kept(user: Any, name: str, make: Callable[[], T], *parts: object) -> T:
    """What `make` gives, kept for as long as the edition lasts.

    `parts` name everything else on which it depends. Give `audiences_of(user)` among them, if it is the reader's.
    """
    words = "\0".join(map(str, (edition_for(user), get_language(), *parts)))
    key = f"{name}.{hashlib.sha256(words.encode()).hexdigest()}"
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_FOR)
    return found
