from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "intranet.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Record sign-ins."""
        from intranet.accounts import permission_names, signal_handlers

        permission_names.connect()
        signal_handlers.connect()
