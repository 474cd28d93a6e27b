"""What memberships make a reader: the tokens by which audiences name an organisation's, body's or district's people."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.prepared import Prepared
from organizations.models import Body, District, Membership, Organization, Representative

_MEMBERSHIPS = Prepared(
    lambda user, today: (
        Membership.objects.current(today)
        .filter(person__user=user)
        .values_list("organization_id", "body_id", "body__kind", "body__district__number")
    ),
    *(int, dt.date),
)
_MANDATES = Prepared(
    lambda user, today: (
        Representative.objects.current(today)
        .filter(person__user=user, can_view=True)
        .values_list("organization_id")
    ),
    *(int, dt.date),
)


def member_of(organization_id: int) -> str:
    """Token of the members and representatives of an organisation."""
    return f"org:{organization_id}"


def representative_of(organization_id: int) -> str:
    """Token of an organisation's representatives."""
    return f"org:{organization_id}:rep"


def on_body(body_id: int) -> str:
    """Token of the members of a body."""
    return f"body:{body_id}"


def secretary_of(district_number: int) -> str:
    """Token of a district's secretary and of his office."""
    return f"district:{district_number}"


def tokens_of_memberships(user: Any) -> Iterator[str]:
    """The tokens that follow from what `user` belongs to today. Two queries."""
    today = timezone.localdate()
    for organization, body, kind, number in _MEMBERSHIPS.rows(user.pk, today):
        if organization is not None:
            yield member_of(organization)
        else:
            yield on_body(body)
            if kind == Body.Kind.SECRETARIAT and number is not None:
                yield secretary_of(number)
    for (organization,) in _MANDATES.rows(user.pk, today):
        yield member_of(organization)
        yield representative_of(organization)


def describe_organization(parts: list[str]) -> str | None:
    """An organisation's people, in words: its representatives when the token says so, else its members."""
    organization = Organization.objects.filter(pk=parts[0]).first()
    if organization is None:
        return None
    if "rep" in parts:
        return _("representatives of «%(name)s»") % {"name": organization.name}
    return _("members of «%(name)s»") % {"name": organization.name}


def describe_district(parts: list[str]) -> str | None:
    """A district's secretariat, in words."""
    district = District.objects.filter(number=parts[0]).first()
    return _("the secretariat of %(name)s") % {"name": district.name} if district else None


def describe_body(parts: list[str]) -> str | None:
    """The members of a body, in words."""
    body = Body.objects.filter(pk=parts[0]).first()
    return _("members of «%(name)s»") % {"name": body.name} if body else None
