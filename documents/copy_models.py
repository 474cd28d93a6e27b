"""What is known of each official copy that was made, also after its text changed or is gone."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.codes import shown


class OfficialCopy(models.Model):
    """One printing of one edition of a page: its code, and the checksum by which its file is known again.

    Who may know of it is who may read the page; its number alone is kept, so that a copy on paper outlives the page.
    `edition` is the page's name for the text (a version, two versions compared), `digest` the checksum of what is on
    the sheets, without the code.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("not made yet")
        GONE = "gone", _("no longer kept")

    code = models.CharField(_("code"), max_length=12, unique=True)
    page_id = models.PositiveIntegerField(db_index=True)
    edition = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    pages = models.PositiveSmallIntegerField(_("pages laid out"), default=0)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True, db_index=True)
    signed_by = models.CharField(_("signed by"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    made_at = models.DateTimeField(_("made"), null=True)

    class Meta:
        verbose_name = _("official copy")
        verbose_name_plural = _("official copies")
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page_id", "digest"], condition=~Q(state="gone"), name="documents_copy_once"
            )
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def shown_code(self) -> str:
        """The code as it is printed."""
        return shown(self.code)
