"""Who works on amendments: those who may edit the bylaw. Carrying one out only makes a draft; its workflow decides."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from intranet.access.models import State
from intranet.access.queries import visible_to
from pages.bylaws.models import Amendment, BylawPage
from pages.permissions import ReadersPagePermissionPolicy


def amendable(user: Any) -> QuerySet[BylawPage]:
    """The published bylaws that `user` may edit, of which he may read the draft: the twin of `can_amend`."""
    pages = ReadersPagePermissionPolicy().instances_user_has_permission_for(user, "change")
    bylaws = BylawPage.objects.filter(pk__in=pages.values("pk"), live=True, withdrawn_on=None)
    return visible_to(bylaws, user, State.DRAFT)


def can_amend(user: Any, page: BylawPage) -> bool:
    """Whether `user` may enter and carry out amendments of `page`."""
    return amendable(user).filter(pk=page.pk).exists()


def why_not_apply(user: Any, amendment: Amendment) -> str | None:
    """Why the amendment cannot be carried out now, or None."""
    page = amendment.bylaw
    if not can_amend(user, page):
        return _("Those who may edit the bylaw carry out its amendments.")
    if not amendment.waits:
        return _("This amendment is done with.")
    if page.workflow_in_progress:
        return _("The bylaw is under review. Wait for the decision, or take it back.")
    if page.locked and page.locked_by_id != user.pk:
        return _("The bylaw is locked.")
    return None
