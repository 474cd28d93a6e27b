"""In whose name, and by how many persons, roles are being changed: what the handler of role changes asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from wagtail.log_actions import get_active_log_context


@dataclass(frozen=True, slots=True)
class Acting:
    """`user` is None for the system itself; `confirmed` when a second administrator has confirmed the act."""

    user: Any = None
    confirmed: bool = False


_acting: ContextVar[Acting | None] = ContextVar("accounts_acting", default=None)


@contextmanager
def acting_as(user: Any, *, confirmed: bool = False) -> Iterator[None]:
    """Within it roles are changed by `user`."""
    token = _acting.set(Acting(user, confirmed))
    try:
        yield
    finally:
        _acting.reset(token)


def acting() -> Acting:
    """Who acts: whom one of our acts named, else whom Wagtail's admin holds for its own log."""
    return _acting.get() or Acting(get_active_log_context().user)
