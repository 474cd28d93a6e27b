"""A site of the bench's own: a migrated database with one reader, audiences, and changes that wait."""

import copy
import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "var" / "bench-search"
AUDIENCES = 40


def begin():
    """Set Django up on the bench's own data; the database is migrated once and kept."""
    os.environ.update({"DATA_DIR": str(DATA), "DJANGO_SETTINGS_MODULE": "intranet.settings.development"})
    os.environ["SEARCH_RATE_SIGNED_IN"] = os.environ["SEARCH_RATE_ANONYMOUS"] = str(
        10**9
    )  # as many as it can
    os.environ.pop("DATABASE_URL", None)
    DATA.mkdir(parents=True, exist_ok=True)

    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


@cache
def audiences():
    """Numbers of audiences: everyone's, that of all who sign in, and many that the reader is not in."""
    from intranet.access.actions import audience_for
    from intranet.access.clauses import PUBLIC, SIGNED_IN

    tokens = [PUBLIC, SIGNED_IN, *(f"body:{900_000 + number}" for number in range(AUDIENCES - 2))]
    return [audience_for(frozenset({frozenset({token})})).pk for token in tokens]


@cache
def _reader():
    from intranet.accounts.models import User
    from intranet.outbox.models import Row
    from intranet.outbox.registry import consumers
    from search.permission import CONSUMER

    user, _ = User.objects.get_or_create(username="bench-reader")
    Row.objects.filter(consumer=CONSUMER).delete()
    from django.utils import timezone

    Row.objects.bulk_create(
        Row(consumer=CONSUMER, topic=consumers[CONSUMER].topic, key=f"page:{pk}", available_at=timezone.now())
        for pk in range(900_000, 900_005)
    )
    return User.objects.get(pk=user.pk)


def reader():
    """The reader as a request would have him: what he may read is worked out anew."""
    return copy.copy(_reader())


def use(url):
    """Let the engine at this address serve."""
    from django.conf import settings

    from search import engines

    settings.SEARCH_URL = url
    return engines.current()
