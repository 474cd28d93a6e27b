"""What the provisions of a version cite. Derived with them at publication; who may read it follows from the bylaw."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Citation(models.Model):
    """One citation in a provision's text: of a provision of the same text, or of another work by its name."""

    version = models.ForeignKey(
        "bylaws.BylawVersion", models.CASCADE, related_name="citations", verbose_name=_("version")
    )
    eid = models.CharField(_("citing provision"), max_length=200)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    target = models.CharField(_("cited provision"), max_length=200, db_index=True)
    work = models.CharField(_("cited work, as written"), max_length=300, blank=True)
    key = models.CharField(_("cited work, for comparing"), max_length=300, blank=True, db_index=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["version", "pk"]

    def __str__(self) -> str:
        return f"{self.eid} → {self.target} {self.work}".strip()
