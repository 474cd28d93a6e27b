from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Organisations, bodies, districts and their people."""

    name = "organizations"
    verbose_name = _("Organizations")

    def ready(self) -> None:
        """Register what a member is to the rule of visibility."""
        from intranet.access import descriptions, tokens
        from organizations.tokens import (
            describe_body,
            describe_district,
            describe_organization,
            tokens_of_memberships,
        )

        tokens.register(tokens_of_memberships)
        descriptions.register("org", describe_organization)
        descriptions.register("district", describe_district)
        descriptions.register("body", describe_body)
