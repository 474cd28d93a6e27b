"""In whose name requests are made: sessions and the tokens of programs; how often they are, and how often in vain."""

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """A session, with its holder and where it began beside the data, so that he can see and end it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    handle = models.CharField(max_length=16, blank=True)
    began_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=300, blank=True)

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()

    @classmethod
    def get_session_store_class(cls) -> type:
        """The engine that reads and writes these."""
        from intranet.accounts.sessions import SessionStore

        return SessionStore


class Attempts(models.Model):
    """Failed sign-ins of one origin; `key` is a hash that names nobody, `last` in seconds since 1970."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    last = models.FloatField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.count} at {self.last}"


class ApiToken(models.Model):
    """A secret by which a program of its owner asks the API as he would; only its hash is kept.

    Wagtail 8 has a model of tokens for its own API; they never expire.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user")
    )
    name = models.CharField(_("purpose"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def has_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()


class RequestCount(models.Model):
    """How many requests of one origin were counted in its present window; `key` is a hash that names nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    window = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.count} in {self.window}"
