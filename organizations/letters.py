"""Letters of appointment: filed by one, approved by another, ended at an hour. Check, act, record."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.accounts.actions import withdraw_invitations
from intranet.accounts.roles import Role, has_role, users_with
from intranet.audit.actions import record
from intranet.notifications.actions import notify
from organizations.invitations import invite
from organizations.leaving import end_grants_of
from organizations.letters_end import end_earlier
from organizations.mandates import SCOPES, MandateState
from organizations.models import Membership, Organization, Person, Representative
from organizations.policies import why_not_decide, why_not_end
from organizations.queries import leads


class RefusedLetter(Exception):  # noqa: N818 - it is what a person reads
    """A letter or the end of an access was refused; the message says why."""


@dataclass(frozen=True)
class Letter:
    """What a letter says. `scopes` are names of `SCOPES`; `valid_to` is its last day."""

    number: str
    dated: datetime.date | None
    valid_from: datetime.date | None
    valid_to: datetime.date
    scopes: frozenset[str]


def file_letter(
    actor: Any,
    organization: Organization,
    person: Person | str,
    letter: Letter,
    *,
    invite_to: str = "",
    as_representative: bool = False,
) -> Representative:
    """File a letter for a person who is known, or for one named here who is then invited to `invite_to`.

    Raises `RefusedLetter`. The e-mail address links nobody to anything: the secret of the invitation does.
    """
    staff = has_role(actor, Role.HQ_STAFF)
    if not staff and (as_representative or not leads(actor, organization)):
        raise RefusedLetter(_("The organization's representative or HQ staff do this."))
    if isinstance(person, Person) and person.user_id == actor.pk:
        raise RefusedLetter(_("Nobody decides on his own membership or mandate. Ask a colleague to do it."))
    return _file(
        actor, organization, person, letter, invite_to=invite_to, leads=as_representative, succeeds=None
    )


def hand_over(actor: Any, organization: Organization, to: Person, letter: Letter) -> Representative:
    """File the letter of a successor: when HQ staff approve it, the actor's own role ends at that hour.

    The successor is one of the organisation's people already, with an account. Raises `RefusedLetter`.
    """
    own = (
        Representative.objects.current()
        .filter(person__user=actor, organization=organization, leads=True)
        .first()
    )
    if own is None:
        raise RefusedLetter(_("Only the representative hands the role over."))
    if to.user_id is None or to.user_id == actor.pk:
        raise RefusedLetter(_("The successor is another person, with an account: invite them first."))
    if own.successors.waiting().exists():
        raise RefusedLetter(_("A hand-over of yours waits for approval already. Withdraw it first."))
    return _file(actor, organization, to, letter, invite_to="", leads=True, succeeds=own)


def _file(
    actor: Any,
    organization: Organization,
    person: Person | str,
    letter: Letter,
    *,
    invite_to: str,
    leads: bool,
    succeeds: Representative | None,
) -> Representative:
    if letter.valid_to < timezone.localdate():
        raise RefusedLetter(_("The letter has expired already. Choose a later last day."))
    if letter.valid_from and letter.valid_from > letter.valid_to:
        raise RefusedLetter(_("The letter ends before it begins."))
    if (
        isinstance(person, Person)
        and organization.representatives.waiting().filter(person=person, leads=leads).exists()
    ):
        raise RefusedLetter(_("A letter for this person waits for approval already."))
    with transaction.atomic():
        if isinstance(person, str):
            person = Person.objects.create(name=person)
        mandate = Representative.objects.create(
            person=person,
            organization=organization,
            letter_number=letter.number,
            letter_date=letter.dated,
            valid_from=letter.valid_from,
            valid_to=letter.valid_to,
            **{scope: scope in letter.scopes for scope in SCOPES},
            leads=leads,
            succeeds=succeeds,
            invite_to=invite_to,
            made_by=actor,
        )
        tell_filed(mandate, actor)
    return mandate


def tell_filed(mandate: Representative, actor: Any) -> None:
    """Record that `actor` filed it and tell those who may approve it."""
    record(actor, "letter.filed", mandate, **_said(mandate))
    colleagues = users_with(Role.HQ_STAFF).exclude(pk=actor.pk)
    notify(colleagues, "letter_waiting", {"mandate": mandate}, reverse("ngo:letter", args=[mandate.pk]))


def approve(actor: Any, mandate_id: int) -> Representative:
    """Put a letter in force. What it takes the place of ends in the same hour. Raises `RefusedLetter`."""
    with transaction.atomic():
        mandate = _held(mandate_id)
        if reason := why_not_decide(actor, mandate):
            raise RefusedLetter(reason)
        now = timezone.now()
        mandate.state, mandate.decided_by, mandate.decided_at = MandateState.APPROVED, actor, now
        mandate.save(update_fields=["state", "decided_by", "decided_at"])
        record(actor, "letter.approved", mandate, **_said(mandate))
        end_earlier(actor, mandate)
        invite(actor, mandate)
        _tell(mandate, "letter_approved")
    return mandate


def refuse(actor: Any, mandate_id: int, reason: str) -> Representative:
    """Refuse a letter, saying why. Raises `RefusedLetter`."""
    with transaction.atomic():
        mandate = _held(mandate_id)
        if refusal := why_not_decide(actor, mandate):
            raise RefusedLetter(refusal)
        if not reason.strip():
            raise RefusedLetter(_("Say why, so that a better letter can follow."))
        mandate.state, mandate.decided_by, mandate.decided_at = MandateState.REFUSED, actor, timezone.now()
        mandate.refusal = reason.strip()
        mandate.save(update_fields=["state", "decided_by", "decided_at", "refusal"])
        record(actor, "letter.refused", mandate, reason=mandate.refusal)
        _tell(mandate, "letter_refused")
    return mandate


def end(actor: Any, row: Membership | Representative) -> None:
    """End an access to an organisation at this hour, or withdraw a letter that waits. Raises `RefusedLetter`."""
    with transaction.atomic():
        held = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
        if reason := why_not_end(actor, held):
            raise RefusedLetter(reason)
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
        record(actor, "organizations.access_ended", held, person=str(held.person))
        end_grants_of(held.person, actor)
        if held.person.user is not None and not held.person.user.is_active:
            withdraw_invitations(held.person.user)
        elif held.person.user is not None:
            notify(
                [held.person.user],
                "access_ended",
                {"organization": held.organization, "row": held},
                reverse("desk:desk"),
            )


def _held(mandate_id: int) -> Representative:
    """The letter, its row held until the transaction ends."""
    rows = Representative.objects.select_for_update(of=("self",)).select_related("person", "organization")
    return rows.get(pk=mandate_id)


def _tell(mandate: Representative, template: str) -> None:
    people = [user for user in (mandate.made_by, mandate.person.user) if user is not None]
    url = reverse("ngo:people", args=[mandate.organization_id])
    notify(people, template, {"mandate": mandate}, url)


def _said(mandate: Representative) -> dict[str, Any]:
    return {
        "person": str(mandate.person),
        "organization": mandate.organization_id,
        "scopes": [scope for scope in SCOPES if getattr(mandate, scope)],
        "leads": mandate.leads,
        "until": mandate.valid_to.isoformat() if mandate.valid_to else None,
        "number": mandate.letter_number,
    }
