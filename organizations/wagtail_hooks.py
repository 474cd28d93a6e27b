"""The offices' doors into Wagtail's admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from organizations.choosers import AccountChooserViewSet, account_chooser
from organizations.viewsets import OfficesGroup

register_snippet(OfficesGroup)


@hooks.register("register_admin_viewset")
def choose_accounts() -> AccountChooserViewSet:
    """The chooser of accounts."""
    return account_chooser
