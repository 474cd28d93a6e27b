from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BylawsConfig(AppConfig):
    """The page family «bylaws»."""

    name = "pages.bylaws"
    label = "bylaws"
    verbose_name = _("Bylaws")

    def ready(self) -> None:
        """Derive provisions at publication; say how a bylaw is printed."""
        from documents import pdf
        from pages.bylaws import signal_handlers
        from pages.bylaws.letters import letter_of_bylaw
        from pages.bylaws.models import BylawPage

        signal_handlers.connect()
        pdf.register(BylawPage, letter_of_bylaw)
