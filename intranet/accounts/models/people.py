"""The user of the intranet, and his invitation."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.accounts.names import fold_name
from intranet.accounts.roles import ENTER_WAGTAIL_ADMIN, Role, has_role


class AccountState(models.TextChoices):
    """Where an account stands in its life."""

    INVITED = "invited", _("invited")
    ACTIVE = "active", _("active account")
    SUSPENDED = "suspended", _("suspended")
    LEFT = "left", _("left")


class User(AbstractUser):
    """A person with an account. What he may do follows from his groups, posts and memberships, never from here."""

    title = models.CharField(
        _("post"), max_length=150, blank=True, help_text=_("How the person's post reads beside the name.")
    )
    invited_at = models.DateTimeField(_("invited"), null=True, editable=False)
    joined_at = models.DateTimeField(_("invitation accepted"), null=True, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, editable=False)

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email",
                condition=~models.Q(email=""),
                violation_error_message=_("Another account has this e-mail address."),
            ),
        ]

    def get_full_name(self) -> str:
        """The name as people read it; the account's name when no other is known."""
        return super().get_full_name() or self.username

    @property
    def label(self) -> str:
        """Name and post, for lists."""
        return f"{self.get_full_name()} ({self.title})" if self.title else self.get_full_name()

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """The name in the letters and digits in which it is asked for."""
        return fold_name(username)

    @property
    def state(self) -> AccountState:
        """Where the account stands; only an active one signs in."""
        if self.is_active:
            return AccountState.ACTIVE
        if self.left_at is not None:
            return AccountState.LEFT
        if self.invited_at is not None and self.joined_at is None:
            return AccountState.INVITED
        return AccountState.SUSPENDED

    @property
    def enters_admin(self) -> bool:
        """Whether to offer the way into Wagtail's admin; its door asks for the permission itself."""
        return has_role(self, *ENTER_WAGTAIL_ADMIN)

    @property
    def breaks_glass(self) -> bool:
        """Whether to offer the breaking of the glass at a closed door."""
        return has_role(self, Role.ADMINISTRATOR)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what may still be done with them."""

    def open(self) -> "InvitationQuerySet":
        """Those that can be accepted now."""
        return self.filter(
            used_at=None,
            revoked_at=None,
            expires_at__gt=timezone.now(),
            user__is_active=False,
            user__left_at=None,
        )


class Invitation(models.Model):
    """One link by which an invited person makes the account his own. The link is signed; nothing of it is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations", verbose_name=_("user")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    note = models.CharField(_("what for"), max_length=300, blank=True)
    next_url = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    used_at = models.DateTimeField(_("used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.user.get_full_name()
