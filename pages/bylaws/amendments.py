"""An amendment of a bylaw, from the day it is known to the version that carries it out."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Amendment(models.Model):
    """One act on one provision: what the amending text says, before and after it stands in the bylaw.

    It is read by whoever reads the bylaw's draft, worked on by whoever may edit it (`amendment_policies`).
    """

    class Verb(models.TextChoices):
        AMEND = "amend", _("amend words")
        REPLACE = "replace", _("replace the text")
        ADD = "add", _("add a provision")
        DELETE = "delete", _("delete")
        REPEAL = "repeal", _("repeal")

    class State(models.TextChoices):
        OPEN = "open", _("to be carried out")
        DRAFTED = "drafted", _("in the draft")
        APPLIED = "applied", _("carried out")
        DISMISSED = "dismissed", _("set aside")

    bylaw = models.ForeignKey(
        "bylaws.BylawPage", models.CASCADE, related_name="amendments", verbose_name=_("bylaw")
    )
    verb = models.CharField(_("act"), max_length=10, choices=Verb.choices)
    eid = models.CharField(_("provision"), max_length=200, blank=True)
    old_words = models.TextField(
        _("old words"), blank=True, help_text=_("The words to be replaced, as they stand in the provision.")
    )
    new_words = models.TextField(
        _("new words"),
        blank=True,
        help_text=_(
            "The words that take their place; of a provision to be added, its whole text: «تبصره ۲ ـ …»."
        ),
    )
    on = models.DateField(_("in force from"))
    title = models.CharField(
        _("amending text"),
        max_length=300,
        help_text=_("By which resolution or bylaw, with its number and date."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    version = models.ForeignKey(
        "bylaws.BylawVersion",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="amendments",
        verbose_name=_("version"),
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.eid}"

    def clean(self) -> None:
        """Refuse an act without the words that it needs."""
        errors = {}
        verb = self.Verb(self.verb) if self.verb else None
        if verb == self.Verb.AMEND and not self.old_words.strip():
            errors["old_words"] = _("Say which words are replaced.")
        if verb in {self.Verb.AMEND, self.Verb.REPLACE, self.Verb.ADD} and not self.new_words.strip():
            errors["new_words"] = _("Say what the text is to be.")
        if verb != self.Verb.ADD and not self.eid:
            errors["eid"] = _("Say which provision is meant.")
        if errors:
            raise ValidationError(errors)

    @property
    def waits(self) -> bool:
        """Whether it is still work to be done."""
        return self.state in {self.State.OPEN, self.State.DRAFTED}
