"""What Wagtail's admin may do with a moderated page: nobody publishes past a workflow, not even a superuser."""

from wagtail.models import PagePermissionTester


class ModeratedPagePermissionTester(PagePermissionTester):
    """Wagtail's own tester, less what a workflow does in its place.

    Where a workflow is assigned, publication is its last step and withdrawal is a text like any other: the
    routes by which one person alone would do either are closed, in views, bulk actions, translation and API.
    """

    def can_publish(self) -> bool:
        """Only where no workflow does it."""
        return bool(super().can_publish()) and not self.page.has_workflow

    def can_publish_subpage(self) -> bool:
        """Only where no workflow does it."""
        return bool(super().can_publish_subpage()) and not self.page.has_workflow

    def can_unpublish(self) -> bool:
        """Only where no workflow does it: a published text is withdrawn, and its notice stays."""
        return bool(super().can_unpublish()) and not self.page.has_workflow

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """A text that is under review, or was ever published by a workflow, stays."""
        if not super().can_delete(ignore_bulk):
            return False
        if self.page.workflow_in_progress:
            return False
        return self.page.first_published_at is None or not self.page.has_workflow

    def can_submit_for_moderation(self) -> bool:
        """Who may edit may hand in."""
        return bool(self.can_edit()) and bool(super().can_submit_for_moderation())
