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
            asking,
            checks,
            descriptions,
            editions,
            grants,
            holders,
            restrictions,
            signal_handlers,
            tokens,
        )
        from intranet.accounts.life import on_ending
        from intranet.outbox.registry import every, subscribe

        on_ending("grants", grants.end_grants)
        tokens.register(tokens.tokens_of_account)
        tokens.register(tokens.tokens_of_openings)
        descriptions.register_own()
        holders.register_own()
        subscribe(asking.ASKED, "access.asked", asking.pass_on, batch=50)
        restrictions.connect()
        signal_handlers.connect()
        every(timedelta(days=1), "access.forget_old_changes", editions.forget_old_changes)
