"""A thread between an organisation and the headquarters: numbered, with messages and what is attached to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from organizations.models import Organization


class Thread(models.Model):
    """One matter, from the first letter to its end. Its number is the register's, given when it is opened."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for the headquarters")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="threads", verbose_name=_("organization")
    )
    subject = models.CharField(_("subject"), max_length=200)
    number = models.CharField(_("number"), max_length=80, unique=True)
    official = models.BooleanField(_("official letter"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner at the headquarters"),
    )
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    last_at = models.DateTimeField(_("last message"), db_index=True)

    class Meta:
        verbose_name = _("letter to the headquarters")
        verbose_name_plural = _("letters to the headquarters")
        ordering = ["-last_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Message(models.Model):
    """What one side wrote. A hidden one hides with it every reply below it."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages", verbose_name=_("thread"))
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("reply to")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("author")
    )
    from_headquarters = models.BooleanField(_("from the headquarters"))
    body = models.TextField(_("text"))
    sent_at = models.DateTimeField(_("sent"), db_index=True)
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hidden by"),
    )
    hidden_because = models.CharField(_("hidden because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.thread.number} · {self.pk}"


class Attachment(models.Model):
    """A file sent with a message; whoever reads the message reads the file."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    document = models.OneToOneField(Document, models.CASCADE, related_name="attached_to")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.document)
