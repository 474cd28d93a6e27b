from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "intranet.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Record sign-ins; forget how often people asked."""
        from datetime import timedelta

        from intranet.accounts import actions, limits, lockouts, permission_names, sessions, signal_handlers
        from intranet.accounts.invitations import INVITATION_TOPIC
        from intranet.outbox.registry import every, subscribe

        permission_names.connect()
        signal_handlers.connect()
        every(timedelta(days=1), "accounts.forget_request_counts", limits.forget_old)
        every(timedelta(days=1), "accounts.forget_attempts", lockouts.forget_old)
        every(timedelta(days=1), "accounts.forget_sessions", sessions.SessionStore.clear_expired)
        subscribe(INVITATION_TOPIC, "accounts.invitations", actions.send_invitations)
