"""The rule of a body's composition, and what it says of its members on a day."""

import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from organizations.deciding import Fault, Majority, Occupant, Rule, Seats, composition_faults
from organizations.deciding_words import sentence_of_rule


class Seat(models.Model):
    """A kind of seat in a body: how many, who names people or organisations for it, who chooses of them."""

    body = ParentalKey(
        "organizations.Body", on_delete=models.CASCADE, related_name="seats", verbose_name=_("body")
    )
    name = models.CharField(_("seat"), max_length=150, help_text=_("For example: the deputy's side."))
    count = models.PositiveSmallIntegerField(_("number of seats"), default=1)
    nominator = models.CharField(_("named by"), max_length=200, blank=True)
    names_asked = models.PositiveSmallIntegerField(
        _("organizations to be named"),
        default=0,
        help_text=_("Where one side chooses from organizations that the other names; otherwise zero."),
    )
    chooser = models.CharField(_("chosen by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "name"], name="organizations_seat_name"),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="organizations_seat_count"),
        ]

    def __str__(self) -> str:
        return f"{self.body} · {self.name}"


class Nominee(models.Model):
    """An organisation that was named for a seat which another side fills by choosing."""

    body = ParentalKey(
        "organizations.Body", on_delete=models.CASCADE, related_name="nominees", verbose_name=_("body")
    )
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", verbose_name=_("organization")
    )
    is_chosen = models.BooleanField(_("chosen"), default=False)

    class Meta:
        verbose_name = _("named organization")
        verbose_name_plural = _("named organizations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "organization"], name="organizations_nominee_once")
        ]

    def __str__(self) -> str:
        return str(self.organization)


def rule_of_body(body: models.Model, on: datetime.date | None = None) -> Rule:
    """How the body decides on a day: its members with a vote, or the seats of its rule where these are more."""
    from organizations.models import Membership

    voting = Membership.objects.current(on).filter(body=body, voting=True).values("person").distinct().count()
    seats = sum(seat.count for seat in body.seats.all())  # type: ignore[attr-defined]
    return Rule(max(voting, seats), body.quorum, Majority(body.majority))  # type: ignore[attr-defined]


def faults_of_body(body: models.Model, on: datetime.date | None = None) -> list[Fault]:
    """What in the body is not as its rule of composition says, on a day. Three queries."""
    from organizations.models import Membership

    seats = [Seats(seat.name, seat.count, seat.names_asked) for seat in body.seats.all()]  # type: ignore[attr-defined]
    if not seats:
        return []
    day = on or timezone.localdate()
    members = (
        Membership.objects.current(day)
        .filter(body=body, voting=True)
        .select_related("person", "seat", "on_behalf_of")
    )
    nominees = list(body.nominees.select_related("organization"))  # type: ignore[attr-defined]
    return composition_faults(
        seats,
        [
            Occupant(
                each.person.name,
                each.seat.name if each.seat else "",
                each.on_behalf_of.name if each.on_behalf_of else "",
                each.valid_from,
            )
            for each in members
        ],
        [each.organization.name for each in nominees],
        [each.organization.name for each in nominees if each.is_chosen],
        term_years=body.term_years,  # type: ignore[attr-defined]
        on=day,
    )


def rule_in_words(body: models.Model) -> str:
    """How the body decides today, as a sentence."""
    return sentence_of_rule(rule_of_body(body))
