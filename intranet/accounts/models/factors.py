"""Second factors: an authenticator app, passkeys, recovery codes; and identities that another provider vouches for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuthenticatorApp(models.Model):
    """The secret that a person's app shares with the site, sealed; `last_step` is the newest time step used up."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sealed_secret = models.TextField()
    last_step = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user_id)


class Passkey(models.Model):
    """A public key whose private half stays in a person's device (WebAuthn); `credential` is the attested data."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.BinaryField()
    sign_count = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering = ["id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code that stands in for a lost second factor once; only a keyed hash of it is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="accounts_recovery_code")]

    def __str__(self) -> str:
        return str(self.user_id)


class Identity(models.Model):
    """Who a person is at an OpenID Connect provider: issuer and subject. His e-mail address there says nothing."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("outside identity")
        verbose_name_plural = _("outside identities")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="accounts_identity_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="accounts_identity_of_user"),
        ]

    def __str__(self) -> str:
        return self.subject
