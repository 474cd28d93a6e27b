"""Telling people, and sending what waits."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from intranet.notifications.models import Notice
from intranet.outbox.actions import publish_many
from intranet.outbox.models import Row


def notify(
    recipients: Iterable[Any], template: str, context: Mapping[str, Any], url: str = ""
) -> list[Notice]:
    """Leave a notice for each active recipient, in the caller's transaction; the outbox sends the e-mails.

    `template` names `templates/notifications/<template>.subject.txt` and `.body.txt`; `url` is a path of the site.
    """
    notices = []
    with translation.override(settings.LANGUAGE_CODE):
        for user in {user.pk: user for user in recipients}.values():
            if not user.is_active:
                continue
            values = {**context, "recipient": user, "link": f"{settings.SITE_URL}{url}" if url else ""}
            subject = " ".join(render_to_string(f"notifications/{template}.subject.txt", values).split())
            body = render_to_string(f"notifications/{template}.body.txt", values)
            notices.append(Notice(recipient=user, subject=subject[:255], body=body, url=url))
    Notice.objects.bulk_create(notices)
    publish_many("notice.queued", [str(notice.pk) for notice in notices])
    return notices


def send_waiting(rows: Sequence[Row]) -> None:
    """Send the e-mails of the notices that `rows` name, each once."""
    waiting = Notice.objects.filter(pk__in=[int(row.key) for row in rows], sent_at=None).select_related(
        "recipient"
    )
    for notice in waiting:
        if notice.recipient.email:
            EmailMessage(notice.subject, notice.body, to=[notice.recipient.email]).send()
        Notice.objects.filter(pk=notice.pk).update(sent_at=timezone.now())
