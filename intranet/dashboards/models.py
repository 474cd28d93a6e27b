"""When a person last looked, and how often he wants to be told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reading(models.Model):
    """Since when something is new for a person, and his choice of a digest."""

    class Digest(models.TextChoices):
        NONE = "none", _("none")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("every week")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reading")
    seen_at = models.DateTimeField(_("new since"), null=True)
    visit_at = models.DateTimeField(_("this visit began"), null=True)
    digest = models.CharField(
        _("digest by e-mail"), max_length=10, choices=Digest.choices, default=Digest.NONE
    )
    digest_at = models.DateTimeField(_("last digest"), null=True)

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.user}"
