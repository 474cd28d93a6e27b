from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FollowingConfig(AppConfig):
    """What becomes of resolutions."""

    name = "pages.following"
    label = "following"
    verbose_name = _("Follow-up of resolutions")

    def ready(self) -> None:
        """Register who may read a follow-up, and what search finds of it."""
        from pages.following import visibility
        from pages.following.search_records import FollowUpSource
        from search import records

        visibility.connect()
        records.register("followup", FollowUpSource())
