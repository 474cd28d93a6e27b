"""Impossible dates: an end before its beginning, two mandates of one person in one place at a time.

The models' own `clean` asks; what comes by no form is held by the database's constraints on the order.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from intranet.ui.numerals import localized
from intranet.ui.templatetags.persian import jalali


def check_order(dated: Any) -> None:
    """Refuse an end before its beginning."""
    if dated.valid_from and dated.valid_to and dated.valid_to < dated.valid_from:
        raise ValidationError(
            {
                "valid_to": _("The end (%(end)s) is before the beginning (%(beginning)s).")
                % {"end": jalali(dated.valid_to), "beginning": jalali(dated.valid_from)}
            }
        )


def overlapping(rows: QuerySet[Any], dated: Any) -> QuerySet[Any]:
    """Those of `rows` that share a day with `dated`, itself and those that were ended left out.

    Both ends are included; open ends are endless.
    """
    found = rows.filter(ended_at=None)
    found = found.exclude(pk=dated.pk) if dated.pk else found
    if dated.valid_to:
        found = found.filter(Q(valid_from=None) | Q(valid_from__lte=dated.valid_to))
    if dated.valid_from:
        found = found.filter(Q(valid_to=None) | Q(valid_to__gte=dated.valid_from))
    return found


def in_words(beginning: datetime.date | None, end: datetime.date | None) -> str:
    """A period as people say it: «از … تا …», «از …», «تا …», or that it has no bounds."""
    if beginning and end:
        return _("from %(beginning)s to %(end)s") % {"beginning": jalali(beginning), "end": jalali(end)}
    if beginning:
        return _("since %(beginning)s") % {"beginning": jalali(beginning)}
    if end:
        return _("until %(end)s") % {"end": jalali(end)}
    return _("with no dates")


def check_membership(membership: Any) -> None:
    """Refuse a post of another body, the same place twice at a time, and a second secretary at a time."""
    check_order(membership)
    rows = type(membership).objects.exclude(state=membership.State.REFUSED)
    if membership.post_id and membership.post.body_id and membership.post.body_id != membership.body_id:
        raise ValidationError(
            {"post": _("This post belongs to «%(body)s».") % {"body": membership.post.body}}
        )
    if membership.is_secretary and not membership.body_id:
        raise ValidationError({"is_secretary": _("Only a body has a secretary.")})
    if membership.seat_id:
        _check_seat(membership, rows)
    if membership.person_id and (membership.organization_id or membership.body_id):
        same = rows.filter(
            person=membership.person_id,
            organization=membership.organization_id,
            body=membership.body_id,
            post=membership.post_id,
        )
        if other := overlapping(same, membership).first():
            raise ValidationError(
                _("This person is there already under the same post, %(period)s. End that membership first.")
                % {"period": in_words(other.valid_from, other.valid_to)}
            )
    if membership.is_secretary:
        secretaries = rows.filter(body=membership.body_id, is_secretary=True)
        if other := overlapping(secretaries, membership).select_related("person").first():
            raise ValidationError(
                _(
                    "«%(person)s» is the secretary in these days, %(period)s. A body has one secretary at a time."
                )
                % {"person": other.person, "period": in_words(other.valid_from, other.valid_to)}
            )


def _check_seat(membership: Any, rows: QuerySet[Any]) -> None:
    """Refuse a seat of another body, and one more member than the rule of composition has seats."""
    seat = membership.seat
    if seat.body_id != membership.body_id:
        raise ValidationError({"seat": _("This seat belongs to «%(body)s».") % {"body": seat.body}})
    if overlapping(rows.filter(seat=seat), membership).count() >= seat.count:
        raise ValidationError(
            {
                "seat": _("All seats of «%(seat)s» (%(count)s) are taken in these days.")
                % {"seat": seat.name, "count": localized(seat.count)}
            }
        )


def check_mandate(mandate: Any) -> None:
    """Refuse two mandates of one person for one organisation at a time."""
    check_order(mandate)
    if mandate.person_id and mandate.organization_id:
        same = type(mandate).objects.filter(person=mandate.person_id, organization=mandate.organization_id)
        same = same.exclude(state=mandate.State.REFUSED)
        if other := overlapping(same, mandate).first():
            raise ValidationError(
                _("This person represents the organization already, %(period)s. End that mandate first.")
                % {"period": in_words(other.valid_from, other.valid_to)}
            )
