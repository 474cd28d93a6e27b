"""What a reader is, as tokens. Worked out from his memberships now: nothing here is stored or cached for long."""

from collections.abc import Callable, Iterable
from typing import Any

from intranet.access.clauses import PUBLIC, SIGNED_IN
from intranet.accounts.roles import groups_of, role_token, roles_of

Source = Callable[[Any], Iterable[str]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source of tokens: a function of a signed-in, active user. Call it from `AppConfig.ready()`."""
    if source not in _sources:
        _sources.append(source)


def tokens_of_account(user: Any) -> Iterable[str]:
    """The tokens of the account itself: the person, his roles, his groups."""
    yield f"user:{user.pk}"
    for role in roles_of(user):
        yield role_token(role)
    for group in groups_of(user):
        yield f"group:{group}"


def tokens_of(user: Any) -> frozenset[str]:
    """All tokens of `user`: `public` for everyone, the others only for active, signed-in people."""
    tokens = {PUBLIC}
    if getattr(user, "is_authenticated", False) and user.is_active:
        tokens.add(SIGNED_IN)
        for source in _sources:
            tokens.update(source(user))
    return frozenset(tokens)
