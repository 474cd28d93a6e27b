"""Whom memberships let in, from the token's end: who holds it today, and why a person who once did does not."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from intranet.accounts.models import User
from intranet.ui.templatetags.persian import jalali
from organizations.mandates import Approved
from organizations.models import Body, Membership, Representative


def _accounts(*people: QuerySet[Any]) -> QuerySet[Any]:
    found = Q(pk__in=[])
    for rows in people:
        found |= Q(pk__in=rows.filter(person__user__isnull=False).values("person__user"))
    return User.objects.order_by().filter(found).values("pk")  # type: ignore[no-any-return]


def holders_of_organization(parts: list[str]) -> QuerySet[Any]:
    """The accounts of an organisation's members and representatives today, or of the latter only."""
    mandates = Representative.objects.current().filter(organization=int(parts[0]), can_view=True)
    if "finance" in parts:
        return _accounts(mandates.filter(sees_finance=True))
    if "rep" in parts:
        return _accounts(mandates)
    return _accounts(mandates, Membership.objects.current().filter(organization=int(parts[0])))


def holders_of_district(parts: list[str]) -> QuerySet[Any]:
    """The accounts of those who serve in a district's secretariat today."""
    return _accounts(_seats_in_district(parts[0]).current())


def holders_in_organizations_of_district(parts: list[str]) -> QuerySet[Any]:
    """The accounts of the people of a district's organisations today."""
    here = {"organization__district__number": int(parts[0])}
    mandates = Representative.objects.current().filter(can_view=True, **here)
    return _accounts(mandates, Membership.objects.current().filter(**here))


def holders_of_body(parts: list[str]) -> QuerySet[Any]:
    """The accounts of a body's members today."""
    return _accounts(Membership.objects.current().filter(body=int(parts[0]), organization=None))


def _seats_in_district(number: str) -> Any:
    return Membership.objects.filter(
        body__kind=Body.Kind.SECRETARIAT, body__district__number=number, organization=None
    )


def why_not_of_organization(user: Any, parts: list[str]) -> str | None:
    """That a membership or mandate is over, has not begun, or does not let see; None when there is none."""
    mandates = Representative.objects.filter(person__user=user, organization=int(parts[0]))
    if "finance" in parts and mandates.current().filter(can_view=True, sees_finance=False).exists():
        return _("The letter of appointment does not include finance.")
    blind = mandates.current().filter(can_view=False).select_related("organization").first()
    if blind is not None:
        return _("The mandate for «%(name)s» does not include viewing.") % {"name": blind.organization.name}
    members = Membership.objects.filter(person__user=user, organization=int(parts[0]))
    rows = [mandates] if {"rep", "finance"} & set(parts) else [mandates, members]
    return _out_of_date(rows, lambda row: row.organization.name)


def why_not_of_district(user: Any, parts: list[str]) -> str | None:
    """That the seat in the district's secretariat is over or has not begun."""
    return _out_of_date([_seats_in_district(parts[0]).filter(person__user=user)], lambda row: row.body.name)


def why_not_in_organizations_of_district(user: Any, parts: list[str]) -> str | None:
    """That the place in one of the district's organisations is over or has not begun."""
    here = {"person__user": user, "organization__district__number": int(parts[0])}
    rows = [Representative.objects.filter(**here), Membership.objects.filter(**here)]
    return _out_of_date(rows, lambda row: row.organization.name)


def why_not_of_body(user: Any, parts: list[str]) -> str | None:
    """That the seat in the body is over or has not begun."""
    seats = Membership.objects.filter(person__user=user, body=int(parts[0]), organization=None)
    return _out_of_date([seats], lambda row: row.body.name)


def _out_of_date(querysets: list[Any], name_of: Any) -> str | None:
    rows: list[Approved] = [row for rows in querysets for row in rows if row.when != "now"]
    for row in sorted(rows, key=lambda row: row.when):  # what is still to come first
        if row.when == "waiting":
            return _waits(row) % {"name": name_of(row)}
        if row.when == "refused":
            continue
        if row.when == "future" and row.valid_from:
            words = _("The place in «%(name)s» begins on %(day)s.")
            return words % {"name": name_of(row), "day": jalali(row.valid_from)}
        if end := row.ended_at or row.valid_to:
            words = _("The place in «%(name)s» ended on %(day)s.")
            return words % {"name": name_of(row), "day": jalali(end)}
    return None


def _waits(row: Approved) -> str:
    if isinstance(row, Representative):
        return _("The letter of appointment for «%(name)s» waits for approval by a second person.")
    return _("The membership of «%(name)s» waits for approval by a second person.")


ALL = (
    ("org", holders_of_organization, why_not_of_organization),
    ("district", holders_of_district, why_not_of_district),
    ("district-orgs", holders_in_organizations_of_district, why_not_in_organizations_of_district),
    ("body", holders_of_body, why_not_of_body),
)
