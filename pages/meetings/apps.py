from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeetingsConfig(AppConfig):
    """The page family «meetings»."""

    name = "pages.meetings"
    label = "meetings"
    verbose_name = _("Meetings")

    def ready(self) -> None:
        """Say how the minutes of a meeting are printed, and listen to the bodies that meet."""
        from documents import pdf
        from pages.meetings import signal_handlers
        from pages.meetings.letters import letter_of_meeting
        from pages.meetings.models import MeetingPage

        pdf.register(MeetingPage, letter_of_meeting)
        signal_handlers.connect()
