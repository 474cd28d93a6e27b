"""One row an act. Rows are added, never changed and never removed."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """What somebody did to something, chained to the event before it by a hash.

    The actor and the target are kept by number and by name, not by foreign key: the record outlives both.
    """

    at = models.DateTimeField(_("at"), db_index=True)
    actor_id = models.PositiveBigIntegerField(_("actor number"), null=True, db_index=True)
    actor_name = models.CharField(_("actor"), max_length=150, blank=True)
    verb = models.CharField(_("act"), max_length=60, db_index=True)
    target_type = models.CharField(_("target type"), max_length=100, blank=True)
    target_id = models.CharField(_("target number"), max_length=40, blank=True)
    target_name = models.CharField(_("target"), max_length=255, blank=True)
    detail = models.JSONField(_("detail"), default=dict)
    previous = models.CharField(_("hash of the event before"), max_length=64)
    digest = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]
        indexes = [models.Index(fields=["target_type", "target_id"])]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.verb} {self.target_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; a second save is refused."""
        if self.pk is not None:
            raise TypeError("An audit event is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: events are never removed."""
        raise TypeError("An audit event is never removed")
