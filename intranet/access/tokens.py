"""What a reader is, as tokens. Worked out from his memberships now: nothing here is stored or cached for long."""

from collections.abc import Callable, Iterable
from typing import Any

from intranet.access.clauses import PUBLIC, SIGNED_IN
from intranet.access.models import Opening
from intranet.accounts.roles import Role, groups_of, has_role, role_token, roles_of

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


def token_of_opening(number: int) -> str:
    """The token of who broke the glass, for as long as it is open."""
    return f"glass:{number}"


def tokens_of_openings(user: Any) -> Iterable[str]:
    """The tokens of the glass that `user` broke in the last hour: an administrator's, while he is one."""
    if has_role(user, Role.ADMINISTRATOR):
        for number in Opening.objects.in_force().filter(user=user.pk).values_list("pk", flat=True):
            yield token_of_opening(number)


def tokens_of(user: Any) -> frozenset[str]:
    """All tokens of `user`: `public` for everyone, the others only for active, signed-in people."""
    tokens = {PUBLIC}
    if getattr(user, "is_authenticated", False) and user.is_active:
        tokens.add(SIGNED_IN)
        for source in _sources:
            tokens.update(source(user))
    return frozenset(tokens)
