"""What tests make: users by role, organisations, pages. Each function gives an object with sound defaults."""

import itertools

from django.contrib.auth.models import Group

from intranet.accounts.models import User
from intranet.accounts.roles import GROUP_NAMES, Role
from organizations.models import Body, District, Membership, Organization, Person, Representative
from pages.home.models import HomePage

_numbers = itertools.count(1)


def home():
    """The Persian front page."""
    return HomePage.objects.get(locale__language_code="fa")


def section(slug):
    """A fixed section of the site."""
    return home().get_children().get(slug=slug).specific


def make_user(*roles, **fields):
    """An active user who holds `roles` (codes)."""
    number = next(_numbers)
    fields.setdefault("username", f"{roles[0] if roles else 'user'}-{number}")
    fields.setdefault("email", f"{fields['username']}@test.invalid")
    user = User.objects.create_user(password="a long enough password", **fields)
    user.groups.add(*Group.objects.filter(name__in=[GROUP_NAMES[Role(role)] for role in roles]))
    return user


def person_of(user):
    """The person behind an account."""
    return Person.objects.get_or_create(user=user, defaults={"name": user.get_full_name()})[0]


def make_district(number=None):
    """A district."""
    number = number or next(_numbers) + 100
    return District.objects.get_or_create(number=number, defaults={"name": f"منطقه {number}"})[0]


def make_organization(district=None, **fields):
    """An NGO."""
    fields.setdefault("name", f"انجمن آزمون {next(_numbers)}")
    return Organization.objects.create(district=district, **fields)


def make_body(**fields):
    """A body."""
    fields.setdefault("kind", Body.Kind.COUNCIL)
    fields.setdefault("name", f"شورای آزمون {next(_numbers)}")
    return Body.objects.create(**fields)


def make_secretary(district):
    """A district secretary, with his seat in the district's secretariat."""
    user = make_user("district_secretary")
    body = make_body(kind=Body.Kind.SECRETARIAT, district=district)
    Membership.objects.create(person=person_of(user), body=body, is_secretary=True)
    return user


def make_member(organization, **dates):
    """A member of an NGO."""
    user = make_user("ngo_member")
    Membership.objects.create(person=person_of(user), organization=organization, **dates)
    return user


def make_representative(organization, **dates):
    """A representative of an NGO."""
    user = make_user("ngo_representative")
    dates.setdefault("state", Representative.State.APPROVED)
    Representative.objects.create(person=person_of(user), organization=organization, **dates)
    return user


def add_page(parent, model, *, live=True, owner=None, **fields):
    """A page below `parent`, published when `live`."""
    fields.setdefault("title", f"برگه آزمون {next(_numbers)}")
    page = model(owner=owner, live=False, locale=parent.locale, **fields)
    parent.add_child(instance=page)
    revision = page.save_revision(user=owner)
    if live:
        revision.publish(skip_permission_checks=True)
        page.refresh_from_db()
    return page
