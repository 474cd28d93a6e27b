from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Organisations, bodies, districts and their people."""

    name = "organizations"
    verbose_name = _("Organizations")

    def ready(self) -> None:
        """Register what a member is to the rule of visibility."""
        from intranet.access import tokens
        from organizations.tokens import tokens_of_memberships

        tokens.register(tokens_of_memberships)
