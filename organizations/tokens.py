"""What memberships make a reader: the tokens by which audiences name an organisation's, body's or district's people."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.prepared import Prepared
from organizations.models import Body, District, Membership, Organization, Representative

_MEMBERSHIPS = Prepared(
    lambda user, today, now: (
        Membership.objects.current(today, now)
        .filter(person__user=user)
        .values_list(
            "organization_id",
            "organization__district__number",
            "body_id",
            "body__kind",
            "body__district__number",
        )
    ),
    *(int, dt.date, dt.datetime),
)
_MANDATES = Prepared(
    lambda user, today, now: (
        Representative.objects.current(today, now)
        .filter(person__user=user, can_view=True)
        .values_list("organization_id", "organization__district__number", "sees_finance")
    ),
    *(int, dt.date, dt.datetime),
)


def member_of(organization_id: int) -> str:
    """Token of the members and representatives of an organisation."""
    return f"org:{organization_id}"


def representative_of(organization_id: int) -> str:
    """Token of an organisation's representatives."""
    return f"org:{organization_id}:rep"


def finance_of(organization_id: int) -> str:
    """Token of those whose letter opens an organisation's finance to them."""
    return f"org:{organization_id}:finance"


def organizations_in(district_number: int) -> str:
    """Token of the people of every organisation of a district."""
    return f"district-orgs:{district_number}"


def on_body(body_id: int) -> str:
    """Token of the members of a body."""
    return f"body:{body_id}"


def secretary_of(district_number: int) -> str:
    """Token of a district's secretary and of his office."""
    return f"district:{district_number}"


def tokens_of_memberships(user: Any) -> Iterator[str]:
    """The tokens that follow from what `user` belongs to now. Two queries. His organisations are noted on him."""
    now = timezone.now()
    held: set[int] = set()
    today = timezone.localdate(now)
    for organization, in_district, body, kind, number in _MEMBERSHIPS.rows(user.pk, today, now):
        if organization is not None:
            held.add(organization)
            yield from _of_people(organization, in_district)
        else:
            yield on_body(body)
            if kind == Body.Kind.SECRETARIAT and number is not None:
                yield secretary_of(number)
    for organization, in_district, finance in _MANDATES.rows(user.pk, today, now):
        held.add(organization)
        yield from _of_people(organization, in_district)
        yield representative_of(organization)
        if finance:
            yield finance_of(organization)
    user._organizations = frozenset(held)  # for the switch of «acting for», in this request


def _of_people(organization_id: int, district_number: int | None) -> Iterator[str]:
    yield member_of(organization_id)
    if district_number is not None:
        yield organizations_in(district_number)


def describe_organization(parts: list[str]) -> str | None:
    """An organisation's people, in words: its representatives when the token says so, else its members."""
    organization = Organization.objects.filter(pk=parts[0]).first()
    if organization is None:
        return None
    if "finance" in parts:
        return _("those of «%(name)s» who see its finance") % {"name": organization.name}
    if "rep" in parts:
        return _("representatives of «%(name)s»") % {"name": organization.name}
    return _("members of «%(name)s»") % {"name": organization.name}


def describe_district(parts: list[str]) -> str | None:
    """A district's secretariat, in words."""
    district = District.objects.filter(number=parts[0]).first()
    return _("the secretariat of %(name)s") % {"name": district.name} if district else None


def describe_organizations_in(parts: list[str]) -> str | None:
    """The people of a district's organisations, in words."""
    district = District.objects.filter(number=parts[0]).first()
    return _("people of the organizations of %(name)s") % {"name": district.name} if district else None


def describe_body(parts: list[str]) -> str | None:
    """The members of a body, in words."""
    body = Body.objects.filter(pk=parts[0]).first()
    return _("members of «%(name)s»") % {"name": body.name} if body else None
