from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BylawsConfig(AppConfig):
    """The page family «bylaws»."""

    name = "pages.bylaws"
    label = "bylaws"
    verbose_name = _("Bylaws")

    def ready(self) -> None:
        """Derive provisions at publication; say how a bylaw is printed; follow its dates."""
        from documents import pdf, verification
        from intranet.outbox.registry import every
        from pages.bylaws import signal_handlers
        from pages.bylaws.actions import tell_of_todays_status
        from pages.bylaws.letters import letter_of_bylaw, letter_of_draft, letter_of_edition, standing_of_copy
        from pages.bylaws.models import BylawPage

        signal_handlers.connect()
        pdf.register(BylawPage, letter_of_bylaw, letter_of_edition, letter_of_draft)
        verification.register(standing_of_copy)
        every(timedelta(hours=6), "bylaws.status_of_today", tell_of_todays_status)
