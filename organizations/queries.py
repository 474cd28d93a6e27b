"""What a user belongs to, and who belongs to an organisation."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from organizations.models import Body, District, Membership, Organization, Representative
from search.analysis import fold


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


def matching(rows: QuerySet[Any], fields: tuple[str, ...], words: str) -> QuerySet[Any]:
    """Those of `rows` in whose `fields` each of `words` stands, in whatever spelling. For thousands of rows."""
    wanted = [folded for word in words.split() if (folded := fold(word))]
    found = set()
    for pk, *texts in rows.order_by().values_list("pk", *fields):
        text = fold("".join(str(text) for text in texts if text))
        if all(word in text for word in wanted):
            found.add(pk)
    return rows.filter(pk__in=found)


def names_of_bodies(numbers: Iterable[int]) -> dict[int, str]:
    """What bodies are called, by their numbers."""
    return dict(Body.objects.filter(pk__in=list(numbers)).values_list("pk", "name"))


def names_of_organizations(numbers: Iterable[int]) -> dict[int, str]:
    """What organisations are called, by their numbers."""
    return dict(Organization.objects.filter(pk__in=list(numbers)).values_list("pk", "name"))
