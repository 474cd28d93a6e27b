"""What HQ staff share with organisations: whom it opens to, and who that is today."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet

from intranet.access.actions import rederive
from intranet.access.rules import rule_for
from intranet.audit.actions import record
from organizations.models import District, Membership, Organization, Representative, Share
from organizations.tokens import member_of, organizations_in


def uid_fields(obj: models.Model) -> dict[str, Any]:
    """The fields by which a share names `obj`: the type of its family, its number."""
    return {
        "content_type": ContentType.objects.get_for_model(rule_for(type(obj)).model),
        "object_id": obj.pk,
    }


def shared_tokens(objects: Sequence[models.Model]) -> dict[int, list[str]]:
    """Tokens of those with whom each of `objects`, all of one family, is shared, by its number: one query."""
    found: dict[int, list[str]] = defaultdict(list)
    if not objects:
        return found
    content_type = uid_fields(objects[0])["content_type"]
    rows = Share.objects.filter(content_type=content_type, object_id__in=[obj.pk for obj in objects])
    for number, organization, district in rows.values_list(
        "object_id", "organization_id", "district__number"
    ):
        token = member_of(organization) if organization is not None else organizations_in(district)
        found[number].append(token)
    return found


def shared_with(obj: models.Model) -> tuple[list[Organization], list[District]]:
    """The organisations and the districts with which `obj` is shared."""
    rows = Share.objects.filter(**uid_fields(obj))
    organizations = Organization.objects.filter(shares__in=rows).distinct()
    return list(organizations), list(District.objects.filter(shares__in=rows).distinct())


def share(
    actor: Any, obj: models.Model, organizations: Iterable[Organization], districts: Iterable[District]
) -> None:
    """Share `obj` with exactly these, and with nobody else any more. Whether `actor` may is for the caller to ask."""
    with transaction.atomic():
        before = Share.objects.filter(**uid_fields(obj))
        was = sorted(str(row.organization or row.district) for row in before)
        keep_organizations, keep_districts = list(organizations), list(districts)
        before.exclude(Q(organization__in=keep_organizations) | Q(district__in=keep_districts)).delete()
        for organization in keep_organizations:
            Share.objects.get_or_create(
                **uid_fields(obj), organization=organization, defaults={"made_by": actor}
            )
        for district in keep_districts:
            Share.objects.get_or_create(**uid_fields(obj), district=district, defaults={"made_by": actor})
        rederive(obj)
        now = sorted(str(one) for one in [*keep_organizations, *keep_districts])
        record(actor, "access.shared", obj, before=was, after=now)


def shared_to(organization: Organization, model: type[models.Model]) -> QuerySet[Share]:
    """The shares of `model`'s objects with an organisation, or with all of its district."""
    content_type = ContentType.objects.get_for_model(rule_for(model).model)
    to = Q(organization=organization)
    if organization.district_id is not None:
        to |= Q(district=organization.district_id)
    return Share.objects.filter(to, content_type=content_type)


def readers_by_organization(
    organizations: Iterable[Organization], districts: Iterable[District]
) -> dict[str, list[str]]:
    """Who would read what is shared with these today: names of people with an active account, by organisation."""
    chosen = Q(pk__in=[one.pk for one in organizations]) | Q(district__in=[one.pk for one in districts])
    found: dict[str, set[str]] = {
        name: set() for name in Organization.objects.filter(chosen).values_list("name", flat=True)
    }
    within = Organization.objects.filter(chosen)
    seats = Membership.objects.current().filter(organization__in=within)
    letters = Representative.objects.current().filter(organization__in=within, can_view=True)
    for rows in (seats, letters):
        people = rows.filter(person__user__is_active=True)
        for organization, person in people.values_list("organization__name", "person__name"):
            found[organization].add(person)
    return {name: sorted(people) for name, people in sorted(found.items())}
