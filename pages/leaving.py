"""What happens to the pages of a person who leaves: they stay, and somebody else is their owner."""

from wagtail.models import Page

from intranet.access.actions import rederive
from intranet.accounts.models import User


def hand_over(user: User, successor: User) -> int:
    """Make `successor` the owner of the pages of `user`; how many. Drafts are then read by him in the other's place."""
    owned = list(Page.objects.filter(owner=user).specific())
    Page.objects.filter(pk__in=[page.pk for page in owned]).update(owner=successor)
    Page.objects.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)
    for page in owned:
        page.owner = successor
    rederive(owned)
    return len(owned)
