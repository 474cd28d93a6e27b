"""What a user belongs to, and who belongs to an organisation."""

from typing import Any

from django.db.models import Q, QuerySet

from organizations.models import Body, District, Membership, Organization, Representative


def organizations_of(user: Any) -> QuerySet[Organization]:
    """The organisations `user` belongs to or acts for today."""
    member = Membership.objects.current().filter(person__user=user, body=None).values("organization")
    acting = Representative.objects.current().filter(person__user=user).values("organization")
    return Organization.objects.filter(Q(pk__in=member) | Q(pk__in=acting))


def represents(user: Any, organization: Organization) -> bool:
    """Whether `user` acts for `organization` today and may submit for it."""
    return (
        Representative.objects.current()
        .filter(person__user=user, organization=organization, can_submit=True)
        .exists()
    )


def districts_of(user: Any) -> QuerySet[District]:
    """The districts in whose secretariat `user` serves today."""
    seats = Membership.objects.current().filter(person__user=user, body__kind=Body.Kind.SECRETARIAT)
    return District.objects.filter(pk__in=seats.values("body__district"))
