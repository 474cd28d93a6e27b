"""Inviting the person whom an approved letter names.

A new address gets an account that waits for its holder (`accounts.invite`). To an address that an account has already a
link goes which whoever holds it takes up with the account in which he is signed in: no account is ever linked to a
letter by an address alone. Either link works once and expires.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from intranet.accounts import actions as accounts
from intranet.accounts.errors import Refused
from intranet.accounts.roles import GROUP_NAMES, Role
from intranet.audit.actions import record
from intranet.outbox.actions import publish
from intranet.outbox.models import Row
from organizations.letters_end import end_earlier
from organizations.mandates import MandateState
from organizations.models import Person, Representative
from organizations.signals import account_joined

WANTED = "letter.invitation"
_SALT = "organizations.letter"


class RefusedInvitation(Exception):  # noqa: N818 - it is what a person reads
    """A link does not work (any more); the message says why."""


def invite(actor: Any, mandate: Representative) -> None:
    """Invite the person of a letter that has just been approved; for one who has an account, note his role."""
    if mandate.person.user is not None:
        _give_role(mandate)
        return
    if not mandate.invite_to:
        return
    try:
        with transaction.atomic():
            invitation = accounts.invite(
                actor,
                email=mandate.invite_to,
                first_name=mandate.person.name,
                roles=[_role(mandate)],
                note=_("You are invited to the private pages and files of «%(name)s».")
                % {"name": mandate.organization.name},
                next_url=reverse("ngo:files", args=[mandate.organization_id]),
            )
    except Refused:
        publish(WANTED, str(mandate.pk))
        return
    Person.objects.filter(pk=mandate.person_id).update(user=invitation.user)
    account_joined.send(sender=Person, person=mandate.person)


def invite_again(actor: Any, mandate: Representative) -> None:
    """Send another link; the one before it ends where it can. Raises `RefusedInvitation`."""
    user = mandate.person.user
    if mandate.state != MandateState.APPROVED or mandate.when == "past" or (user and user.is_active):
        raise RefusedInvitation(_("There is nobody here who waits for an invitation."))
    if user is None:
        publish(WANTED, str(mandate.pk))
        record(actor, "letter.invited_again", mandate)
        return
    try:
        accounts.invite_again(actor, user)
    except Refused as error:
        raise RefusedInvitation(str(error)) from error


def send_waiting(rows: Sequence[Row]) -> None:
    """Send the links of the letters that `rows` name."""
    waiting = Representative.objects.current().filter(
        pk__in=[int(row.key) for row in rows], person__user=None
    )
    for mandate in waiting.select_related("organization", "person"):
        with translation.override(settings.LANGUAGE_CODE):
            values = {"mandate": mandate, "link": f"{settings.SITE_URL}{link_of(mandate)}"}
            subject = " ".join(render_to_string("ngo/email/join_subject.txt", values).split())
            body = render_to_string("ngo/email/join.txt", values)
        EmailMessage(subject, body, to=[mandate.invite_to]).send()


def link_of(mandate: Representative) -> str:
    """The path by which the letter's person takes it up."""
    token = signing.dumps([mandate.pk, mandate.person_id, mandate.invite_to], salt=_SALT)
    return reverse("ngo:join", args=[token])


def of_link(token: str) -> Representative:
    """The letter of a link that still works. Raises `RefusedInvitation`."""
    try:
        life = accounts.INVITATION_LIFE
        number, person, address = signing.loads(token, salt=_SALT, max_age=life)
    except (signing.BadSignature, ValueError) as error:
        raise RefusedInvitation(_("This link has been used or is too old.")) from error
    found = (
        Representative.objects.current()
        .filter(pk=number, person=person, person__user=None, invite_to=address)
        .select_related("organization", "person")
        .first()
    )
    if found is None:
        raise RefusedInvitation(_("This link has been used or is too old."))
    return found


def take_up(user: Any, token: str) -> Representative:
    """Make the letter that of `user`, who holds its link and is signed in. Raises `RefusedInvitation`."""
    with transaction.atomic():
        number = of_link(token).pk
        Representative.objects.select_for_update().get(pk=number)
        mandate = of_link(token)  # whoever came second finds it taken
        if user.pk in (mandate.made_by_id, mandate.decided_by_id):
            raise RefusedInvitation(
                _("Nobody decides on his own membership or mandate. Ask a colleague to do it.")
            )
        named = mandate.person
        mandate.person = Person.objects.get_or_create(user=user, defaults={"name": user.get_full_name()})[0]
        mandate.invite_to = ""  # the link is used up
        mandate.save(update_fields=["person", "invite_to"])
        if not named.mandates.exists() and not named.memberships.exists():
            named.delete()
        end_earlier(user, mandate)
        _give_role(mandate)
        record(user, "letter.taken_up", mandate, organization=mandate.organization_id, named=named.name)
    return mandate


def _role(mandate: Representative) -> Role:
    return Role.NGO_REPRESENTATIVE if mandate.leads else Role.NGO_MEMBER


def _give_role(mandate: Representative) -> None:
    """The role says what he is called; what he may do follows from the letter alone."""
    user = mandate.person.user
    if user is not None:
        user.groups.add(Group.objects.get(name=GROUP_NAMES[_role(mandate)]))
