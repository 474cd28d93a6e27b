from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """The page family «members»."""

    name = "pages.members"
    label = "members"
    verbose_name = _("Members")

    def ready(self) -> None:
        """Register who may change an organisation's page, and follow organisations that move."""
        from intranet.access import glass, policies
        from pages.members import signal_handlers
        from pages.members.models import MemberPage
        from pages.members.policies import (
            abilities_on_member_page,
            keepers_of_page,
            member_pages_with_ability,
        )

        policies.register(MemberPage, abilities_on_member_page, member_pages_with_ability)
        glass.register(MemberPage, keepers_of_page)
        signal_handlers.connect()
