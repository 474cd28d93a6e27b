"""Wagtail's admin asks the rule of visibility: what a person may not read, his page permissions do not open.

Wagtail lists pages by page permissions alone, so an editor of the whole tree would see NGOs' private pages in the
explorer, the choosers, the search, the reports. Both of its questions are answered here: which pages (the
policy) and what may be done with one (the tester).
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from intranet.access.models import State
from intranet.access.policies import EXPLAIN_ACCESS, MANAGE_ACCESS, NOTHING
from intranet.access.queries import can_see, visible
from intranet.accounts.roles import Role, has_role
from workflows.permissions import ModeratedPagePermissionTester


def readable_in_admin(user: Any) -> Q:
    """The pages whose draft `user` may read; published ones that he passes through, or of which no other draft
    exists (the admin shows a draft's title); and the root.
    """
    as_published = Q(has_unpublished_changes=False) | Q(numchild__gt=0)
    return (
        Q(depth=1)
        | visible(Page, user, state=State.DRAFT)
        | (as_published & visible(Page, user, state=State.LIVE))
    )


def narrowed(pages: QuerySet[Page], user: Any) -> QuerySet[Page]:
    """Those of `pages` that `user` meets in the admin (as `pk__in`: Wagtail's search compiles nothing else)."""
    return pages.filter(pk__in=Page.objects.filter(readable_in_admin(user)).values("pk"))


class ReadersPagePermissionPolicy(PagePermissionPolicy):
    """Wagtail's policy, within what the person may read."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet[Page]:
        """The pages on which `user` may do any of `actions`."""
        pages: QuerySet[Page] = super().instances_user_has_any_permission_for(user, actions)
        return narrowed(pages, user)

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        """The pages that `user` meets in the admin."""
        pages: QuerySet[Page] = super().explorable_instances(user)
        return narrowed(pages, user)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Page) -> bool:
        """Whether `user` may do any of `actions` with one page."""
        allowed: bool = super().user_has_any_permission_for_instance(user, actions, instance)
        return allowed and (instance.depth == 1 or can_see(user, instance, State.DRAFT))


class ReadersPagePermissionTester(ModeratedPagePermissionTester):
    """The answers about one page, all of them no when the person may not read its draft.

    Whoever may read the published page only may still add a page of his own below it, where his role lets him.
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.reads_draft = can_see(user, page, State.DRAFT)
        if not self.reads_draft:
            granted: set[str] = getattr(self, "permissions", set())
            self.permissions = granted & {"add"} if can_see(user, page, State.LIVE) else set()

    def can_add_subpage(self) -> bool:
        """Whether a page may be added below."""
        return bool("add" in getattr(self, "permissions", ()) and super().can_add_subpage())

    def can_edit(self) -> bool:
        """Whether the page may be edited."""
        return bool(self.reads_draft and super().can_edit())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Whether the page may be deleted."""
        return bool(self.reads_draft and super().can_delete(ignore_bulk))

    def can_publish(self) -> bool:
        """Whether the page may be published at once."""
        return bool(self.reads_draft and super().can_publish())

    def can_unpublish(self) -> bool:
        """Whether the page may be withdrawn."""
        return bool(self.reads_draft and super().can_unpublish())

    def can_lock(self) -> bool:
        """Whether the page may be locked."""
        return bool(self.reads_draft and super().can_lock())

    def can_unlock(self) -> bool:
        """Whether the page may be unlocked."""
        return bool(self.reads_draft and super().can_unlock())

    def can_submit_for_moderation(self) -> bool:
        """Whether the page may be handed in."""
        return bool(self.reads_draft and super().can_submit_for_moderation())

    def can_set_view_restrictions(self) -> bool:
        """Whether the page may be closed to some readers: HQ staff's, since nobody publishes at once."""
        return bool(self.reads_draft and has_role(self.user, Role.HQ_STAFF) and super().can_edit())

    def can_reorder_children(self) -> bool:
        """Whether the pages below may be put in another order."""
        return bool(self.reads_draft and super().can_reorder_children())

    def can_view_revisions(self) -> bool:
        """Whether the page's history may be read."""
        return bool(self.reads_draft and super().can_view_revisions())


_AS_WAGTAIL = PagePermissionPolicy(Page)


def abilities_on_page(user: Any, page: Page) -> Iterator[str]:
    """HQ staff open to others what they may read themselves, editors what they may change; auditors see who reads."""
    if has_role(user, Role.HQ_STAFF) or (
        has_role(user, Role.EDITOR) and _AS_WAGTAIL.user_has_permission_for_instance(user, "change", page)
    ):
        yield from (MANAGE_ACCESS, EXPLAIN_ACCESS)
    elif has_role(user, Role.AUDITOR):
        yield EXPLAIN_ACCESS


def pages_with_ability(user: Any, ability: str) -> Q:
    """The pages on which `user` has `ability`: the twin of `abilities_on_page`."""
    every = {MANAGE_ACCESS: {Role.HQ_STAFF}, EXPLAIN_ACCESS: {Role.HQ_STAFF, Role.AUDITOR}}.get(ability)
    if every is None:
        return NOTHING
    if has_role(user, *every):
        return ~NOTHING
    if has_role(user, Role.EDITOR):
        changeable = _AS_WAGTAIL.instances_user_has_permission_for(user, "change")
        return Q(pk__in=changeable.order_by().values("pk"))
    return NOTHING
