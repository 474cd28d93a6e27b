from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """The page family «members»."""

    name = "pages.members"
    label = "members"
    verbose_name = _("Members")
