"""What holds from a day to a day, and may be ended at an hour before."""

import datetime

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# An end before its beginning is no period; an open end is.
IN_ORDER = Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))


class DatedQuerySet(models.QuerySet):
    """Rows that count between two days, both included; an open end counts for ever."""

    def current(
        self, today: datetime.date | None = None, now: datetime.datetime | None = None
    ) -> "DatedQuerySet":
        """Those in force at this hour. An expired row counts for nothing, with no job having run."""
        today = today or timezone.localdate(now)
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=today),
            Q(valid_to=None) | Q(valid_to__gte=today),
        )

    def count_today(self, field: str) -> Coalesce:
        """How many of them in force today point by `field` to the outer row: for an annotation."""
        rows = self.current().filter(**{field: OuterRef("pk")}).order_by().values(field)
        return Coalesce(Subquery(rows.annotate(count=Count("pk")).values("count")), 0)


class EndableQuerySet(DatedQuerySet):
    """Rows that somebody may end before their last day, at an hour."""

    def current(
        self, today: datetime.date | None = None, now: datetime.datetime | None = None
    ) -> "EndableQuerySet":
        """Those in force at this hour, not ended before it."""
        now = now or timezone.now()
        found = super().current(today, now)
        return found.filter(Q(ended_at=None) | Q(ended_at__gt=now))  # type: ignore[return-value]


class Dated(models.Model):
    """What holds from a day to a day, both included; an open end holds for ever, if nobody ends it."""

    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def when(self) -> str:
        """`now`, `past` or `future`."""
        today = timezone.localdate()
        if (self.valid_to and self.valid_to < today) or (self.ended_at and self.ended_at <= timezone.now()):
            return "past"
        return "future" if self.valid_from and self.valid_from > today else "now"
