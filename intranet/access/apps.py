from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """The one rule of visibility."""

    name = "intranet.access"
    label = "access"
    verbose_name = _("Access")

    def ready(self) -> None:
        """Register the tokens every reader has, and listen to guardian's grants."""
        from intranet.access import (  # noqa: F401 - checks register themselves
            checks,
            descriptions,
            editions,
            restrictions,
            signal_handlers,
            tokens,
        )
        from intranet.outbox.registry import every

        tokens.register(tokens.tokens_of_account)
        descriptions.register_own()
        restrictions.connect()
        signal_handlers.connect()
        every(timedelta(days=1), "access.forget_old_changes", editions.forget_old_changes)
