from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    """Moderation."""

    name = "workflows"
    verbose_name = _("Workflows")

    def ready(self) -> None:
        """Follow Wagtail's workflows, and let the clock publish and close votes."""
        from intranet.outbox.registry import every
        from workflows import signal_handlers
        from workflows.actions import close_due_votes, publish_due
        from workflows.translations import close_direct_publication

        signal_handlers.connect()
        close_direct_publication()
        every(timedelta(minutes=1), "workflows.publish_due", publish_due)
        every(timedelta(hours=1), "workflows.close_votes", close_due_votes)
