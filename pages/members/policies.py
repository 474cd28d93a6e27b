"""Who may change an organisation's page: whoever acts for it today. Its members and its officials read it."""

from collections.abc import Iterator
from typing import Any

from organizations.queries import represents
from pages.members.models import MemberPage

EDIT = "edit"
ADD_DOCUMENT = "add_document"


def abilities_on_member_page(user: Any, page: MemberPage) -> Iterator[str]:
    """`edit` and `add_document` for a representative with a mandate to submit, in force today."""
    if represents(user, page.organization):
        yield EDIT
        yield ADD_DOCUMENT
