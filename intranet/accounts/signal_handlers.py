"""Sign-ins, failures and sign-outs go to the audit log."""

from typing import Any

from django.contrib.auth import signals

from intranet.audit.actions import record


def _signed_in(sender: Any, user: Any, **kwargs: Any) -> None:
    record(user, "account.signed_in", user)


def _signed_out(sender: Any, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record(user, "account.signed_out", user)


def _failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    record(None, "account.sign_in_failed", name=str(credentials.get("username", ""))[:150])


def connect() -> None:
    """Connect the handlers; called once when the apps are ready."""
    signals.user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    signals.user_logged_out.connect(_signed_out, dispatch_uid="accounts.signed_out")
    signals.user_login_failed.connect(_failed, dispatch_uid="accounts.sign_in_failed")
