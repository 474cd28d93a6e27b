"""Who may change an organisation's page: whoever acts for it today. Its members and its officials read it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from intranet.access.policies import EXPLAIN_ACCESS, NOTHING
from organizations.queries import representatives_of, represented_by, represents
from pages.members.models import MemberPage

EDIT = "edit"
ADD_DOCUMENT = "add_document"
_OF_REPRESENTATIVE = (EDIT, ADD_DOCUMENT, EXPLAIN_ACCESS)


def abilities_on_member_page(user: Any, page: MemberPage) -> Iterator[str]:
    """For a representative with a mandate to submit, in force today: to change the page, and to see who reads it."""
    if represents(user, page.organization):
        yield from _OF_REPRESENTATIVE


def member_pages_with_ability(user: Any, ability: str) -> Q:
    """The pages on which `user` has `ability`: the twin of `abilities_on_member_page`."""
    if ability not in _OF_REPRESENTATIVE:
        return NOTHING
    return Q(organization__in=represented_by(user).values("pk"))


def keepers_of_page(page: MemberPage) -> Iterable[Any]:
    """Whom to tell when an administrator breaks the glass before the page."""
    return representatives_of(page.specific.organization)
