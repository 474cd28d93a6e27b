"""NGOs' pages in Wagtail's admin: HQ staff's alone, who publish them at once, since no workflow holds them."""

from typing import Any

from wagtail.models import Page

from intranet.accounts.roles import Role, has_role
from pages.permissions import ReadersPagePermissionTester


class MemberPermissionTester(ReadersPagePermissionTester):
    """Nothing for anybody but HQ staff; for them also to publish and to withdraw."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        granted: set[str] = getattr(self, "permissions", set())
        self.permissions = granted | {"publish"} if granted and has_role(user, Role.HQ_STAFF) else set()
