"""Nobody gives himself a right: memberships, mandates and accounts are another person's to change.

Rights follow from them (`organizations.tokens`): a member reads what is his organisation's, a secretary what is his
district's. What would touch the acting person's own is refused, and a colleague does it.
"""

from typing import Any

from django.utils.translation import gettext as _

from organizations.models import Body, Membership, Organization, Person, Representative


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


def why_not_remove(actor: Any, obj: Any) -> str | None:
    """Why `actor` may not remove `obj`, whatever uses it."""
    if isinstance(obj, Person) and obj.user_id == actor.pk:
        return _("Nobody joins a person to his own account, or parts the two. Ask a colleague to do it.")
    return why_not_change(actor, obj)
