"""Signing in by the account's name or by its e-mail address."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from intranet.accounts.models import User
from intranet.prepared import Prepared
from intranet.ui.numerals import to_ascii

_ACCOUNT = Prepared(lambda number: User.objects.filter(pk=number), int)


class NameOrEmailBackend(ModelBackend):
    """Django's own backend; a name with «@» in it is an e-mail address, in any case of letters."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The active user with this name or address and password, or None."""
        name = to_ascii((username or "").strip())
        if "@" in name:
            found = User.objects.filter(email__iexact=name).exclude(email="").first()
            name = found.get_username() if found else name
        user = super().authenticate(request, username=name, password=password, **kwargs)
        return user if isinstance(user, User) else None

    def get_user(self, user_id: int) -> User | None:
        """The account of a session, as it stands now."""
        found = _ACCOUNT.objects(user_id)
        return found[0] if found and self.user_can_authenticate(found[0]) else None
