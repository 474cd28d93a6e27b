from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    """Part of the roof: knows every room."""

    name = "intranet.dashboards"
    label = "dashboards"
    verbose_name = _("My desk")

    def ready(self) -> None:
        """Note visits, and send the digests that people chose."""
        from intranet.dashboards import digests, signal_handlers
        from intranet.outbox.registry import every, subscribe

        signal_handlers.connect()
        every(timedelta(hours=1), "dashboards.digests", digests.queue_due)
        subscribe(digests.DUE, "dashboards.digests", digests.send_waiting, batch=20)
