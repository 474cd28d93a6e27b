"""Nobody gives himself a right: memberships, mandates and accounts are another person's to change.

Rights follow from them (`organizations.tokens`): a member reads what is his organisation's, a secretary what is his
district's. What would touch the acting person's own is refused, and a colleague does it.
"""

from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from intranet.accounts.roles import Role, has_role
from organizations.mandates import SCOPES, Relocation
from organizations.models import Body, Membership, Organization, Person, Representative
from organizations.queries import leads


def why_not_change(actor: Any, obj: Any, before: Any = None) -> str | None:
    """Why `actor` may not make, change or remove `obj`, or None. `before` is the row as it stands, if there is one."""
    match obj:
        case Membership() | Representative():
            return _own_place(actor, obj, before)
        case Person():
            return _own_account(actor, obj, before)
        case Body():
            return _own_body(actor, obj, before)
        case Organization():
            return _own_district(actor, obj, before)
    return None


def _own_place(actor: Any, obj: Any, before: Any) -> str | None:
    people = {row.person.user_id for row in (obj, before) if row is not None and row.person_id}
    if actor.pk in people:
        return _("Nobody decides on his own membership or mandate. Ask a colleague to do it.")
    return None


def _own_account(actor: Any, person: Person, before: Person | None) -> str | None:
    accounts = (before.user_id if before else None, person.user_id)
    if accounts[0] != accounts[1] and actor.pk in accounts:
        return _("Nobody joins a person to his own account, or parts the two. Ask a colleague to do it.")
    return None


def _own_body(actor: Any, body: Body, before: Body | None) -> str | None:
    if before is None or (body.kind, body.district_id) == (before.kind, before.district_id):
        return None
    if Membership.objects.filter(person__user=actor, body=before).exists():
        return _("You are a member of this body: its kind and its district are a colleague's to change.")
    return None


def _own_district(actor: Any, organization: Organization, before: Organization | None) -> str | None:
    if before is None or organization.district_id == before.district_id:
        return None
    offices = Membership.objects.filter(
        person__user=actor,
        body__kind=Body.Kind.SECRETARIAT,
        body__district__in=[pk for pk in (organization.district_id, before.district_id) if pk],
    )
    if offices.exists():
        return _("You serve in the secretariat of this district: this change is a colleague's to make.")
    return None


# What a second person approved, by kind of row: the facts that stay the same, and the rights that are not added.
_FACTS = {
    Representative: ("person_id", "organization_id", "letter_number", "letter_date"),
    Membership: ("person_id", "organization_id", "body_id"),
}
_RIGHTS = {Representative: (*SCOPES, "leads"), Membership: ("voting", "is_secretary")}


def narrows(before: Representative | Membership, after: Representative | Membership) -> bool:
    """Whether `after` gives nothing that `before` did not: such a change needs no second person."""
    kind = type(after)
    if any(getattr(before, name) != getattr(after, name) for name in _FACTS[kind]):
        return False
    if any(getattr(after, name) and not getattr(before, name) for name in _RIGHTS[kind]):
        return False
    begins_no_earlier = before.valid_from is None or (
        after.valid_from is not None and after.valid_from >= before.valid_from
    )
    ends_no_later = before.valid_to is None or (
        after.valid_to is not None and after.valid_to <= before.valid_to
    )
    return begins_no_earlier and ends_no_later


def opens_to_a_secretariat(before: Any, after: Any) -> bool:
    """Whether the row, saved as `after`, opens private files to another secretariat: then a second person approves.

    The files of an organisation that comes to a district, to that district's secretariat; those of a district, to
    the members of a body that becomes its secretariat; the closed sessions of a body, to its new district's.
    """
    if not isinstance(after, Organization | Body) or after.district_id is None:
        return False
    if before.district_id != after.district_id:
        return True
    return isinstance(after, Body) and before.kind != after.kind == Body.Kind.SECRETARIAT


def why_not_decide(actor: Any, row: Representative | Membership | Relocation) -> str | None:
    """Why `actor` may not approve or refuse what waits, or None: HQ staff do, of what others filed."""
    if not has_role(actor, Role.HQ_STAFF):
        return _("Letters of appointment, memberships and moves are approved by HQ staff.")
    if row.made_by_id == actor.pk:
        return _("You filed this; a colleague approves it.")
    if isinstance(row, Relocation):
        if reason := why_not_change(actor, moved(row), row.place):
            return reason
    elif row.person.user_id == actor.pk:
        return _("Nobody decides on his own membership or mandate. Ask a colleague to do it.")
    if row.state != row.State.WAITING or getattr(row, "ended_at", None) is not None:
        return _("This matter has been decided already.")
    return None


def moved(relocation: Relocation) -> Any:
    """The organisation or body as it would be, not saved."""
    place = copy(relocation.place)
    place.district, place.kind = relocation.district, relocation.kind
    return place


def why_not_end(actor: Any, row: Membership | Representative) -> str | None:
    """Why `actor` may not end somebody's access to an organisation, or None: its representative and HQ staff do."""
    if row.organization is None or not (has_role(actor, Role.HQ_STAFF) or leads(actor, row.organization)):
        return _("The organization's representative or HQ staff do this.")
    if row.person.user_id == actor.pk:
        return _("Nobody ends his own role. Hand it over, or ask HQ staff.")
    if row.ended_at is not None:
        return _("This has ended already.")
    return None


def why_not_remove(actor: Any, obj: Any) -> str | None:
    """Why `actor` may not remove `obj`, whatever uses it."""
    if isinstance(obj, Person) and obj.user_id == actor.pk:
        return _("Nobody joins a person to his own account, or parts the two. Ask a colleague to do it.")
    return why_not_change(actor, obj)
