from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConductConfig(AppConfig):
    """How meetings are held."""

    name = "pages.conduct"
    label = "conduct"
    verbose_name = _("Conduct of meetings")

    def ready(self) -> None:
        """Register who may read a meeting before its minutes are published, and what search finds of it."""
        from pages.conduct import visibility
        from pages.conduct.search_records import MeetingSource
        from search import records

        visibility.connect()
        records.register("meeting", MeetingSource())
