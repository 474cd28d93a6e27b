from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DistrictsConfig(AppConfig):
    """The page family «districts»."""

    name = "pages.districts"
    label = "districts"
    verbose_name = _("Districts")
