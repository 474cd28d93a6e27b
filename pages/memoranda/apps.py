from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MemorandaConfig(AppConfig):
    """The page family «memoranda»."""

    name = "pages.memoranda"
    label = "memoranda"
    verbose_name = _("Memoranda")
