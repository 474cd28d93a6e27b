"""The person behind an account: what the institution's own lists say of him."""

from typing import Any

from intranet.accounts.models import User
from intranet.audit.actions import forget
from organizations.models import Membership, Person, Representative


def export(user: User) -> list[dict[str, Any]]:
    """His name in the lists, his seats and mandates, as JSON."""
    return [
        {
            "name": person.name,
            "seats": [str(row) for row in Membership.objects.filter(person=person)],
            "mandates": [str(row) for row in Representative.objects.filter(person=person)],
        }
        for person in Person.objects.filter(user=user)
    ]


def erase(user: User) -> None:
    """Part the person from the account. Who held a seat or a mandate is official record, and stays by name."""
    for person in Person.objects.filter(user=user):
        if (
            Membership.objects.filter(person=person).exists()
            or Representative.objects.filter(person=person).exists()
        ):
            person.user = None
            person.save(update_fields=["user"])
            forget(person)  # what is recorded of him from before he had an account
        else:
            person.delete()
