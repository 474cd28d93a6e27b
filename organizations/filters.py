"""The filters of the offices' lists in Wagtail's admin."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from organizations.models import Body, District, Membership, Organization, Person, Post, Representative

NOW, PAST, FUTURE = "now", "past", "future"
WHEN = [(NOW, _("in force today")), (PAST, _("ended")), (FUTURE, _("not begun"))]


def in_time(rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
    """The rows that are in force today, that have ended, or that have not begun."""
    today = timezone.localdate()
    if value == PAST:
        return rows.filter(valid_to__lt=today)
    if value == FUTURE:
        return rows.filter(valid_from__gt=today)
    return rows.filter(
        Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_to=None) | Q(valid_to__gte=today)
    )


def _choices(label: Any, choices: Any, **more: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, empty_label=_("All"), widget=forms.RadioSelect, **more
    )


def _has(label: Any, field: str, yes: Any, no: Any) -> django_filters.ChoiceFilter:
    """Those whose `field` is filled, or those whose is not."""

    def filled(rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(**{f"{field}__isnull": value == "no"})

    return _choices(label, [("yes", yes), ("no", no)], method=filled)


def _one_of(label: Any, rows: QuerySet[Any], **more: Any) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        label=label, queryset=rows, empty_label=_("All"), widget=forms.RadioSelect, **more
    )


class OrganizationFilters(WagtailFilterSet):
    """By kind, district and consultative status."""

    kind = _choices(_("Kind"), Organization.Kind.choices)
    district = _one_of(_("District"), District.objects.all())
    consultative = _has(_("Consultative status"), "consultative_since", _("Has it"), _("Has it not"))

    class Meta:
        model = Organization
        fields: list[str] = []


class BodyFilters(WagtailFilterSet):
    """By kind and district."""

    kind = _choices(_("Kind"), Body.Kind.choices)
    district = _one_of(_("District"), District.objects.all())

    class Meta:
        model = Body
        fields: list[str] = []


class PersonFilters(WagtailFilterSet):
    """With an account or without."""

    account = _has(_("Account"), "user", _("Has one"), _("Has none"))

    class Meta:
        model = Person
        fields: list[str] = []


class PostFilters(WagtailFilterSet):
    """By body."""

    body = _one_of(_("Deciding body"), Body.objects.filter(posts__isnull=False).distinct())

    class Meta:
        model = Post
        fields: list[str] = []


class MembershipFilters(WagtailFilterSet):
    """By time, body and right."""

    when = _choices(_("Time"), WHEN, method=in_time)
    body = _one_of(_("Deciding body"), Body.objects.all())
    voting = _choices(_("Vote"), [("True", _("Has a vote")), ("False", _("Has no vote"))])
    is_secretary = _choices(_("Secretary"), [("True", _("Secretaries only"))])

    class Meta:
        model = Membership
        fields: list[str] = []


class RepresentativeFilters(WagtailFilterSet):
    """By time and district of the organisation."""

    when = _choices(_("Time"), WHEN, method=in_time)
    district = _one_of(_("District"), District.objects.all(), field_name="organization__district")

    class Meta:
        model = Representative
        fields: list[str] = []
