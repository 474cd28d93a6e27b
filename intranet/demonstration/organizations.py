"""Districts, organisations, bodies and accounts of the demonstration."""

from typing import Any

from django.contrib.auth.models import Group

from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role
from intranet.demonstration.manifest import Manifest
from intranet.demonstration.texts import day, table
from organizations.models import (
    Body,
    District,
    Membership,
    Neighbourhood,
    Organization,
    OrganizationName,
    Person,
    Representative,
    Seat,
)
from pages.home.permissions import TRANSLATORS

MAIL_DOMAIN = "demo.invalid"  # reserved: no letter of the demonstration ever leaves


def secretariat_name(district_name: str) -> str:
    """How the secretariat of a district is called."""
    return f"دبیرخانه منطقه‌ای سازمان‌های مردم‌نهاد {district_name}"


def build_districts(manifest: Manifest) -> None:
    """The 22 districts, their neighbourhoods and their secretariats."""
    for row in table("districts")["district"]:
        number, name = row["number"], row["name"]
        district = manifest.make(
            f"district:{number}",
            District.objects.filter(number=number),
            District.objects.create,
            number=number,
            name=name,
        )
        if district is None:
            continue
        for place in row["neighbourhoods"]:
            manifest.make(
                f"neighbourhood:{number}:{place}",
                Neighbourhood.objects.filter(district=district, name=place),
                Neighbourhood.objects.create,
                district=district,
                name=place,
            )
        title = secretariat_name(name)
        manifest.make(
            f"secretariat:{number}",
            Body.objects.filter(name=title),
            Body.objects.create,
            kind=Body.Kind.SECRETARIAT,
            name=title,
            district=district,
            legal_basis="آیین‌نامه داخلی دبیرخانه‌های منطقه‌ای سازمان‌های مردم‌نهاد",
        )


def build_bodies(manifest: Manifest) -> None:
    """Councils, committees and headquarters, and the organisations beside them."""
    for row in table("bodies")["body"]:
        particulars = {name: value for name, value in row.items() if name != "seats"}
        body = manifest.make(
            f"body:{row['name']}", Body.objects.filter(name=row["name"]), Body.objects.create, **particulars
        )
        for seat in row.get("seats", ()) if body else ():
            manifest.make(
                f"seat:{row['name']}:{seat['name']}",
                Seat.objects.filter(body=body, name=seat["name"]),
                Seat.objects.create,
                body=body,
                **seat,
            )
    for row in table("bodies")["organization"]:
        organization = manifest.make(
            f"organization:{row['name']}",
            Organization.objects.filter(name=row["name"]),
            Organization.objects.create,
            kind=row["kind"],
            name=row["name"],
            field=row["field"],
            founded_on=day(row.get("founded", "")),
        )
        if organization is not None and (former := row.get("former_name")):
            manifest.make(
                f"former-name:{former}",
                OrganizationName.objects.filter(organization=organization, name=former),
                OrganizationName.objects.create,
                organization=organization,
                name=former,
                valid_to=day(row["former_until"]),
            )


def build_ngos(manifest: Manifest) -> None:
    """The member NGOs."""
    for row in table("members")["member"]:
        manifest.make(
            f"ngo:{row['slug']}",
            Organization.objects.filter(name=row["name"]),
            Organization.objects.create,
            kind=Organization.Kind.NGO,
            name=row["name"],
            field=row["field"],
            district=District.objects.filter(number=row["district"]).first(),
            registration_number=row["registration"],
            founded_on=day(row["founded"]),
            tier=row["tier"],
            consultative_since=day(row.get("consultative", "")),
        )


def build_accounts(manifest: Manifest, password_hash: str) -> None:
    """An account for each role, with the person, seat or mandate behind it."""
    for row in table("accounts")["account"]:
        name = row["username"]
        user = manifest.make(
            f"account:{name}",
            User.objects.filter(username=name),
            _account,
            row,
            password_hash,
        )
        if user is None or not manifest.is_new(f"account:{name}"):
            continue
        person = manifest.make(
            f"person:{name}",
            Person.objects.filter(user=user),
            Person.objects.create,
            user=user,
            name=user.get_full_name(),
        )
        if person is not None:
            _seat(manifest, row, person)


def _account(row: dict[str, Any], password_hash: str) -> User:
    user = User.objects.create(
        username=row["username"],
        email=f"{row['username']}@{MAIL_DOMAIN}",
        first_name=row["first_name"],
        last_name=row["last_name"],
        title=row["title"],
        password=password_hash,
    )
    user.groups.add(Group.objects.get(name=GROUP_NAMES[Role(row["role"])]))
    if row.get("translates"):
        user.groups.add(*Group.objects.filter(name=TRANSLATORS))
    return user


def _seat(manifest: Manifest, row: dict[str, Any], person: Person) -> None:
    """The membership of a body or an NGO, or the mandate, that the account's role needs."""
    key = f"seat:{row['username']}"
    if slug := row.get("organization"):
        ngo = next(ngo for ngo in table("members")["member"] if ngo["slug"] == slug)
        organization = Organization.objects.filter(name=ngo["name"]).first()
        if organization is None:
            return
        if row["role"] == Role.NGO_REPRESENTATIVE:
            mandate = {"person": person, "organization": organization}
            manifest.make(
                key,
                Representative.objects.filter(**mandate),
                Representative.objects.create,
                **mandate,
                can_sign=True,
                sees_finance=True,
                letter_number=f"{ngo['registration']}/1",
                letter_date=day("1405/01/20"),
                valid_to=day("1407/12/29"),
                state=Representative.State.APPROVED,
            )
            return
        place: dict[str, Any] = {"person": person, "organization": organization}
    elif "body" in row:
        place = {"person": person, "body": Body.objects.filter(name=row["body"]).first()}
    elif "district" in row:
        secretariat = Body.objects.filter(
            kind=Body.Kind.SECRETARIAT, district__number=row["district"]
        ).first()
        place = {"person": person, "body": secretariat, "is_secretary": True}
    else:
        return
    if place.get("body") or place.get("organization"):
        manifest.make(key, Membership.objects.filter(**place), Membership.objects.create, **place)
