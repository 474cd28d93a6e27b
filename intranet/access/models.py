"""Audiences (who) and targets (what, in which state)."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
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
