"""What a token says to a person. Rooms above register the words of their own tokens."""

from collections.abc import Callable

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.access.clauses import PUBLIC, SIGNED_IN, Clauses
from intranet.access.models import Opening
from intranet.accounts.models import User
from intranet.accounts.roles import Role
from intranet.ui.numerals import to_persian

Describe = Callable[[list[str]], str | None]

_words: dict[str, Describe] = {}


def register(prefix: str, describe: Describe) -> None:
    """Register the words of the tokens that begin with `prefix`; `describe` gets the token's other parts."""
    _words[prefix] = describe


def describe_token(token: str) -> str:
    """The readers whom `token` names, in words; empty for a token that nobody holds any more."""
    prefix, *parts = token.split(":")
    words = _words[prefix](parts) if prefix in _words else None
    return _("others (%(token)s)") % {"token": token} if words is None else words


def describe_clause(clause: frozenset[str]) -> list[str]:
    """Those who satisfy one condition, in words; without those whose time is over."""
    return sorted(words for token in clause if (words := describe_token(token)))


def describe_clauses(clauses: Clauses) -> list[list[str]]:
    """For each condition that all must hold, those who satisfy it, in words; no condition for everyone."""
    return sorted(describe_clause(clause) for clause in clauses)


def _user(parts: list[str]) -> str | None:
    user = User.objects.filter(pk=parts[0]).first()
    return user.label if user else None


def _group(parts: list[str]) -> str | None:
    group = Group.objects.filter(pk=parts[0]).first()
    return _("the group «%(name)s»") % {"name": group.name} if group else None


def _role(parts: list[str]) -> str | None:
    return str(Role(parts[0]).label) if parts[0] in Role.values else None


def _opening(parts: list[str]) -> str:
    opening = Opening.objects.in_force().filter(pk=parts[0]).select_related("user").first()
    if opening is None:
        return ""  # its hour is over: it names nobody any more
    until = to_persian(f"{timezone.localtime(opening.until):%H:%M}")
    return _("%(name)s, who broke the glass, until %(until)s") % {"name": opening.user.label, "until": until}


def register_own() -> None:
    """The words of the tokens that every reader may have; called once when the apps are ready."""
    register(PUBLIC, lambda parts: _("everyone, without signing in"))
    register(SIGNED_IN, lambda parts: _("everyone who has signed in"))
    register("user", _user)
    register("group", _group)
    register("role", _role)
    register("glass", _opening)
