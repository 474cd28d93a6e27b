"""What a token says to a person. Rooms above register the words of their own tokens."""

from collections.abc import Callable

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from intranet.access.clauses import PUBLIC, SIGNED_IN, Clauses
from intranet.accounts.models import User
from intranet.accounts.roles import Role

Describe = Callable[[list[str]], str | None]

_words: dict[str, Describe] = {}


def register(prefix: str, describe: Describe) -> None:
    """Register the words of the tokens that begin with `prefix`; `describe` gets the token's other parts."""
    _words[prefix] = describe


def describe_token(token: str) -> str:
    """The readers whom `token` names, in words."""
    prefix, *parts = token.split(":")
    words = _words[prefix](parts) if prefix in _words else None
    return words or _("others (%(token)s)") % {"token": token}


def describe_clauses(clauses: Clauses) -> list[list[str]]:
    """For each condition that all must hold, those who satisfy it, in words; no condition for everyone."""
    return sorted(sorted(describe_token(token) for token in clause) for clause in clauses)


def _user(parts: list[str]) -> str | None:
    user = User.objects.filter(pk=parts[0]).first()
    return user.label if user else None


def _group(parts: list[str]) -> str | None:
    group = Group.objects.filter(pk=parts[0]).first()
    return _("the group «%(name)s»") % {"name": group.name} if group else None


def _role(parts: list[str]) -> str | None:
    return str(Role(parts[0]).label) if parts[0] in Role.values else None


def register_own() -> None:
    """The words of the tokens that every reader may have; called once when the apps are ready."""
    register(PUBLIC, lambda parts: _("everyone, without signing in"))
    register(SIGNED_IN, lambda parts: _("everyone who has signed in"))
    register("user", _user)
    register("group", _group)
    register("role", _role)
