from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DistrictsConfig(AppConfig):
    """The page family «districts»."""

    name = "pages.districts"
    label = "districts"
    verbose_name = _("Districts")

    def ready(self) -> None:
        """Keep the groups of the districts' offices as their memberships are."""
        from intranet.outbox.registry import every
        from pages.districts import offices

        offices.connect()
        every(timedelta(hours=1), "districts.sync_offices", offices.sync_all)
