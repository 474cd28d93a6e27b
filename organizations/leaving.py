"""What ends when somebody's place in an organisation is over: the objects opened to him one by one.

A letter or membership counts for nothing from its hour. A grant on a single object has no hour of its own, so it is
ended with the place that it was given for: at once where somebody ends the place, within ten minutes (the clock)
where its day is over.
"""

from typing import Any

from django.db import models
from guardian.models import UserObjectPermission

from intranet.access.grants import end_grants
from intranet.accounts.roles import NGO_PEOPLE, roles_of
from organizations.models import Membership, Person, Representative


def end_grants_of(person: Person, by: Any) -> int:
    """End what was opened to `person` for organisations in which he has no place any more; how many grants.

    Who has no place left anywhere and no office of his own keeps none at all.
    """
    user = person.user
    if user is None or not UserObjectPermission.objects.filter(user=user).exists():
        return 0
    held, lost = _organizations(person)
    if not lost - held:
        return 0
    if not held and set(roles_of(user)) <= NGO_PEOPLE and not _seats(person):
        return end_grants(user, by)
    return end_grants(user, by, among=lambda obj: _organization_of(obj) in lost - held)


def end_what_is_over() -> None:
    """End the grants of those whose last day has passed. Run by the clock."""
    granted = UserObjectPermission.objects.values("user")
    for person in Person.objects.filter(user__in=granted).select_related("user"):
        end_grants_of(person, None)


def _organizations(person: Person) -> tuple[set[int], set[int]]:
    """The organisations in which he has a place now or will have, and those in which he ever had one."""
    rows: list[Membership | Representative] = [
        *Membership.objects.filter(person=person).exclude(organization=None),
        *Representative.objects.filter(person=person),
    ]
    approved = [row for row in rows if row.state == row.State.APPROVED]
    held = {row.organization_id for row in approved if row.when in ("now", "future")}
    return {pk for pk in held if pk}, {row.organization_id for row in approved if row.organization_id}


def _seats(person: Person) -> bool:
    return Membership.objects.current().filter(person=person, organization=None).exists()


def _organization_of(obj: models.Model) -> int | None:
    specific = getattr(obj, "specific", obj)
    return getattr(specific, "organization_id", None)
