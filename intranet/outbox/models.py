"""Rows of work that wait, and when each clock job last ran."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Row(models.Model):
    """One piece of work for one consumer."""

    consumer = models.CharField(max_length=60)
    topic = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    available_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("outbox row")
        verbose_name_plural = _("outbox rows")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["consumer", "available_at"]),
            models.Index(fields=["consumer", "key"]),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.consumer} ← {self.topic} {self.key}"


class ClockRun(models.Model):
    """When a clock job last began."""

    name = models.CharField(max_length=60, primary_key=True)
    began_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.began_at:%Y-%m-%d %H:%M}"
