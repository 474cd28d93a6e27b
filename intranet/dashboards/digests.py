"""The digest: what is new, by e-mail, as often as its reader chose."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from intranet.accounts.models import User
from intranet.dashboards.models import Reading
from intranet.dashboards.news import AT_FIRST, news_for
from intranet.outbox.actions import publish_many
from intranet.outbox.models import Row

DUE = "digest.due"
EVERY = {
    Reading.Digest.DAILY: datetime.timedelta(days=1),
    Reading.Digest.WEEKLY: datetime.timedelta(days=7),
}


def choose(user: Any, digest: str) -> None:
    """Keep how often `user` wants a digest; the first one tells what is new from now on."""
    Reading.objects.update_or_create(
        user_id=user.pk, defaults={"digest": digest, "digest_at": timezone.now()}
    )


def due(now: datetime.datetime | None = None) -> list[int]:
    """Numbers of the active people whose digest is due."""
    now = now or timezone.now()
    waits = Q()
    for digest, period in EVERY.items():
        waits |= Q(digest=digest) & (Q(digest_at=None) | Q(digest_at__lte=now - period))
    return list(Reading.objects.filter(waits, user__is_active=True).values_list("user_id", flat=True))


def queue_due() -> None:
    """Leave a row for each digest that is due; the clock runs this every hour."""
    publish_many(DUE, [str(pk) for pk in due()])


def send_waiting(rows: Sequence[Row]) -> None:
    """Send the digests that `rows` name, each once: what its reader may read at this moment, and nothing else."""
    for number in {int(row.key) for row in rows} & set(due()):
        with transaction.atomic():
            reading = Reading.objects.select_for_update().get(user_id=number)
            now = timezone.now()
            since = reading.digest_at or now - AT_FIRST
            Reading.objects.filter(pk=reading.pk).update(digest_at=now)
            _send(User.objects.get(pk=number), since)


def _send(user: User, since: datetime.datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        news = news_for(user, since, limit=40)
        if not news or not user.email:
            return
        values = {"recipient": user, "news": news, "site": settings.SITE_URL}
        subject = " ".join(render_to_string("dashboards/email/digest_subject.txt", values).split())
        body = render_to_string("dashboards/email/digest.txt", values)
    EmailMessage(subject, body, to=[user.email]).send()
