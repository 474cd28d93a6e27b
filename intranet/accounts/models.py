"""The user of the intranet."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from intranet.accounts.roles import ENTER_WAGTAIL_ADMIN, has_role


class User(AbstractUser):
    """A person with an account. What he may do follows from his groups, posts and memberships, never from here."""

    title = models.CharField(
        _("post"), max_length=150, blank=True, help_text=_("How the person's post reads beside the name.")
    )

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

    @property
    def enters_admin(self) -> bool:
        """Whether to offer the way into Wagtail's admin; its door asks for the permission itself."""
        return has_role(self, *ENTER_WAGTAIL_ADMIN)
