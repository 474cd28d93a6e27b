from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Persian full-text search."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Hear of what changes."""
        from intranet.access.actions import CHANGED
        from intranet.outbox import registry
        from search import indexing, permission

        registry.subscribe(CHANGED, permission.CONSUMER, indexing.consume)
