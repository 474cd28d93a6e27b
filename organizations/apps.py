from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Organisations, bodies, districts and their people."""

    name = "organizations"
    verbose_name = _("Organizations")

    def ready(self) -> None:
        """Register what a member is to the rule of visibility, and what search calls bodies and organisations."""
        from intranet.access import descriptions, explanations, holders, tokens
        from intranet.accounts.personal_data import register as register_personal_data
        from intranet.outbox.registry import every, subscribe
        from organizations import invitations, leaving, membership_reasons, personal_data, signal_handlers
        from organizations.queries import names_of_bodies, names_of_organizations
        from organizations.tokens import (
            describe_body,
            describe_district,
            describe_organization,
            describe_organizations_in,
            tokens_of_memberships,
        )
        from search import records

        records.register_names("body_id", names_of_bodies)
        records.register_names("organization", names_of_organizations)
        every(timedelta(minutes=10), "organizations.end_grants", leaving.end_what_is_over)
        register_personal_data("person", personal_data.export, personal_data.erase)
        tokens.register(tokens_of_memberships)
        descriptions.register("org", describe_organization)
        descriptions.register("district", describe_district)
        descriptions.register("district-orgs", describe_organizations_in)
        descriptions.register("body", describe_body)
        for prefix, hold, why in membership_reasons.ALL:
            holders.register(prefix, hold)
            explanations.register_near_miss(prefix, why)
        signal_handlers.connect()
        subscribe(invitations.WANTED, "organizations.invitations", invitations.send_waiting, batch=20)
