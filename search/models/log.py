"""What people searched and did not find. Nobody's name, session or address is kept, nor what one person alone typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissedQuestion(models.Model):
    """A question that found nothing.

    Of one that was asked on one day only a keyed hash is kept; when it comes again on another day, what was typed is
    written down for the editors.
    """

    digest = models.CharField(max_length=64, unique=True)
    key = models.CharField(_("key"), max_length=200, blank=True)
    typed = models.CharField(_("question"), max_length=120, blank=True)
    count = models.PositiveIntegerField(_("times"), default=0)
    days = models.PositiveIntegerField(_("days"), default=0)
    by_day = models.JSONField(default=dict)
    last_day = models.DateField(_("last asked"), db_index=True)
    weaker = models.PositiveIntegerField(_("texts with some of the words"), default=0)

    class Meta:
        verbose_name = _("question without an answer")
        verbose_name_plural = _("questions without an answer")
        ordering = ["-count", "-last_day"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.typed or self.digest[:8]
