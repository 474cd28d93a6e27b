"""Signing in by the account's name or by its e-mail address."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from intranet.accounts.models import User
from intranet.accounts.names import fold_name
from intranet.prepared import Prepared

_ACCOUNT = Prepared(lambda number: User.objects.filter(pk=number), int)


def account_called(name: str) -> User | None:
    """The account with this name, or with this address when it has «@» in it, in any case of letters."""
    name = fold_name(name)
    if "@" in name:
        found = User.objects.filter(email__iexact=name).exclude(email="").first()
        if found is not None:
            return found
    return User.objects.filter(username=name).first()


class NameOrEmailBackend(ModelBackend):
    """Django's own backend; the name may be an e-mail address, and is folded."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The active user with this name or address and password, or None."""
        found = account_called(username or "")
        name = found.get_username() if found else username
        user = super().authenticate(request, username=name, password=password, **kwargs)
        return user if isinstance(user, User) else None

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, as it stands now."""
        found = _ACCOUNT.objects(user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
