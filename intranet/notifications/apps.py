from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Notices to people."""

    name = "intranet.notifications"
    label = "notifications"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Hear of notices that wait for their e-mail."""
        from intranet.notifications.actions import send_waiting
        from intranet.outbox.registry import subscribe

        subscribe("notice.queued", "notifications.mail", send_waiting, batch=50)
