"""Audiences (who) and targets (what, in which state)."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The states in which an object can be read."""

    LIVE = "live", _("live")
    DRAFT = "draft", _("draft")


class Audience(models.Model):
    """All of several any-ofs of tokens; few, shared between targets, never changed once made."""

    key = models.CharField(
        max_length=64, unique=True, help_text=_("SHA-256 of the canonical form of the clauses.")
    )

    class Meta:
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.pk}"


class Clause(models.Model):
    """One of an audience's any-ofs: a reader satisfies it with any of its tokens."""

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="clauses")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.audience_id}/{self.pk}"


class ClauseToken(models.Model):
    """One token of a clause."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="tokens")
    token = models.CharField(max_length=80, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["clause", "token"], name="access_clause_token")]

    def __str__(self) -> str:
        return self.token


class Change(models.Model):
    """That something changed of what anybody may read; see `editions`."""

    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number}"


class Target(models.Model):
    """An object in a state, and the audience that may read it. No row: nobody may."""

    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    state = models.CharField(max_length=5, choices=State.choices)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="targets")

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "state"], name="access_target_once"),
        ]
        indexes = [models.Index(fields=["content_type", "state", "audience", "object_id"])]

    def __str__(self) -> str:
        return f"{self.content_type_id}:{self.object_id} {self.state} → {self.audience_id}"


class OpeningQuerySet(models.QuerySet["Opening"]):
    """Broken glass."""

    def in_force(self) -> "OpeningQuerySet":
        """Those whose hour is not over. An old one counts for nothing, with no job having run."""
        now = timezone.now()
        return self.filter(opened_at__lte=now, until__gt=now)


class Opening(models.Model):
    """Broken glass: an administrator reads one private object of an organisation for an hour, for a written reason.

    The row stays as the record of it: it is never changed and never removed.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("administrator")
    )
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    name = models.CharField(_("what was opened"), max_length=255, help_text=_("As it was called then."))
    url = models.CharField(max_length=500)
    reason = models.TextField(_("reason"))
    opened_at = models.DateTimeField(_("opened"))
    until = models.DateTimeField(_("until"), db_index=True)

    target = GenericForeignKey("content_type", "object_id")
    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("breaking of the glass")
        verbose_name_plural = _("breakings of the glass")
        ordering = ["-id"]
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.name}"

    @property
    def is_in_force(self) -> bool:
        """Whether its hour is not over."""
        return self.opened_at <= timezone.now() < self.until


class AccessRequest(models.Model):
    """That somebody asked to be let in at an address, whether or not anything is there.

    What it is about is found by the worker, later: for whoever asks there is no difference, nor in time.
    """

    class Answer(models.TextChoices):
        GIVEN = "given", _("opened")
        REFUSED = "refused", _("not opened")

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("who asks")
    )
    path = models.CharField(_("address"), max_length=500)
    message = models.TextField(_("what for"), blank=True, max_length=500)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    answer = models.CharField(_("answer"), max_length=7, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True)

    target = GenericForeignKey("content_type", "object_id")

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        ordering = ["-id"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["asker", "asked_at"]),
            models.Index(fields=["content_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.asker_id}: {self.path}"
