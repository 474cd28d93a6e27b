"""`manage.py appoint`: the first two administrators, by whoever runs the machine; no superuser is ever needed."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from intranet.accounts.actions import invite
from intranet.accounts.errors import Refused
from intranet.accounts.invitations import link_of
from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role

ENOUGH = 2


class Command(BaseCommand):
    """Invite an administrator, until there are two; further ones are given the role by these."""

    help = "Invite one of the first two administrators and print the link of the invitation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom."""
        parser.add_argument("email")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Invite and print."""
        group = Group.objects.select_for_update().get(name=GROUP_NAMES[Role.ADMINISTRATOR])
        if User.objects.filter(groups=group, left_at=None).count() >= ENOUGH:
            raise CommandError(
                "There are two administrators already: one proposes the next, the other confirms."
            )
        try:
            invitation = invite(
                None, email=options["email"], first_name=options["first_name"], last_name=options["last_name"]
            )
        except Refused as error:
            raise CommandError(str(error)) from error
        invitation.user.groups.add(group)
        self.stdout.write(link_of(invitation))
