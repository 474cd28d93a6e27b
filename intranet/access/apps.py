from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """The one rule of visibility."""

    name = "intranet.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        """Register the tokens every reader has, and listen to guardian's grants."""
        from intranet.access import signal_handlers, tokens

        tokens.register(tokens.tokens_of_account)
        signal_handlers.connect()
