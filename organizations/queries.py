"""What a user belongs to, and who belongs to an organisation."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from intranet.accounts.models import User
from intranet.accounts.roles import Role, has_role
from organizations.mandates import MandateState, Relocation
from organizations.models import Body, District, Membership, Organization, Person, Representative


def organizations_of(user: Any) -> QuerySet[Organization]:
    """The organisations `user` belongs to or acts for today."""
    member = Membership.objects.current().filter(person__user=user, body=None).values("organization")
    acting = Representative.objects.current().filter(person__user=user).values("organization")
    return Organization.objects.filter(Q(pk__in=member) | Q(pk__in=acting))


def represented_by(user: Any) -> QuerySet[Organization]:
    """The organisations for which `user` acts today and may submit."""
    mandates = Representative.objects.current().filter(person__user=user, can_submit=True)
    return Organization.objects.filter(pk__in=mandates.values("organization"))


def represents(user: Any, organization: Organization) -> bool:
    """Whether `user` acts for `organization` today and may submit for it."""
    return represented_by(user).filter(pk=organization.pk).exists()


def representatives_of(organization: Organization) -> QuerySet[User]:
    """The active accounts of those who act for `organization` today."""
    acting = Representative.objects.current().filter(organization=organization).values("person__user")
    return User.objects.filter(is_active=True, pk__in=acting)


def sees_finance(user: Any, organization: Organization) -> bool:
    """Whether a letter opens the organisation's finance to `user` today."""
    letters = Representative.objects.current().filter(can_view=True, sees_finance=True)
    return letters.filter(person__user=user, organization=organization).exists()


def leads(user: Any, organization: Organization) -> bool:
    """Whether `user` is the organisation's representative today: who invites, ends access, hands over."""
    return (
        Representative.objects.current()
        .filter(person__user=user, organization=organization, leads=True)
        .exists()
    )


def waiting_for_decision(user: Any) -> int:
    """How many letters, memberships and moves wait for `user`: HQ staff, of what others filed. Three queries."""
    if not has_role(user, Role.HQ_STAFF):
        return 0
    waiting = [model._default_manager.waiting() for model in (Representative, Membership, Relocation)]
    return sum(rows.exclude(made_by=user.pk).count() for rows in waiting)


@dataclass(frozen=True)
class Waiting:
    """What was filed for a person and gives nothing yet: a letter or a membership, of what, and when."""

    is_letter: bool
    name: str
    filed: datetime.datetime | None


def waiting_of(user: Any) -> list[Waiting]:
    """What was filed for `user` and waits for a second person. Two queries."""
    if not user.is_authenticated:
        return []
    mine = {"person__user": user.pk, "ended_at": None, "state": MandateState.WAITING}
    letters = Representative.objects.filter(**mine).select_related("organization").order_by("pk")
    seats = Membership.objects.filter(**mine).select_related("organization", "body").order_by("pk")
    return [Waiting(True, str(row.organization), row.made_at) for row in letters] + [
        Waiting(False, str(row.place), row.made_at) for row in seats
    ]


def people_of(organization: Organization) -> tuple[QuerySet[Representative], QuerySet[Membership]]:
    """Who has, waits for or had access to an organisation, and through what: letters, and plain memberships."""
    letters = organization.representatives.select_related("person__user", "made_by", "decided_by", "succeeds")
    seats = organization.memberships.select_related("person__user", "post")
    return (
        letters.order_by("-leads", "person__name", "-valid_from", "-pk"),
        seats.order_by("person__name", "-valid_from"),
    )


def readers_named(organizations: QuerySet[Organization]) -> QuerySet[Person]:
    """The people with an active account who read what is shared with `organizations` today, by name."""
    member = Membership.objects.current().filter(organization__in=organizations).values("person")
    acting = Representative.objects.current().filter(organization__in=organizations, can_view=True)
    return Person.objects.filter(
        Q(pk__in=member) | Q(pk__in=acting.values("person")), user__is_active=True
    ).order_by("name")


def districts_of(user: Any) -> QuerySet[District]:
    """The districts in whose secretariat `user` serves today."""
    seats = Membership.objects.current().filter(person__user=user, body__kind=Body.Kind.SECRETARIAT)
    return District.objects.filter(pk__in=seats.values("body__district"))


def names_of_bodies(numbers: Iterable[int] | None = None) -> dict[int, str]:
    """What bodies are called, by their numbers; all of them without numbers."""
    return _names(Body.objects.all(), numbers)


def names_of_organizations(numbers: Iterable[int] | None = None) -> dict[int, str]:
    """What organisations are called, by their numbers; all of them without numbers."""
    return _names(Organization.objects.all(), numbers)


def _names(rows: QuerySet[Any], numbers: Iterable[int] | None) -> dict[int, str]:
    wanted = rows if numbers is None else rows.filter(pk__in=list(numbers))
    return dict(wanted.order_by().values_list("pk", "name"))
