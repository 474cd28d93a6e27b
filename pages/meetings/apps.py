from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """The page family «meetings»."""

    name = "pages.meetings"
    label = "meetings"
    verbose_name = _("Meetings")
