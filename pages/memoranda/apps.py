from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MemorandaConfig(AppConfig):
    """The page family «memoranda»."""

    name = "pages.memoranda"
    label = "memoranda"
    verbose_name = _("Memoranda")

    def ready(self) -> None:
        """Say how a memorandum is printed, who reads evidence, and that people are reminded."""
        from documents import pdf
        from intranet.outbox.registry import every
        from pages.memoranda import reminders, visibility
        from pages.memoranda.letters import letter_of_memorandum
        from pages.memoranda.models import MemorandumPage

        pdf.register(MemorandumPage, letter_of_memorandum)
        visibility.connect()
        every(timedelta(hours=6), "memoranda.reminders", reminders.remind_due)
