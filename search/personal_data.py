"""The searches that a person keeps: given to him, and erased when he asks for it."""

from typing import Any

from intranet.accounts.models import User
from search.models import SavedSearch


def export(user: User) -> list[dict[str, Any]]:
    """His saved searches, as JSON."""
    rows = SavedSearch.objects.filter(user=user, deleted_at=None)
    return [dict(row) for row in rows.values("name", "text", "parameters", "by_mail")]


def erase(user: User) -> None:
    """Remove them, their feeds with them."""
    SavedSearch.objects.filter(user=user).delete()
